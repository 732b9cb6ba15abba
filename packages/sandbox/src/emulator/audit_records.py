"""Lets the emulator's record of a call say what CloudTrail's says and MiniStack 1.5.33 leaves out.

1. Who called: the root user, a user by name, or a role's session with its role (docs.aws.amazon.com/awscloudtrail/latest/userguide/
   cloudtrail-event-reference-user-identity.html). MiniStack writes every caller as a user whose name is the access key's id.
2. What was called, where the action is in a form's body: MiniStack records `POST.sns` there.
3. That the service refused or failed, with its own error code (`errorCode`, cloudtrail-event-reference-record-contents.html). MiniStack records every
   answer as a success.

4. That somebody changed a trail, or stopped it: MiniStack records no call of CloudTrail itself. Reading events is not recorded: the sandbox does
   nothing else while it delivers.

Refusals of IAM's are recorded by launch.py.
"""

import functools
import json
import re
from contextvars import ContextVar

from ministack import app
from ministack.core.iam_evaluator import resolve_caller_identity
from ministack.core.responses import get_account_id
from ministack.services import cloudtrail

# Characters of a parameter.
LONGEST_TEXT = 4096

# What the service answered to the request that is at work.
_answer = ContextVar("palisade_answer", default=None)
# Whether the request that is at work is signed. Cognito takes some that are not.
_signed = ContextVar("palisade_signed", default=True)

_record_event = cloudtrail.record_event
_record_cloudtrail = app._maybe_record_cloudtrail


def user_identity(access_key_id):
    """CloudTrail's `userIdentity` of a key of the emulator."""
    account_id = get_account_id()
    if not _signed.get():
        return {"type": "Unknown", "principalId": "Anonymous"}
    caller = resolve_caller_identity(access_key_id) or {}
    arn, principal_id = caller.get("userArn", ""), caller.get("userId", "")
    common = {"principalId": principal_id, "arn": arn, "accountId": account_id, "accessKeyId": access_key_id}
    session = re.fullmatch(r"arn:(aws[\w-]*):sts::(\d+):assumed-role/(.+)/[^/]+", arn)
    if session:
        partition, account, role = session.groups()
        issuer = {
            "type": "Role",
            "principalId": principal_id.split(":")[0],
            "arn": f"arn:{partition}:iam::{account}:role/{role}",
            "accountId": account,
            "userName": role.rsplit("/", 1)[-1],
        }
        return {"type": "AssumedRole", **common, "sessionContext": {"sessionIssuer": issuer}}
    if arn.endswith(":root"):
        return {"type": "Root", **common}
    return {"type": "IAMUser", **common, "userName": arn.rsplit("/", 1)[-1]}


def _error_code(status, headers, body):
    """The error code of an answer, in whichever of AWS's protocols; None where the call was served."""
    if status < 400:
        return None
    named = {name.lower(): value for name, value in (headers or {}).items()}.get("x-amzn-errortype")
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    if not named and text.startswith("{"):
        try:
            parsed = json.loads(text)
            named = parsed.get("__type") or parsed.get("code")
        except ValueError:
            pass
    if not named:
        found = re.search(r"<Code>([^<]+)</Code>", text)
        named = found and found.group(1)
    return str(named).split("#")[-1].split(":")[0] if named else f"Http{status}"


def _clipped(value):
    """A parameter without its long texts, such as a function's code: CloudTrail does not write those either."""
    if isinstance(value, dict):
        return {key: _clipped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clipped(each) for each in value]
    return "(omitted)" if isinstance(value, str) and len(value) > LONGEST_TEXT else value


def _listened(handler):
    @functools.wraps(handler)
    async def listened(*args, **kwargs):
        answer = await handler(*args, **kwargs)
        _answer.set(answer)
        return answer

    return listened


def _record(*, service, event_name, access_key_id, request_params, **rest):
    parameters = dict(request_params) if isinstance(request_params, dict) else {}
    action = parameters.pop("Action", None)
    parameters.pop("Version", None)
    if isinstance(action, str) and re.fullmatch(r"\w+", action):
        event_name = action
    queue = cloudtrail._get_event_queue()
    before = queue[-1] if queue else None
    _record_event(
        service=service,
        event_name=event_name,
        access_key_id=access_key_id,
        request_params=_clipped(parameters),
        **rest,
    )
    entry = queue[-1]
    if entry is before:
        return
    record = json.loads(entry["CloudTrailEvent"])
    record["userIdentity"] = user_identity(access_key_id)
    answer = _answer.get()
    code = _error_code(*answer[:3]) if isinstance(answer, tuple) and len(answer) >= 3 else None
    if code:
        record["errorCode"] = code
    # Resources are beside the record in LookupEvents, and in it in a log file.
    record["resources"] = [{"type": each["ResourceType"], "name": each["ResourceName"]} for each in entry["Resources"]]
    entry["Username"] = record["userIdentity"].get("userName") or record["userIdentity"].get("arn", "Anonymous").rsplit("/", 1)[-1]
    entry["CloudTrailEvent"] = json.dumps(record)


def _record_own(service, method, path, headers, body, query_params, request_id, region):
    _signed.set(bool(app.extract_access_key_id(headers, query_params)))
    _record_cloudtrail(service, method, path, headers, body, query_params, request_id, region)
    target = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
    if service != "cloudtrail" or re.match(r"(Lookup|Describe|Get|List)", target):
        return
    cloudtrail.record_event(
        service=service,
        event_name=target,
        username="",
        access_key_id=app.extract_access_key_id(headers, query_params) or "test",
        resources=[],
        region=region,
        request_id=request_id,
        user_agent=headers.get("user-agent", ""),
        request_params=app._ct_request_params(headers, body, query_params),
        method=method,
    )


def install():
    app._maybe_record_cloudtrail = _record_own
    for name, handler in app.SERVICE_HANDLERS.items():
        app.SERVICE_HANDLERS[name] = _listened(handler)
    cloudtrail.record_event = _record
