"""Starts MiniStack with one gap of its API Gateway closed.

On AWS the id of a request is one and the same in the response's `x-amzn-requestid`, in the integration's event and in a
REQUEST authorizer's event (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html,
`$context.requestId`). MiniStack 1.5.33 makes a new one for each, and none for the authorizer, so that a refusal could not
be joined with the log records of the functions behind it. The id that the gateway's own responses carry is given to all.
"""

from contextvars import ContextVar

from ministack.app import main
from ministack.services import apigateway_v1 as gateway

_request_id = ContextVar("palisade_request_id", default=None)

_execute = gateway._execute_in_scope
_build_event = gateway._build_lambda_event_v1
_invoke_authorizer = gateway._invoke_authorizer_lambda


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


gateway._execute_in_scope = _execute_in_scope
gateway._build_lambda_event_v1 = _build_lambda_event_v1
gateway._invoke_authorizer_lambda = _invoke_authorizer_lambda

if __name__ == "__main__":
    main()
