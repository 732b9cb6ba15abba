"""APIs that call functions of other accounts, which MiniStack 1.5.33 does not have: it looks for both in one account.

As on AWS (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-cross-account-lambda-authorizer.html): an API
answers at its own address, which names no account, and may name a function of another account by its ARN. Lambda lets it call the function
when the function's resource policy has a statement for `apigateway.amazonaws.com` whose conditions fit: `AWS:SourceArn` is the ARN of the
API's authorizer or method, `AWS:SourceAccount` the API's account. Without one the API answers 500, an authorizer's with
AuthorizerConfigurationException.

Ours: a call within one account is let through without a statement, as by MiniStack.
"""

import re
from contextvars import ContextVar

from ministack.core.arn import ArnParseError, parse_arn
from ministack.core.responses import _request_account_id
from ministack.services import apigateway_v1 as gateway
from ministack.services import lambda_svc

_source = ContextVar("palisade_source_arn", default="")

_execute = gateway._execute_in_scope
_invoke_authorizer = gateway._invoke_authorizer_lambda
_find_function = lambda_svc._get_func_record_for_ref_in_scope


def _find_api_scope(api_id):
    for account, region, known_id in (key for key, _ in gateway._rest_apis.all_items()):
        if known_id == api_id:
            return account, region
    return None


async def _execute_in_scope(request, api_id, stage_name, method, path, *args, **kwargs):
    account, region = args[-2:]
    _source.set(f"arn:aws:execute-api:{region}:{account}:{api_id}/{stage_name}/{method}{path}")
    return await _execute(request, api_id, stage_name, method, path, *args, **kwargs)


async def _invoke_authorizer_lambda(authorizer, event, account_id, region):
    before = _source.get()
    _source.set(f"{event['methodArn'].split('/', 1)[0]}/authorizers/{authorizer.get('id', '')}")
    try:
        return await _invoke_authorizer(authorizer, event, account_id, region)
    finally:
        _source.set(before)


def _get_func_record_for_ref_in_scope(function_ref, *, account_id=None, region=None):
    owner = _owner(function_ref)
    if owner is None or account_id is None or owner == account_id:
        return _find_function(function_ref, account_id=account_id, region=region)
    record, config, name = _find_function(function_ref, account_id=owner, region=function_ref.split(":")[3])
    if record is None or not _permits(record, function_ref, account_id):
        return None, None, name
    return record, config, name


def _owner(function_ref):
    try:
        spec = parse_arn(function_ref)
    except (ArnParseError, AttributeError):
        return None
    return spec.account_id if spec.service == "lambda" else None


def _permits(record, function_ref, account_id):
    token = _request_account_id.set(_owner(function_ref))
    try:
        base, _, _ = lambda_svc._get_base_func_record_for_ref(function_ref)
    finally:
        _request_account_id.reset(token)
    statements = (base or record).get("policy", {}).get("Statement", [])
    return any(_fits(statement, function_ref, account_id) for statement in statements)


def _fits(statement, function_ref, account_id):
    condition = statement.get("Condition", {})
    source_arn = condition.get("ArnLike", {}).get("AWS:SourceArn", "*")
    source_account = condition.get("StringEquals", {}).get("AWS:SourceAccount", account_id)
    return (
        statement.get("Effect") == "Allow"
        and statement.get("Principal") in ("*", {"Service": "apigateway.amazonaws.com"})
        and statement.get("Action") == "lambda:InvokeFunction"
        and statement.get("Resource") == function_ref
        and source_account == account_id
        and re.fullmatch(re.escape(source_arn).replace(r"\*", ".*"), _source.get()) is not None
    )


def install():
    gateway.find_api_scope = _find_api_scope
    gateway._execute_in_scope = _execute_in_scope
    gateway._invoke_authorizer_lambda = _invoke_authorizer_lambda
    lambda_svc._get_func_record_for_ref_in_scope = _get_func_record_for_ref_in_scope
