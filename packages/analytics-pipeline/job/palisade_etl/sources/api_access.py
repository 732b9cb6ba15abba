"""API Gateway's access log, in the format of packages/secure-gateway/src/gateway/access-log-format.ts.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
"""

from ..files import line_records as records  # noqa: F401 - part of what a source is
from ..personal import cleaned, network, scrubbed_json
from ..reject import Reject
from ..values import epoch_micros, identifier, in_range, real, small, text, whole

_FURTHER = (
    "protocol", "domain", "tlsVersion", "cipherSuite", "authorizerStatus", "authorizerError", "authorizerMilliseconds",
    "integrationStatus", "integrationMilliseconds", "firewallStatus", "firewallError", "firewallMilliseconds", "traceId",
)  # fmt: skip


def normalise(record, arrived, origin=None):
    if type(record) is not dict:
        raise Reject("not-an-object")
    get = record.get
    event_id = identifier(get("requestId"))
    micros = in_range(epoch_micros(get("time"), 1000), arrived)
    method, path = text(get("method"), 16), text(get("resourcePath"), 512)
    status = small(get("status"))
    if status is None or method is None:
        raise Reject("no-status")
    principal, address = text(get("principalId"), 512), get("sourceIp")
    read_only = method in ("GET", "HEAD", "OPTIONS")
    further = {name: get(name) for name in _FURTHER if get(name) not in (None, "-", "")}
    return (
        event_id,
        micros,
        cleaned(principal, 512) if principal else None,
        "ApiCaller" if principal else "Anonymous",
        network(address) if type(address) is str else None,
        None,
        "execute-api",
        text(get("operation"), 256) or f"{method} {path or '(no route)'}",
        text(get("domain"), 256),
        f"{method} {path or '(no route)'}",
        status,
        status in (401, 403),
        text(get("errorType"), 256),
        None,
        real(get("responseMilliseconds")),
        None,
        whole(get("responseBytes")),
        None,
        origin.get("owner") if origin else None,
        read_only,
        None,
        scrubbed_json(further),
        None,
    )
