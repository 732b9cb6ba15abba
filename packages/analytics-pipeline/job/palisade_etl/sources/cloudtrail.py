"""CloudTrail's records.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import re
from functools import lru_cache

from ..files import document_records as records  # noqa: F401 - part of what a source is
from ..personal import cleaned, network, scrubbed_json
from ..reject import Reject
from ..values import identifier, in_range, iso_micros, text, whole

_DENIED = re.compile(
    r"AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|Forbidden|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|UnrecognizedClient"
)
# What a call is about, by the parameter's name, most telling first.
_NAMES = (
    "tableName", "functionName", "secretId", "bucketName", "keyId", "queueUrl", "topicArn", "resourceArn", "dBClusterIdentifier",
    "dBInstanceIdentifier", "logGroupName", "roleName", "roleArn", "userName", "policyArn", "restApiId", "userPoolId", "policyStoreId",
    "trailName", "name", "arn",
)  # fmt: skip


@lru_cache(maxsize=4096)
def denied(code):
    return _DENIED.search(code) is not None


@lru_cache(maxsize=4096)
def _service(event_source):
    return event_source.removesuffix(".amazonaws.com")[:128]


def _object(value):
    return value if type(value) is dict else {}


def _principal(identity):
    """Who called: the ARN, for a role its session's; else the service, the account or the id."""
    for name in ("arn", "invokedBy", "principalId", "userName", "accountId"):
        value = identity.get(name)
        if type(value) is str and value:
            return cleaned(value, 512)
    return None


def _resource(parameters, resources):
    for name in _NAMES:
        value = parameters.get(name)
        if type(value) is str and value:
            return cleaned(value, 512)
    if type(resources) is list:
        for each in resources:
            value = _object(each).get("ARN") or _object(each).get("name")
            if type(value) is str and value:
                return cleaned(value, 512)
    return None


def normalise(record, arrived, origin=None):
    if type(record) is not dict:
        raise Reject("not-an-object")
    get = record.get
    event_id = identifier(get("eventID"))
    micros = in_range(iso_micros(get("eventTime")), arrived)
    source, action = get("eventSource"), get("eventName")
    if type(source) is not str or type(action) is not str or not source or not action:
        raise Reject("no-action")
    identity = _object(get("userIdentity"))
    request, response = get("requestParameters"), get("responseElements")
    extra = _object(get("additionalEventData"))
    code, message = get("errorCode"), get("errorMessage")
    if code is not None:
        code = text(code, 256)
    if message is not None:
        message = text(message, 2048)
    failed_login = type(response) is dict and response.get("ConsoleLogin") == "Failure"
    address, agent = get("sourceIPAddress"), get("userAgent")
    read_only = get("readOnly")
    return (
        event_id,
        micros,
        _principal(identity),
        text(identity.get("type"), 64),
        network(address) if type(address) is str else None,
        cleaned(agent, 512) if type(agent) is str else None,
        _service(source),
        action[:256],
        _resource(_object(request), get("resources")),
        None,
        None,
        failed_login or (code is not None and denied(code)),
        code or ("FailedLogin" if failed_login else None),
        cleaned(message, 1024) if message else None,
        None,
        whole(extra.get("bytesTransferredIn")),
        whole(extra.get("bytesTransferredOut")),
        text(get("awsRegion"), 64),
        text(get("recipientAccountId") or identity.get("accountId"), 64),
        read_only if type(read_only) is bool else None,
        None,
        scrubbed_json(request),
        scrubbed_json(response),
    )
