"""What becomes of one record of each source, and the rule for personal data. No Spark."""

import json
import random

import pytest
from conftest import ARRIVED, event, lines, subscription

from palisade_etl import personal, values
from palisade_etl.config import Config, from_arguments
from palisade_etl.files import Unreadable, document_records, line_records, unpack
from palisade_etl.reject import Reject
from palisade_etl.sources import SOURCES
from palisade_etl.table import COLUMNS

MICROS = ARRIVED * 1_000_000


def row(source, record, origin=None):
    made = SOURCES[source].normalise(record, MICROS, origin)
    assert len(made) == len(COLUMNS) - 1
    return {**dict(zip(COLUMNS, made)), "day": values.day(made[COLUMNS.index("event_time")])}


def reason(source, record):
    with pytest.raises(Reject) as rejected:
        SOURCES[source].normalise(record, MICROS)
    return rejected.value.reason


def test_a_call_of_aws_is_flattened():
    made = row("cloudtrail", event(1, errorCode="AccessDeniedException", errorMessage="no", additionalEventData={"bytesTransferredOut": 12}))
    assert made == {
        "event_id": "00000000-0000-4000-8000-000000000001", "event_time": (ARRIVED - 7199) * 1_000_000, "day": "2026-01-05",
        "principal": "arn:aws:sts::123456789012:assumed-role/orders/fn", "principal_type": "AssumedRole", "source_address": "203.0.113.0/24",
        "user_agent": "aws-sdk-js/3", "service": "dynamodb", "action": "GetItem", "resource": "idempotency", "route": None, "status": None,
        "denied": True, "error_code": "AccessDeniedException", "error_message": "no", "duration_ms": None, "request_bytes": None,
        "response_bytes": 12, "region": "us-east-1", "account": "123456789012", "read_only": True, "statement": None,
        "request_json": '{"tableName":"idempotency"}', "response_json": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"userIdentity": {"invokedBy": "rds.amazonaws.com", "type": "AWSService"}}, "principal", "rds.amazonaws.com"),
        ({"userIdentity": {"type": "IAMUser", "userName": "ann@corp.example"}}, "principal", "[e-mail]"),
        ({"sourceIPAddress": "cloudformation.amazonaws.com"}, "source_address", "cloudformation.amazonaws.com"),
        ({"sourceIPAddress": "2001:db8:1:2::3"}, "source_address", "2001:db8:1::/48"),
        ({"sourceIPAddress": "::ffff:203.0.113.9"}, "source_address", "203.0.113.0/24"),
        ({"sourceIPAddress": "256.1.1.1"}, "source_address", None),
        ({"sourceIPAddress": "a person's name"}, "source_address", None),
        ({"requestParameters": {"name": "x"}, "resources": [{"ARN": "arn:x"}]}, "resource", "x"),
        ({"requestParameters": None, "resources": ["odd", {"ARN": "arn:x"}]}, "resource", "arn:x"),
        ({"responseElements": {"ConsoleLogin": "Failure"}}, "denied", True),
        ({"responseElements": {"ConsoleLogin": "Failure"}}, "error_code", "FailedLogin"),
        ({"errorCode": "ThrottlingException"}, "denied", False),
        ({"eventTime": "2026-01-05T07:00:00"}, "day", "2026-01-05"),
        ({"additionalEventData": {"bytesTransferredIn": 2**70}}, "request_bytes", None),
    ],
)
def test_parts_of_a_call(changes, column, value):
    assert row("cloudtrail", event(1, **changes))[column] == value


ACCESS = {
    "requestId": "r", "time": str(ARRIVED * 1000), "sourceIp": "203.0.113.9", "method": "GET", "resourcePath": "/orders/{orderId}",
    "operation": "getOrder", "status": "403", "errorType": "ACCESS_DENIED", "responseBytes": "23", "responseMilliseconds": "7",
    "principalId": "user-1", "domain": "api.example", "authorizerError": "-",
}  # fmt: skip


def test_a_request_of_the_api():
    made = row("api-access", ACCESS, {"owner": "123456789012"})
    wanted = {
        "principal": "user-1", "principal_type": "ApiCaller", "action": "getOrder", "route": "GET /orders/{orderId}", "status": 403,
        "denied": True, "error_code": "ACCESS_DENIED", "duration_ms": 7.0, "response_bytes": 23, "account": "123456789012",
        "read_only": True, "request_json": '{"domain":"api.example"}', "source_address": "203.0.113.0/24",
    }  # fmt: skip
    assert {name: made[name] for name in wanted} == wanted
    nobody = row("api-access", {**ACCESS, "principalId": "-", "operation": "-", "resourcePath": "-", "method": "POST", "status": 200})
    assert (nobody["principal"], nobody["principal_type"], nobody["action"]) == (None, "Anonymous", "POST (no route)")
    assert (nobody["denied"], nobody["read_only"]) == (False, False)


