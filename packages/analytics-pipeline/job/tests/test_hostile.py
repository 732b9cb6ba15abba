"""
Hostile records: nothing is lost, nothing stops the batch, and a rerun changes nothing. All of them are in one batch, as they would come; the
limits of the batch are the defaults.
"""

import gzip
import json

import pytest
from conftest import ARRIVED, NOW_MS, Lake, event, lines, trail

BIG = "x" * (10 << 20)
AGENTS = ['=HYPERLINK("http://x","y")', "a,b\n\"c\",'d'", "'; DROP TABLE events; --", "day=2020-01-01/../../x", "${jndi:ldap://x}", "\u202e\x00\x1b[31m"]
TRUNCATED = trail(*[event(n, requestID=f"{n * 7919:x}" * 9) for n in range(1000, 1400)])


def written(*records):
    return json.dumps({"Records": list(records)}, separators=(",", ":")).encode()


def corrupt():
    broken = bytearray(trail(*[event(n) for n in range(2000, 2009)]))
    broken[40:60] = b"\xff" * 20
    return bytes(broken)


def broken_in_the_middle():
    first, broken, last = (json.dumps(event(n), separators=(",", ":")) for n in (3000, 3001, 3002))
    return gzip.compress(f'{{"Records":[{first},{broken[:-20]},{last}]}}'.encode())


