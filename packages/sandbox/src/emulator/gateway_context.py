"""What API Gateway knows of a request, for the stage's access log: who the authorizer said it was, what each phase answered and how long it took.

MiniStack 1.5.33 writes no access log and tells nobody the principal. Here each request to a REST API leaves one line of JSON in the file that
PALISADE_GATEWAY_CONTEXTS names, with the values by the names that a log format uses (docs.aws.amazon.com/apigateway/latest/developerguide/
api-gateway-variables-for-access-logging.html). `gateway/access-log.ts` adds what the front alone knows, and writes the log.

- What an authorizer returns beside its policy is known whether the policy allows or denies: gateway responses to a denial read it as
  `$context.authorizer.<key>`. An authorizer that throws `Unauthorized`, or is not asked, names nobody.
- `authorizer` is the function's answer, `authorize` what became of it: a function that denies has answered with 200, and the attempt with 403
  (aws.amazon.com/blogs/compute/troubleshooting-amazon-api-gateway-with-enhanced-observability-variables).
- `integration.status` is the status of the function's answer, `integrationStatus` Lambda's own.

The address of the caller in events is the last of `X-Forwarded-For`, which the front adds. MiniStack takes the first, which the caller writes.
"""

import json
import os
import time
from contextvars import ContextVar

from ministack.services import apigateway_v1 as gateway
from ministack.services import lambda_svc

FILE = "PALISADE_GATEWAY_CONTEXTS"
_REQUEST_ID = "palisade_request_id"

_values = ContextVar("palisade_gateway_values", default=None)

_original = {}
_file = None


class _Policy(dict):
    """A policy that remembers what the authorizer returned beside it: the emulator keeps the policy alone where it denies."""

    beside = {}


def _since(started):
    return str(round(1000 * (time.monotonic() - started)))


def _connection_address(headers):
    for name, value in (headers or {}).items():
        if name.lower() == "x-forwarded-for":
            return (value if isinstance(value, str) else value[-1]).rsplit(",", 1)[-1].strip()
    return ""


def _with_address(event):
    identity = (event.get("requestContext") or {}).get("identity")
    address = _connection_address(event.get("headers"))
    if address and isinstance(identity, dict):
        identity["sourceIp"] = address
    return event


async def _handle_execute_in_scope(api_id, stage_name, method, path, headers, body, query_params, owner, region):
    values = {"apiId": api_id, "stage": stage_name, "accountId": owner}
    token = _values.set(values)
    try:
        response = await _original["_handle_execute_in_scope"](api_id, stage_name, method, path, headers, body, query_params, owner, region)
    finally:
        _values.reset(token)
    status, _, answer = response
    values["status"] = str(status)
    values["responseLength"] = str(len(answer or b""))
    if _file is not None:
        os.write(_file, json.dumps(values).encode() + b"\n")
    return response


async def _execute_in_scope(request, *args, **kwargs):
    response = await _original["_execute_in_scope"](request, *args, **kwargs)
    values = _values.get()
    values["requestId"] = values["extendedRequestId"] = request["request_id"]
    if request["resource_path"]:
        values["resourcePath"] = request["resource_path"]
    if isinstance(response, gateway._GatewayError):
        kind = response.response_type
        # As its gateway response is rendered, where MiniStack has measured it.
        values["error.responseType"] = "API_CONFIGURATION_ERROR" if kind == "AUTHORIZER_CONFIGURATION_ERROR" else kind
        if response.message is not None:
            values["error.message"] = str(response.message)
    return response


_REFUSED = {"UNAUTHORIZED": "401", "AUTHORIZER_FAILURE": "500", "AUTHORIZER_CONFIGURATION_ERROR": "500"}


async def _authorize_request_v1(api_id, stage_name, method_obj, method, path, resource, *args, **kwargs):
    values = _values.get()
    values["resourceId"] = resource["id"]
    if method_obj.get("operationName"):
        values["operationName"] = method_obj["operationName"]
    started = time.monotonic()
    error, context = await _original["_authorize_request_v1"](api_id, stage_name, method_obj, method, path, resource, *args, **kwargs)
    if (method_obj.get("authorizationType") or "").upper() == "CUSTOM":
        kind = error.response_type if error is not None else None
        if kind in _REFUSED:
            values["authorizer.status"] = _REFUSED[kind]
            values["authorizer.error"] = str(error.message or "Internal server error")
        # A resource policy that refuses comes before the authorizer.
        if "authorizer.status" in values:
            values["authorizer.latency"] = _since(started)
    return error, context


