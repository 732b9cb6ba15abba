"""AWS WAF's log.

https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
"""

from urllib.parse import parse_qsl

from ..files import line_records as records  # noqa: F401 - part of what a source is
from ..personal import cleaned, network, scrubbed_json
from ..reject import Reject
from ..values import epoch_micros, identifier, in_range, small, text, whole


def _header(headers, name):
    for each in headers if type(headers) is list else ():
        if type(each) is dict and str(each.get("name", "")).lower() == name:
            return each.get("value")
    return None


def _argument_names(args):
    """The names of a query string's arguments: their values are the caller's."""
    if type(args) is not str or not args:
        return []
    try:
        return [name[:128] for name, _ in parse_qsl(args[:8192], keep_blank_values=True, max_num_fields=64)]
    except ValueError:
        return ["[too many]"]


def normalise(record, arrived, origin=None):
    if type(record) is not dict:
        raise Reject("not-an-object")
    get = record.get
    request = get("httpRequest")
    if type(request) is not dict:
        raise Reject("no-request")
    event_id = identifier(request.get("requestId"))
    micros = in_range(epoch_micros(get("timestamp"), 1000), arrived)
    action = text(get("action"), 64)
    if action is None:
        raise Reject("no-action")
    acl = text(get("webaclId"), 512)
    parts = (acl or "").split(":")
    agent, address = _header(request.get("headers"), "user-agent"), request.get("clientIp")
    uri, method = text(request.get("uri"), 1024), text(request.get("httpMethod"), 16)
    blocked = action in ("BLOCK", "CAPTCHA", "CHALLENGE")
    labels = get("labels")
    further = {
        "rule": get("terminatingRuleId"),
        "country": request.get("country"),
        "arguments": _argument_names(request.get("args")),
        "labels": [each.get("name") for each in labels if type(each) is dict] if type(labels) is list else [],
    }
    status = small(get("responseCodeSent"))
    return (
        event_id,
        micros,
        None,
        "Anonymous",
        network(address) if type(address) is str else None,
        cleaned(agent, 512) if type(agent) is str else None,
        "waf",
        action,
        acl,
        cleaned(f"{method or '?'} {uri or '/'}", 512),
        status if status is not None else 403 if action == "BLOCK" else None,
        blocked,
        text(get("terminatingRuleId"), 256) if blocked else None,
        None,
        None,
        whole(get("requestBodySize")),
        None,
        parts[3] if len(parts) > 5 else None,
        parts[4] if len(parts) > 5 else None,
        None,
        None,
        scrubbed_json(further),
        None,
    )