WAF = {
    "timestamp": ARRIVED * 1000, "webaclId": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1", "action": "BLOCK",
    "terminatingRuleId": "rate", "labels": [{"name": "one"}, "odd"], "requestBodySize": 5,
    "httpRequest": {"requestId": "w", "clientIp": "203.0.113.9", "uri": "/a@b.example", "args": "q=secret&token=x", "httpMethod": "GET",
                    "country": "DE", "headers": [{"name": "USER-AGENT", "value": "curl"}, {"name": "cookie", "value": "secret"}]},
}  # fmt: skip


def test_a_record_of_the_firewall_keeps_the_names_of_arguments_and_no_header_but_one():
    made = row("waf", WAF)
    assert (made["denied"], made["status"], made["error_code"], made["region"], made["account"]) == (True, 403, "rate", "eu-west-1", "123456789012")
    assert made["user_agent"] == "curl" and made["route"] == "GET /[e-mail]" and made["request_bytes"] == 5
    assert json.loads(made["request_json"]) == {"rule": "rate", "country": "DE", "arguments": ["q", "token"], "labels": ["one"]}
    assert "secret" not in json.dumps(made)
    served = row("waf", {**WAF, "action": "ALLOW", "webaclId": None, "labels": None, "httpRequest": {"requestId": "w", "args": "&".join("a" * 99)}})
    assert (served["denied"], served["status"], served["error_code"], served["region"], served["route"]) == (False, None, None, None, "? /")
    assert json.loads(served["request_json"])["arguments"] == ["[too many]"]
    assert row("waf", {**WAF, "action": "CHALLENGE", "responseCodeSent": 202})["status"] == 202


AUDIT = f"{MICROS},server,orders,10.0.1.7,4,41,QUERY,shop,'SELECT a, b FROM t WHERE c = \\'it\\'\\'s, me\\' AND d = 0x1F AND e = 1.5e3 -- ann@corp.example',0"


def test_a_statement_of_the_database_loses_its_literals():
    made = row("database-audit", AUDIT)
    assert made["statement"] == "SELECT a, b FROM t WHERE c = ? AND d = ? AND e = ? -- [e-mail]"
    assert (made["principal"], made["action"], made["resource"], made["read_only"]) == ("orders", "QUERY", "shop", True)
    # Without an id of its own a record has that of its content.
    assert len(made["event_id"]) == 32 and made["event_id"] == row("database-audit", {"message": AUDIT})["event_id"]
    assert row("database-audit", {"message": AUDIT, "id": "given"})["event_id"] == "given"
    table = row("database-audit", f"{MICROS},server,orders,10.0.1.7,4,41,WRITE,shop,orders,1142", {"owner": "1"})
    assert (table["resource"], table["denied"], table["status"], table["error_code"], table["account"]) == ("shop.orders", True, 1142, "1142", "1")
    refused = row("database-audit", f"{MICROS},server,,10.0.1.7,4,0,CONNECT,,,3118")
    assert (refused["denied"], refused["principal"], refused["resource"]) == (True, None, None)


SLOW = "# Time: x\n# User@Host: report[report] @  [10.0.1.9]  Id: 12\n# Query_time: 2.5  Lock_time: 0.25 Rows_sent: 1  Rows_examined: 90\n"


def test_a_slow_query_is_timed():
    made = row("database-audit", f"{SLOW}SET timestamp={ARRIVED};\nSELECT 'a';")
    assert (made["action"], made["duration_ms"], made["statement"], made["principal"], made["read_only"]) == ("SLOW", 2500.0, "SELECT ?;", "report", True)
    assert json.loads(made["request_json"]) == {"lock_ms": 250.0, "rows_sent": 1, "rows_examined": 90}
    untold = row("database-audit", {"message": f"{SLOW}DELETE FROM t", "timestamp": ARRIVED * 1000})
    assert (untold["event_time"], untold["read_only"]) == (MICROS, False)
    assert reason("database-audit", f"{SLOW}SELECT 1") == "not-a-slow-query"
    assert reason("database-audit", "# Query_time: soon") == "not-a-slow-query"