async def _invoke_authorizer_lambda(authorizer, event, *args, **kwargs):
    started = time.monotonic()
    result = await _original["_invoke_authorizer_lambda"](authorizer, _with_address(event), *args, **kwargs)
    if result is None:
        return None
    values = _values.get()
    values["authorizer.integrationLatency"] = _since(started)
    values["authorizer.integrationStatus"] = "200"
    if result.get(_REQUEST_ID):
        values["authorizer.requestId"] = result[_REQUEST_ID]
    body = result.get("body")
    if isinstance(body, (str, bytes)):
        try:
            body = json.loads(body)
        except ValueError:
            return result
    if result.get("error") or not isinstance(body, dict) or not isinstance(body.get("policyDocument"), dict):
        return result
    policy = _Policy(body["policyDocument"])
    policy.beside = {f"authorizer.{key}": value for key, value in gateway._stringify_context(body.get("context")).items()}
    if body.get("principalId") not in (None, ""):
        policy.beside["authorizer.principalId"] = str(body["principalId"])
    return {**result, "body": {**body, "policyDocument": policy}}


def _evaluate_policy(policy, method_arn):
    decision = _original["_evaluate_policy"](policy, method_arn)
    values = _values.get()
    if values is not None and isinstance(policy, _Policy):
        values.update(policy.beside)
        values["authorizer.status"] = "200"
        values["authorize.status"] = "200" if decision == "Allow" else "403"
    return decision


def _check_api_key(*args, **kwargs):
    error, key = _original["_check_api_key"](*args, **kwargs)
    if key is not None:
        _values.get()["identity.apiKeyId"] = key["id"]
    return error, key


async def _call_lambda_raw(*args, **kwargs):
    started = time.monotonic()
    result, error = await _original["_call_lambda_raw"](*args, **kwargs)
    values = _values.get()
    # Functions of other kinds of API come this way, too.
    if values is not None and isinstance(result, dict):
        values["integration.latency"] = values["integrationLatency"] = _since(started)
        values["integrationStatus"] = values["integration.integrationStatus"] = "200"
        if result.get(_REQUEST_ID):
            values["integration.requestId"] = values["awsEndpointRequestId"] = result[_REQUEST_ID]
        body = result.get("body")
        if result.get("error") and isinstance(body, dict) and body.get("errorMessage"):
            values["integration.error"] = values["integrationErrorMessage"] = str(body["errorMessage"])
    return result, error


def _lambda_proxy_response(result):
    response, error = _original["_lambda_proxy_response"](result)
    values = _values.get()
    if values is not None and isinstance(response, dict):
        values["integration.status"] = str(response.get("statusCode", 200))
    return response, error


def _build_lambda_event_v1(*args, **kwargs):
    return _with_address(_original["_build_lambda_event_v1"](*args, **kwargs))


def _execute_function_dispatch(func, config, event, request_id, started):
    result = _original["_execute_function_dispatch"](func, config, event, request_id, started)
    return {**result, _REQUEST_ID: request_id} if isinstance(result, dict) else result


def _take_place(module, function):
    _original[function.__name__] = getattr(module, function.__name__)
    setattr(module, function.__name__, function)


def install():
    global _file
    # Functions inherit the environment, and this is none of theirs.
    path = os.environ.pop(FILE, None)
    if path:
        _file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for function in (
        _handle_execute_in_scope,
        _execute_in_scope,
        _authorize_request_v1,
        _invoke_authorizer_lambda,
        _evaluate_policy,
        _check_api_key,
        _call_lambda_raw,
        _lambda_proxy_response,
        _build_lambda_event_v1,
    ):
        _take_place(gateway, function)
    _take_place(lambda_svc, _execute_function_dispatch)
