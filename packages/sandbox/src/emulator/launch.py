"""Starts MiniStack with gaps of it closed, without which a refusal could not be read from the run's own records.

1. On AWS the id of a request is one and the same in the response's `x-amzn-requestid`, in the integration's event and in a
   REQUEST authorizer's event (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html,
   `$context.requestId`). MiniStack 1.5.33 makes a new one for each, and none for the authorizer. The id that the gateway's own
   responses carry is given to all.
2. On AWS CloudTrail records a call that IAM refuses, with its error code (docs.aws.amazon.com/awscloudtrail/latest/userguide/
   cloudtrail-event-reference-record-contents.html, `errorCode`). MiniStack records only the calls that pass.
3. MiniStack has no Verified Permissions. The sandbox serves it (`permissions/`) and sends each request here as it was signed, to be told
   whether the signature is good and the caller's policies let it pass: the emulator knows the service's name, its actions and the ARN of a
   policy store (service authorization reference, "Amazon Verified Permissions"), and answers what passes with nothing.
4. Every request counts as sent over TLS (`aws:SecureTransport`), as it would be on AWS: the emulator speaks plain HTTP, to loopback only.
   A policy that refuses plain HTTP is kept and cannot be put to the test here.
5. Code that is not signed is refused where a function's code signing configuration says so (`code_signing.py`).
6. Refresh tokens rotate where an app client says so (`refresh_rotation.py`).
6. A policy's variables are filled in, and a role is given to a function only by who may pass it (`policy_variables.py`).
6. An API may call functions of other accounts that permit it, and is found without credentials of its account (`cross_account.py`).
7. A REST API's resource policy is evaluated for every method, by where the caller comes from (`resource_policy.py`).
8. CloudTrail's record of a call says who called, what, and whether the service refused (`audit_records.py`).
9. SNS sends mail (`email_delivery.py`).
10. A log group's subscription reaches Firehose and S3 (`log_delivery.py`).
10. What the gateway knows of a request, its authorizer's principal above all, is told to who writes the access log (`gateway_context.py`).
11. How old a token for a database may be is for the database to judge: 15 minutes (`database/iam-token.ts`). The emulator, which is asked who
   signed it, takes a signed request for 5 minutes, and would refuse for that what AWS lets in.
"""

import json
import time
from contextvars import ContextVar

import audit_records
import code_signing
import email_delivery
import gateway_context
import log_delivery
import refresh_rotation
import policy_variables
import cross_account
import resource_policy
from ministack import app
from ministack.app import main
from ministack.core import iam_actions, router, sigv4
from ministack.core.iam_evaluator import resolve_caller_identity
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import apigateway_v1 as gateway
from ministack.services import cloudtrail, lambda_svc

cross_account.install()
resource_policy.install()
gateway_context.install()

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


def _record_unsigned(iam_action, error_code):
    identity = resolve_caller_identity(lambda_svc._request_access_key.get()) or {}
    _record_denied(iam_action, identity.get("userArn", ""), new_uuid(), error_code)


def _record_denied(iam_action, principal_arn, request_id, error_code="AccessDenied"):
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
        "errorCode": error_code,
        "errorMessage": f"User: {principal_arn} is not authorized to perform: {iam_action}"
        if error_code == "AccessDenied"
        else f"{error_code} on {iam_action} by {principal_arn}",
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


_resource_arn = iam_actions.extract_resource_arn


def _extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
    if service == "wafv2" and headers.get("x-amz-target", "").endswith("IPSet"):
        # The emulator takes every resource of AWS WAF for a web ACL (service authorization reference, "AWS WAF V2").
        name, set_id, scope = (iam_actions._safe_json_field(body, key) for key in ("Name", "Id", "Scope"))
        kind = "global" if scope == "CLOUDFRONT" else "regional"
        return f"arn:aws:wafv2:{region}:{account_id}:{kind}/ipset/{name}/{set_id}"
    if service != "verifiedpermissions":
        return _resource_arn(service, method, path, headers, body, query_params, region, account_id)
    store = iam_actions._safe_json_field(body, "policyStoreId")
    return f"arn:aws:verifiedpermissions::{account_id}:policy-store/{store}" if store else "*"


def _permission_of(target):
    # A batch has no permission of its own (API reference, BatchIsAuthorizedWithToken).
    return target.replace(".BatchIs", ".Is")


_action = iam_actions.extract_iam_action


def _extract_iam_action(service, method, path, headers, body, query_params):
    if service == "verifiedpermissions":
        headers = {**headers, "x-amz-target": _permission_of(headers.get("x-amz-target", ""))}
    return _action(service, method, path, headers, body, query_params)


async def _pass(_method, _path, _headers, _body, _query_params):
    return 200, {"Content-Type": "application/x-amz-json-1.0"}, b"{}"


_request_time_failure = sigv4.request_time_failure


def _time_failure(signature, **kwargs):
    return None if signature.service == "rds-db" else _request_time_failure(signature, **kwargs)


_pin_request_origin = app.pin_request_origin


def _pin_secure_origin(source_ip, _secure_transport):
    _pin_request_origin(source_ip, True)


router.SERVICE_PATTERNS["verifiedpermissions"] = {
    "target_prefixes": ["VerifiedPermissions."],
    "host_patterns": [r"verifiedpermissions\."],
    "credential_scope": "verifiedpermissions",
}
iam_actions.SERVICE_TO_IAM_NAMESPACE["verifiedpermissions"] = "verifiedpermissions"
iam_actions.extract_resource_arn = _extract_resource_arn
iam_actions.extract_iam_action = _extract_iam_action
app.SERVICE_HANDLERS["verifiedpermissions"] = _pass
app.pin_request_origin = _pin_secure_origin
sigv4.request_time_failure = _time_failure
gateway._execute_in_scope = _execute_in_scope
gateway._build_lambda_event_v1 = _build_lambda_event_v1
gateway._invoke_authorizer_lambda = _invoke_authorizer_lambda
iam_actions.access_denied_response = _access_denied_response
policy_variables.install()
code_signing.install(_record_unsigned)
refresh_rotation.install()
audit_records.install()
email_delivery.install()
log_delivery.install()

if __name__ == "__main__":
    main()
