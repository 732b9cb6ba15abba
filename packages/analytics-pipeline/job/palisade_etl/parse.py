"""Files to rows, in Python workers: one row a record, good or bad, and one row a file that says how many records it has."""

import base64
import hashlib
import json

from .files import Unreadable
from .personal import set_key
from .reject import Reject
from .runs import RunWriter, schema
from .sources import SOURCES
from .table import arrow_schema

LONGEST_RAW = 65536
# Rows of one batch that goes back to Spark. A row's texts are cut, so that the largest batch that can be is of some 130 MB.
BATCH = 1024

RECORD, BAD, FILE = 0, 1, 2
# A row's number is the file's number in the plan and the record's in the file.
FILE_SHIFT = 32

# What is told of files and of what is no record. Clean rows are in runs.
PARSED_DDL = (
    "kind tinyint, row_id bigint, reason string, raw string, records bigint, event_id string, source_file string, source string, day string"
)


def parser(plan, key, runs, ids):
    """
    The function for `mapInArrow`. `plan`: file's name -> (number, source, arrived in microseconds, day of arrival); `runs`, `ids`: where clean rows
    and their ids go.
    """

    def parse(batches):
        set_key(key)
        told, clean = _Told(), {}
        for batch in batches:
            names, contents = batch.column("path"), batch.column("content")
            for at in range(batch.num_rows):
                name = names[at].as_py()
                source = plan[name][1]
                if source not in clean:
                    clean[source] = _Clean(RunWriter(runs, ids, source))
                yield from _file_rows(told, clean[source], plan[name], name, contents[at].as_py())
        for each in clean.values():
            each.flush()
        yield from told.rest()

    return parse


def _file_rows(told, clean, planned, name, content):
    number, source, arrived, arrival_day = planned
    module = SOURCES[source]
    normalise, base, count = module.normalise, number << FILE_SHIFT, 0
    for record, origin in module.records(content):
        count += 1
        row_id = base + count
        if type(record) is Unreadable:
            bad = _bad(row_id, record.reason, record.raw, name, source, arrival_day)
        else:
            try:
                values = normalise(record, arrived, origin)
            except Reject as reject:
                bad = _bad(row_id, reject.reason, _raw(record), name, source, arrival_day)
            except (RecursionError, AttributeError, TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
                # A form that no rule foresees must not stop the others.
                bad = _bad(row_id, f"unexpected-{type(error).__name__}", _raw(record), name, source, arrival_day)
            else:
                clean.add((row_id, *values, name))
                continue
        told.add(bad)
        yield from told.full()
    told.add((FILE, base, None, None, count, None, name, source, arrival_day))


def _raw(record):
    try:
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return repr(type(record)).encode()


def _bad(row_id, reason, raw, name, source, arrival_day):
    # Without anything to tell it by, a piece is told by its place.
    digest = hashlib.blake2b(raw or f"{name} {row_id}".encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(reason.encode())
    cut = raw[:LONGEST_RAW]
    try:
        shown = cut.decode("utf-8") if len(cut) == len(raw) else cut.decode("utf-8", "ignore")
        if len(cut) < len(raw) and len(shown.encode()) < len(cut) - 3:
            raise ValueError("no text")
    except ValueError:
        shown = "base64:" + base64.b64encode(cut).decode()
    return (BAD, row_id, reason, shown, len(raw), digest.hexdigest(), name, source, arrival_day)


class _Told:
    """What Spark is told."""

    def __init__(self):
        self._rows = []
        self.add = self._rows.append

    def full(self):
        if len(self._rows) >= BATCH:
            yield from self.rest()

    def rest(self):
        if self._rows:
            yield _batch(arrow_schema(PARSED_DDL), self._rows)
            self._rows.clear()


class _Clean:
    """What goes to runs."""

    def __init__(self, runs):
        self._runs, self._rows = runs, []

    def add(self, row):
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._rest()

    def flush(self):
        self._rest()
        self._runs.flush()

    def _rest(self):
        if self._rows:
            self._runs.add(_batch(schema(), self._rows))
            self._rows.clear()


def _batch(schema, rows):
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([_array(pa, column, field.type) for field, column in zip(schema, zip(*rows))], schema=schema)


def _array(pa, column, kind):
    try:
        return pa.array(column, type=kind)
    except UnicodeEncodeError:
        # Half a pair of surrogates, which JSON can write and UTF-8 cannot.
        return pa.array([each if each is None else each.encode("utf-8", "replace").decode() for each in column], type=kind)
