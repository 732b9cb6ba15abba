"""A REST API's resource policy, evaluated for every method and by where the caller comes from.

MiniStack 1.5.33 evaluates it for methods without an authorizer only, and knows no network of the caller's. On AWS it comes before a Lambda
authorizer (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html): what it does not allow gets 403, and
the authorizer is not asked. The evaluation itself is MiniStack's.

Where a request comes from: `aws:SourceIp` is the last address of `X-Forwarded-For`, which the sandbox's front adds. Inside the network, past
the front, a request says by which endpoint and from which VPC it comes, in `x-amzn-vpce-id` and `x-amzn-vpc-id`; the front takes both off,
since from the internet nobody comes through an endpoint.

Ours: a policy counts at once, not with the next deployment.
"""

import inspect

from ministack.core.arn import execute_api_arn
from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.services import apigateway_v1 as gateway

_authorize = gateway._authorize_request_v1
_signature = inspect.signature(_authorize)


def _header(headers, name):
    return next((value for key, value in (headers or {}).items() if key.lower() == name), "")


def _origin(headers):
    """The keys of a request's condition context that say where it comes from; a key that is not known is not there."""
    network = {
        "aws:sourcevpce": _header(headers, "x-amzn-vpce-id"),
        "aws:sourcevpc": _header(headers, "x-amzn-vpc-id"),
    }
    return {key: value for key, value in network.items() if value}


def _refusal(call):
    region, account = call["owner_region"], call["owner_account_id"]
    arn = execute_api_arn(region, account, call["api_id"], call["stage_name"], call["method"], call["request_path"])
    policy = (gateway.rest_api_policy_for_arn(arn) or ("",))[0]
    if not policy:
        return None
    context = EvalContext(
        "*", "Anonymous", "", "execute-api:Invoke", arn, region, service_context=_origin(call["headers"])
    )
    forwarded = _header(call["headers"], "x-forwarded-for").split(",")[-1].strip()
    if forwarded:
        context.source_ip = forwarded
    decision = evaluate_resource_policy(policy, context).decision
    if decision == "Allow":
        return None
    reason = (
        "with an explicit deny in a resource-based policy"
        if decision == "Deny"
        else "because no resource-based policy allows the execute-api:Invoke action"
    )
    message = f"User: anonymous is not authorized to perform: execute-api:Invoke on resource: {arn} {reason}"
    return gateway._gw_error("ACCESS_DENIED", message)


async def _authorize_request_v1(*args, **kwargs):
    refused = _refusal(_signature.bind(*args, **kwargs).arguments)
    if refused is not None:
        return refused, None
    return await _authorize(*args, **kwargs)


def install():
    gateway._authorize_request_v1 = _authorize_request_v1
    # It was evaluated by then, with what is known of the caller's network.
    gateway._anonymous_policy_error = lambda *args, **kwargs: None