ACCESS = {"requestId": "first", "time": str(ARRIVED * 1000), "method": "GET", "resourcePath": "/orders", "status": "200"}
CUT = gzip.compress(lines(*[{**ACCESS, "requestId": f"{n * 7919:x}" * 9} for n in range(1000, 1400)]))
# File -> content, and what becomes of its records: clean, and the reasons of what is quarantined. None: at least one is clean.
FILES = {
    "cloudtrail/good.json.gz": (trail(*[event(n) for n in range(100)]), 100, []),
    "cloudtrail/truncated.json.gz": (TRUNCATED[: len(TRUNCATED) // 2], None, ["truncated-gzip"]),
    "cloudtrail/header.json.gz": (trail(event(1))[:6], 0, ["truncated-gzip"]),
    "cloudtrail/corrupt.json.gz": (corrupt(), 0, ["corrupt-gzip"]),
    "cloudtrail/empty.json.gz": (b"", 0, []),
    "cloudtrail/blank.json": (b" ", 0, ["not-json"]),
    "cloudtrail/broken.json.gz": (broken_in_the_middle(), 2, ["not-json"]),
    "cloudtrail/trailing.json": (written(event(3010)) + b"trailing", 1, []),
    "cloudtrail/behind.json": (written(event(3011))[:-1] + b"trailing", 1, ["not-json"]),
    "cloudtrail/nested.json.gz": (gzip.compress(b"[" * 100_000), 0, ["not-json"]),
    "cloudtrail/deep.json.gz": (gzip.compress(b'{"Records":[' + b'{"a":' * 100_000), 0, ["not-json"]),
    "cloudtrail/big.json.gz": (
        trail(
            event(4001, requestParameters={"tableName": "orders", "body": BIG}),
            event(4002, userAgent=BIG, errorMessage=BIG, errorCode=BIG),
            event(4003, requestParameters={f"key{n}": "y" * 900 for n in range(12_000)}),
            event(4004, eventID=None, body=BIG),
        ),
        3,
        ["no-event-id"],
    ),
    "cloudtrail/bytes.json.gz": (
        gzip.compress(written(event(5001), event(5002, userAgent="AGENT"), event(5003)).replace(b"AGENT", b"\xff\xfe")),
        2,
        ["invalid-utf-8"],
    ),
    "cloudtrail/mixed.json.gz": (
        trail(
            event(6001, requestParameters=["a", 1], responseElements="text", resources={"no": "list"}, additionalEventData=7),
            event(6002, userIdentity="root", sourceIPAddress=5, userAgent={"a": 1}, readOnly="yes", errorCode=403),
            event(6003, aFieldOfNextYear={"deep": [1, {"er": None}]}),
            event(6004, eventTime="2026-01-05T08:00:00.123456+00:00"),
            event(6005, requestParameters={"n": float("nan"), "s": "\ud800 half a pair"}),
            ["not", "an", "object"],
            "text",
            None,
            17,
            event(6006, eventID=None),
            event(6007, eventID=7),
            event(6008, eventID="x" * 300),
            event(6009, eventTime=None),
            event(6010, eventTime="yesterday"),
            event(6011, eventSource=None),
            event(6012, eventName=["GetItem"]),
        ),
        5,
        ["no-action"] * 2 + ["no-event-id"] * 3 + ["no-event-time"] * 2 + ["not-an-object"] * 4,
    ),
    "cloudtrail/clocks.json.gz": (
        trail(
            event(7001, eventTime="1970-01-01T00:00:00Z"),
            event(7002, eventTime="2100-01-01T00:00:00Z"),
            event(7003, eventTime="2013-11-12T23:59:59Z"),
            event(7004, eventTime="2013-11-13T00:00:00Z"),
            event(7005, eventTime="2026-01-06T09:00:00Z"),
            event(7006, eventTime="2026-01-06T09:00:01Z"),
            event(7007, eventTime="9999-99-99T99:99:99Z"),
            event(7008, eventTime="0001-01-01T00:00:00Z"),
        ),
        2,
        ["no-event-time"] + ["time-out-of-range"] * 5,
    ),
    "cloudtrail/agents.json.gz": (trail(*[event(8000 + n, userAgent=each) for n, each in enumerate(AGENTS)]), 6, []),
    "cloudtrail/a b*.json.gz": (trail(event(9001)), 1, []),
    "cloudtrail/c[0-9]{x}?.json.gz": (trail(event(9002)), 1, []),
    "cloudtrail/ü%20+#=.json.gz": (trail(event(9003)), 1, []),
    "api-access/lines.json": (
        lines(ACCESS) + b'{"requestId": "\xc3\x28"}\n\n{"requestId"\n' + lines({**ACCESS, "requestId": "second"}),
        2,
        ["invalid-utf-8", "not-json"],
    ),
    "api-access/cut.json.gz": (CUT[: len(CUT) // 2], None, ["truncated-gzip"]),
}
# Twice in the batch, once more in a file of its own, and once with a bad record that comes twice.
DUPLICATES = trail(event(1), event(1), event(2), event(1, eventID=None), event(1, eventID=None))


@pytest.fixture(scope="module")
def batch(spark, tmp_path_factory):
    lake = Lake(spark, tmp_path_factory.mktemp("hostile"))
    for name, (content, _, _) in FILES.items():
        lake.put(*name.split("/", 1), content)
    lake.put("cloudtrail", "twice.json.gz", DUPLICATES)
    lake.manifest = lake.run()
    return lake


def of(lake, name):
    """The rows of a file, by the last digit of their number."""
    return {row["event_id"][-1]: row for row in lake.rows() if row["source_file"].endswith("/" + name)}


def quarantined(lake, name):
    return [each for each in lake.quarantine() if each["source_file"].endswith("/" + name)]


@pytest.mark.parametrize("name", FILES)
def test_every_record_of_the_file_is_clean_or_has_its_reason(batch, name):
    _, clean, reasons = FILES[name]
    found = [row for row in batch.rows("source_file") if row[0].endswith("/" + name)]
    assert len(found) == clean if clean is not None else len(found) > 0
    assert sorted(each["reason"] for each in quarantined(batch, name)) == reasons


def test_all_is_accounted_for(batch):
    rows, bad = len(batch.rows()), len(batch.quarantine())
    manifest = batch.manifest
    assert (manifest["clean"], manifest["duplicates"], manifest["quarantined"]) == (rows, 4, bad)
    assert manifest["records"] == rows + 4 + bad
    assert len(manifest["files"]) == len(FILES)


def test_a_truncated_gzip_gives_up_every_record_before_the_cut(batch):
    numbers = sorted(int(row["event_id"][-12:]) for row in batch.rows() if row["source_file"].endswith("truncated.json.gz"))
    assert 100 < len(numbers) < 400
    assert numbers == list(range(1000, 1000 + len(numbers)))
    assert quarantined(batch, "truncated.json.gz")[0]["raw"].startswith('{"eventVersion":"1.11"')
    assert quarantined(batch, "header.json.gz")[0]["raw"].startswith("base64:H4sI")


def test_what_is_known_of_mixed_schemas_is_kept(batch):
    rows = of(batch, "mixed.json.gz")
    assert rows["1"]["request_json"] == '["a",1]' and rows["1"]["response_json"] == '"text"'
    assert rows["2"]["principal"] is None and rows["2"]["error_code"] == "403" and rows["2"]["read_only"] is None
    assert rows["4"]["event_time"].microsecond == 123456
    assert json.loads(rows["5"]["request_json"]) == {"n": None, "s": "? half a pair"}


def test_ten_megabytes_are_cut_and_the_record_stays(batch):
    rows = of(batch, "big.json.gz")
    assert rows["1"]["resource"] == "orders"
    assert json.loads(rows["1"]["request_json"])["body"] == "x" * 1024 + "… (10485760 characters)"
    assert (len(rows["2"]["user_agent"]), len(rows["2"]["error_message"]), len(rows["2"]["error_code"])) == (512, 1024, 256)
    assert json.loads(rows["3"]["request_json"])["keys"][0] == "key0"
    assert max(len(row["request_json"]) for row in rows.values()) < 32768
    kept = quarantined(batch, "big.json.gz")[0]
    assert len(kept["raw"]) == 65536 and kept["raw_bytes"] > 10 << 20


def test_bytes_that_are_no_utf8_are_kept_as_bytes(batch):
    kept = quarantined(batch, "bytes.json.gz") + quarantined(batch, "lines.json")[:1]
    assert [each["raw"][:7] for each in kept] == ["base64:"] * 2


def test_clocks_are_believed_up_to_the_edge(batch):
    days = sorted(row["day"] for row in of(batch, "clocks.json.gz").values())
    assert days == ["2013-11-13", "2026-01-06"]


def test_injections_stay_text(batch):
    rows = of(batch, "agents.json.gz")
    assert [rows[number]["user_agent"] for number in sorted(rows)] == AGENTS
    places = [f"lake/clean/events/source={source}/day={day}/part-0.parquet" for source, day in sorted(set(batch.rows("source", "day")))]
    assert [name for name in batch.bytes() if "/clean/" in name] == places


def test_a_rerun_over_the_same_files_changes_no_byte(batch):
    before = batch.bytes()
    assert batch.run()["records"] == 0
    again = batch.run(again=True)
    # What was a duplicate, clean or bad before is a duplicate of what is published now.
    assert (again["records"], again["duplicates"]) == (batch.manifest["records"], batch.manifest["records"])
    assert batch.bytes() == before


def test_late_and_duplicate_files_join_their_day_and_leave_the_others_alone(batch):
    before = batch.bytes()
    late, again = event(8500, eventTime="2013-11-13T12:00:00Z"), event(8501, eventTime="2013-11-13T13:00:00Z", eventName="Again")
    batch.put("cloudtrail", "late.json.gz", trail(late, again, {**again, "eventTime": "2026-01-04T10:00:00Z"}))
    batch.put("cloudtrail", "copy-of-agents.json.gz", FILES["cloudtrail/agents.json.gz"][0])
    manifest = batch.run()
    # Of two records with one id the earlier stays, whatever day the other claims.
    assert (manifest["records"], manifest["clean"], manifest["duplicates"], manifest["quarantined"]) == (9, 2, 7, 0)
    after = batch.bytes()
    assert after.keys() == before.keys()
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["lake/clean/events/source=cloudtrail/day=2013-11-13/part-0.parquet"]
    assert sorted(row["event_id"][-4:] for row in batch.rows() if row["day"] == "2013-11-13") == ["7004", "8500", "8501"]


def test_the_clock_of_the_run_is_the_one_that_is_given():
    assert NOW_MS == 1_767_607_200_000
