"""One Spark session for all tests, and a lake of its own for each."""

import gzip
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from palisade_etl.config import Config  # noqa: E402
from palisade_etl.run import run  # noqa: E402
from palisade_etl.session import local_session  # noqa: E402

ARRIVED = 1_767_603_600  # 2026-01-05T09:00:00Z
NOW_MS = ARRIVED * 1000 + 3_600_000


# A handful of rows does not repay the compilers, Spark's and Java's.
QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
}


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    session = local_session(2, "1g", str(tmp_path_factory.mktemp("spark")), QUICK)
    yield session
    session.stop()


class Lake:
    """Raw files, what the job makes of them, and the means to look at it."""

    def __init__(self, spark, folder):
        self.spark, self.folder = spark, folder
        self.options = {}

    def put(self, source, name, content, arrived=ARRIVED):
        path = self.folder / "raw" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (arrived, arrived))
        return path

    def config(self, **options):
        sources = {each.name: str(each) for each in sorted((self.folder / "raw").iterdir())}
        places = {"clean": str(self.folder / "lake"), "quarantine": str(self.folder / "lake"), "state": str(self.folder / "state")}
        return Config(**{"sources": sources, **places, **self.options, **options})

    def run(self, fault=lambda _point: None, **options):
        manifest = run(self.spark, self.config(**options), NOW_MS, fault)
        assert manifest["records"] == manifest["clean"] + manifest["duplicates"] + manifest["quarantined"]
        return manifest

    def rows(self, *columns):
        import pyarrow.dataset as ds

        place = self.folder / "lake/clean/events"
        if not place.exists():
            return []
        table = ds.dataset(place, format="parquet", partitioning="hive").to_table()
        rows = table.to_pylist()
        return [tuple(row[name] for name in columns) for row in rows] if columns else rows

    def quarantine(self):
        found = []
        for path in sorted((self.folder / "lake").glob("quarantine/**/*.json.gz")):
            found += [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
        return found

    def reasons(self):
        return sorted(each["reason"] for each in self.quarantine())

    def bytes(self):
        """Name -> hash of everything that readers see."""
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((self.folder / "lake").rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }


@pytest.fixture
def lake(spark, tmp_path):
    return Lake(spark, tmp_path)


def event(number=1, **changes):
    """A record of CloudTrail's."""
    return {
        "eventVersion": "1.11",
        "userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::123456789012:assumed-role/orders/fn", "accountId": "123456789012"},
        "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ARRIVED - 7200 + number)),
        "eventSource": "dynamodb.amazonaws.com",
        "eventName": "GetItem",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.77",
        "userAgent": "aws-sdk-js/3",
        "requestParameters": {"tableName": "idempotency"},
        "responseElements": None,
        "eventID": f"00000000-0000-4000-8000-{number:012}",
        "readOnly": True,
        "recipientAccountId": "123456789012",
        **changes,
    }


def trail(*records):
    """A log file as CloudTrail delivers it."""
    return gzip.compress(json.dumps({"Records": list(records)}, separators=(",", ":")).encode(), mtime=0)


def lines(*records):
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


def subscription(*messages, owner="123456789012", kind="DATA_MESSAGE"):
    """One record of a CloudWatch Logs subscription."""
    events = [
        {"id": f"{n:056}", "timestamp": ARRIVED * 1000, "message": each if isinstance(each, str) else json.dumps(each)}
        for n, each in enumerate(messages)
    ]
    return {"messageType": kind, "owner": owner, "logGroup": "group", "logStream": "stream", "logEvents": events}