@pytest.mark.parametrize(
    ("source", "record", "why"),
    [
        ("api-access", [], "not-an-object"),
        ("api-access", {**ACCESS, "requestId": "-"}, "no-event-id"),
        ("api-access", {**ACCESS, "time": "9" * 30}, "no-event-time"),
        ("api-access", {**ACCESS, "time": True}, "no-event-time"),
        ("api-access", {**ACCESS, "status": "-"}, "no-status"),
        ("waf", "text", "not-an-object"),
        ("waf", {**WAF, "httpRequest": []}, "no-request"),
        ("waf", {**WAF, "action": None}, "no-action"),
        ("waf", {**WAF, "timestamp": 0}, "time-out-of-range"),
        ("database-audit", {"message": 5}, "no-message"),
        ("database-audit", "one, two", "not-an-audit-line"),
        ("database-audit", f"{MICROS},s,u,h,1,2,QUERY,db,'SELECT 1',ok", "not-an-audit-line"),
        ("database-audit", "soon,s,u,h,1,2,QUERY,db,'SELECT 1',0", "no-event-time"),
    ],
)
def test_what_is_no_record_has_its_reason(source, record, why):
    assert reason(source, record) == why


def test_secrets_and_personal_data_leave_requests():
    request = {
        "password": "p", "Pass_word": "p", "secretId": "kept", "secretString": "s", "nextToken": "t", "tokenType": "kept", "x-api-key": "k",
        "Authorization": "a", "clientSecret": "c", "email": "e", "phone_number": "1", "address": "x", "ipAddress": "kept", "given_name": "g",
        "birthdate": "1", "emptySecret": None, "set-cookie": ["c"], "credentials": {"a": 1},
        "note": "ask ann@corp.example, key AKIAIOSFODNN7EXAMPLE, jwt eyJhbGciOiJSUzI1NiJ9.e30.sig, Bearer abcdefgh12345, ?X-Amz-Signature=abc&x=1",
    }  # fmt: skip
    made = json.loads(personal.scrubbed_json(request))
    kept = {name for name, value in made.items() if value != "[dropped]"}
    assert kept == {"secretId", "tokenType", "ipAddress", "emptySecret", "note"}
    assert made["note"] == "ask [e-mail], key [token], jwt [token], [token], ?[token]&x=1"


def test_what_is_written_first_and_looked_at_then_is_what_is_taken_apart():
    """The quick way out of `scrubbed_json` is right wherever it is taken: it gives what the rule gives."""
    chance = random.Random(7)
    keys = [
        "tableName",
        "password",
        "pass_word",
        "Secret-Key",
        "secretId",
        "tokenType",
        "token",
        "email",
        "k" * 300,
        "é",
        "a@example.com",
        "{",
        "[",
    ]
    texts = [
        "x",
        "",
        "a@example.com",
        "eyJhbGciOiJub25lIn0.e30.",
        "AKIA" + "A" * 16,
        "Bearer abcdefgh",
        "BEARER abcdefgh",
        "\ud800",
        '"\\\n\x00',
        "y" * 1100,
        "[{",
        "NaN",
    ]
    others = [0, 1, -1.5, 1e400, float("nan"), True, False, None, [], {}, "X-Amz-Signature=abc"]

    def value(depth):
        kind = chance.randrange(4)
        if depth and kind == 0:
            return {chance.choice(keys): value(depth - 1) for _ in range(chance.randrange(4))}
        if depth and kind == 1:
            return [value(depth - 1) for _ in range(chance.randrange(4))]
        return chance.choice(texts if kind == 2 else others)

    def nested(depth):
        made = "x"
        for _ in range(depth):
            made = {"a": made} if chance.randrange(2) else [made]
        return {"a": made}

    made = [{chance.choice(keys): value(4)} for _ in range(20_000)] + [nested(depth) for depth in range(28, 40)] + [nested(3000)]
    quick = 0
    for each in made:
        expected = personal._encode(personal._scrub(each, 0))
        found = personal.scrubbed_json(each)
        assert found == expected if len(expected) <= personal.LONGEST_JSON else "[too long]" in found
        quick += found == expected and "[dropped]" not in found
    assert quick > 2000


def test_one_person_stays_one_principal_where_there_is_a_key():
    try:
        personal.set_key("a key")
        first = personal.cleaned("arn:x/ann@corp.example", 512)
        assert first == personal.cleaned("arn:x/Ann@Corp.Example", 512) and first.startswith("arn:x/user-") and len(first) == 6 + 5 + 12
        personal.set_key("another key")
        assert personal.cleaned("arn:x/ann@corp.example", 512) != first
    finally:
        personal.set_key(None)
    assert personal.cleaned("arn:x/ann@corp.example", 512) == "arn:x/[e-mail]"


