"""Starts MiniStack with two of its gaps closed, without which a refusal could not be read from the run's own records.

1. On AWS the id of a request is one and the same in the response's `x-amzn-requestid`, in the integration's event and in a
   REQUEST authorizer's event (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html,
   `$context.requestId`). MiniStack 1.5.33 makes a new one for each, and none for the authorizer. The id that the gateway's own
   responses carry is given to all.
2. On AWS CloudTrail records a call that IAM refuses, with its error code (docs.aws.amazon.com/awscloudtrail/latest/userguide/
   cloudtrail-event-reference-record-contents.html, `errorCode`). MiniStack records only the calls that pass.
"""

import json
import time
from contextvars import ContextVar

from ministack.app import main
from ministack.core import iam_actions
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import apigateway_v1 as gateway
from ministack.services import cloudtrail

_request_id = ContextVar("palisade_request_id", default=None)

_execute = gateway._execute_in_scope
_build_event = gateway._build_lambda_event_v1
_invoke_authorizer = gateway._invoke_authorizer_lambda
_access_denied = iam_actions.access_denied_response


def _stamp(event):
    request_id = _request_id.get()
    if request_id and isinstance(event.get("requestContext"), dict):
        event["requestContext"]["requestId"] = request_id
        event["requestContext"]["extendedRequestId"] = request_id
    return event


async def _execute_in_scope(request, *args, **kwargs):
    _request_id.set(request["request_id"])
    response = await _execute(request, *args, **kwargs)
    if isinstance(response, tuple):
        headers = response[1]
        for name in [name for name in headers if name.lower() == "x-amzn-requestid"]:
            del headers[name]
        headers["x-amzn-requestid"] = request["request_id"]
    return response


def _build_lambda_event_v1(*args, **kwargs):
    return _stamp(_build_event(*args, **kwargs))


async def _invoke_authorizer_lambda(authorizer, event, *args, **kwargs):
    return await _invoke_authorizer(authorizer, _stamp(event), *args, **kwargs)


def _access_denied_response(service, iam_action, principal_arn, request_id, *args, **kwargs):
    # With an error code it is a failed authentication, which has no caller and which AWS does not record either.
    if not kwargs.get("error_code"):
        _record_denied(iam_action, principal_arn, request_id)
    return _access_denied(service, iam_action, principal_arn, request_id, *args, **kwargs)


def _record_denied(iam_action, principal_arn, request_id):
    prefix, _, name = iam_action.partition(":")
    event_id, now, source = new_uuid(), time.time(), f"{prefix}.amazonaws.com"
    record = {
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "AssumedRole" if ":assumed-role/" in principal_arn else "IAMUser",
            "arn": principal_arn,
            "accountId": get_account_id(),
        },
        "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)),
        "eventSource": source,
        "eventName": name,
        "awsRegion": get_region(),
        "errorCode": "AccessDenied",
        "errorMessage": f"User: {principal_arn} is not authorized to perform: {iam_action}",
        "requestID": request_id,
        "eventID": event_id,
        "eventType": "AwsApiCall",
        "recipientAccountId": get_account_id(),
    }
    cloudtrail._get_event_queue().append({
        "EventId": event_id,
        "EventName": name,
        "EventSource": source,
        "EventTime": now,
        "Username": principal_arn.rsplit("/", 1)[-1],
        "ReadOnly": cloudtrail._is_readonly("POST", name),
        "Resources": [],
        "CloudTrailEvent": json.dumps(record),
    })


gateway._execute_in_scope = _execute_in_scope
gateway._build_lambda_event_v1 = _build_lambda_event_v1
gateway._invoke_authorizer_lambda = _invoke_authorizer_lambda
iam_actions.access_denied_response = _access_denied_response

if __name__ == "__main__":
    main()