def test_texts_that_are_made_to_take_long_do_not():
    for text in ("a" * 5_000_000 + "@", "@" * 5_000_000, "eyJ" * 2_000_000, "'" * 5_000_000, "a@" + "b." * 2_000_000):
        personal.cleaned(text, 1024)
        personal.statement(text)
        assert len(personal.scrubbed_json({"a": text})) < 2000


def test_depth_is_limited():
    deep = value = []
    for _ in range(200):
        value.append([])
        value = value[0]
    assert personal.scrubbed_json({"a": deep}) == '{"a":' + "[" * 31 + '"[deeper]"' + "]" * 31 + "}"


def test_lines_of_a_subscription_are_its_messages():
    content = lines(subscription({"a": 1}, "text, not JSON", '{"broken'), subscription({"b": 2}, kind="CONTROL_MESSAGE"))
    found = list(line_records(content))
    assert [record.reason if isinstance(record, Unreadable) else record for record, _ in found] == [
        {"a": 1},
        {"id": f"{1:056}", "timestamp": ARRIVED * 1000, "message": "text, not JSON"},
        "not-json",
    ]
    assert found[0][1] == {"owner": "123456789012", "logGroup": "group", "logStream": "stream"}
    # Two documents in a line, as Firehose writes them without a delimiter, and an event that is none.
    odd = json.dumps(subscription({"a": 1})) + json.dumps({"logEvents": [5, {"message": 7}]})
    assert [getattr(record, "reason", record) for record, _ in line_records(odd.encode())] == [{"a": 1}, "no-message", "no-message"]


def test_other_documents_than_log_files():
    reasons = lambda content: [getattr(record, "reason", record) for record, _ in document_records(content)]  # noqa: E731
    assert reasons(b'{"v": 1, "Records": [1, 2]}') == [1, 2]
    assert reasons(b'{"eventID": "x"}') == [{"eventID": "x"}]
    assert reasons(b'{"a": 1}') == ["no-records"]
    assert reasons(b"[1]") == ["no-records"]
    assert reasons(b'{"v": "\xff", "Records": [1]}') == ["no-records"]
    assert reasons(b'{"Records": []}') == []


def test_a_file_that_unpacks_to_more_than_is_read_is_named_and_not_kept_in_memory():
    import gzip

    assert unpack(gzip.compress(b"a" * 5000), 1000) == (b"", "too-large")
    members = gzip.compress(b"one,") + gzip.compress(b"two")
    assert unpack(members) == (b"one,two", None)
    assert unpack(members + b"\0\0") == (b"one,two", None)
    assert unpack(members + b"trailing") == (b"one,two", "corrupt-gzip")


def test_numbers_and_texts():
    assert (values.whole("12"), values.whole(None), values.whole("1" * 21), values.whole({}), values.whole(True)) == (12, None, None, None, None)
    assert (values.small("3"), values.small(2**31)) == (3, None)
    assert (values.real("1.5"), values.real("nan"), values.real(None), values.real([])) == (1.5, None, None, None)
    assert (values.text("-"), values.text({"a": "é"}), values.text("abc", 2)) == (None, '{"a":"é"}', "ab")


def test_the_configuration_says_what_is_wrong_with_it():
    given = {"sources": '{"waf":"s3://raw/waf/"}', "clean": "s3://c/", "quarantine": "s3://q/", "state": "s3://s/", "quarantine_share_limit": "0.5"}
    config = from_arguments(given, "key")
    assert (config.sources, config.clean, config.quarantine_share_limit, config.lookback_days) == ({"waf": "s3://raw/waf"}, "s3://c", 0.5, 14)
    for changes, sentence in [
        ({"sources": "waf"}, "sources: got 'waf'; it must be a JSON object of source -> S3 URI"),
        ({"sources": '{"logs":"s3://x"}'}, "sources: no source 'logs'; there are cloudtrail, api-access, waf, database-audit"),
        ({"clean": "relative"}, "clean: got 'relative'; it must be an S3 URI or an absolute path"),
        ({"quarantine_share_limit": "2"}, "quarantine_share_limit: got 2.0; it must be between 0 and 1"),
        ({"lookback_days": "0"}, "lookback_days: got 0; it must be at least 1"),
    ]:
        with pytest.raises(ValueError) as wrong:
            from_arguments({**given, **changes})
        assert str(wrong.value) == sentence
    assert Config.__doc__
