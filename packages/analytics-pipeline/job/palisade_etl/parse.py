"""Files to rows, in Python workers: one row a record, good or bad, and one row a file that says how many records it has."""

import base64
import hashlib
import json

from .files import Unreadable
from .personal import set_key
from .reject import Reject
from .sources import SOURCES
from .table import COLUMNS, COLUMNS_DDL

LONGEST_RAW = 65536
# Rows of one batch that goes back to Spark. A row's texts are cut, so that the largest batch that can be is of some 130 MB.
BATCH = 1024

RECORD, BAD, FILE = 0, 1, 2
# A row's number is the file's number in the plan and the record's in the file.
FILE_SHIFT = 32

PARSED_DDL = f"kind tinyint, row_id bigint, reason string, raw string, records bigint, {COLUMNS_DDL}, source string, day string"
_EVENT_ID = COLUMNS.index("event_id")
_NOTHING = (None,) * len(COLUMNS)
_BEFORE = (None,) * _EVENT_ID
_AFTER = (None,) * (len(COLUMNS) - _EVENT_ID - 1)


def parser(plan, key):
    """The function for `mapInArrow`. `plan`: file's name -> (number, source, arrived in microseconds, day of arrival)."""

    def parse(batches):
        set_key(key)
        writer = _Writer()
        for batch in batches:
            names, contents = batch.column("path"), batch.column("content")
            for at in range(batch.num_rows):
                name = names[at].as_py()
                yield from _file_rows(writer, plan[name], name, contents[at].as_py())
        yield from writer.rest()

    return parse


def _file_rows(writer, planned, name, content):
    number, source, arrived, arrival_day = planned
    module = SOURCES[source]
    normalise, base, count = module.normalise, number << FILE_SHIFT, 0
    for record, origin in module.records(content):
        count += 1
        row_id = base + count
        if type(record) is Unreadable:
            row = _bad(row_id, record.reason, record.raw, name, source, arrival_day)
        else:
            try:
                values, day = normalise(record, arrived, origin)
                row = (RECORD, row_id, None, None, None, *values, name, source, day)
            except Reject as reject:
                row = _bad(row_id, reject.reason, _raw(record), name, source, arrival_day)
            except (RecursionError, AttributeError, TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
                # A form that no rule foresees must not stop the others.
                row = _bad(row_id, f"unexpected-{type(error).__name__}", _raw(record), name, source, arrival_day)
        if writer.add(row):
            yield from writer.rest()
    writer.add((FILE, base, None, None, count, *_NOTHING[:-1], name, source, arrival_day))


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
    return (BAD, row_id, reason, shown, len(raw), *_BEFORE, digest.hexdigest(), *_AFTER[:-1], name, source, arrival_day)


class _Writer:
    """Collects rows and makes them batches of Arrow."""

    def __init__(self):
        import pyarrow as pa

        self._pa = pa
        self._schema = _arrow_schema(pa)
        self._rows = []

    def add(self, row):
        self._rows.append(row)
        return len(self._rows) >= BATCH

    def rest(self):
        if self._rows:
            columns = list(zip(*self._rows))
            self._rows = []
            yield self._batch(columns)

    def _batch(self, columns):
        arrays = []
        for field, column in zip(self._schema, columns):
            try:
                arrays.append(self._pa.array(column, type=field.type))
            except UnicodeEncodeError:
                # Half a pair of surrogates, which JSON can write and UTF-8 cannot.
                mended = [each if each is None else each.encode("utf-8", "replace").decode() for each in column]
                arrays.append(self._pa.array(mended, type=field.type))
        return self._pa.RecordBatch.from_arrays(arrays, schema=self._schema)


_ARROW = {
    "tinyint": "int8",
    "int": "int32",
    "bigint": "int64",
    "double": "float64",
    "boolean": "bool_",
    "string": "string",
}


def _fields():
    for field in PARSED_DDL.split(", "):
        name, kind = field.split(" ")
        yield name.strip("`"), kind


def _arrow_schema(pa):
    kinds = {kind: getattr(pa, made)() for kind, made in _ARROW.items()}
    kinds["timestamp_ntz"] = pa.timestamp("us")
    return pa.schema([(name, kinds[kind]) for name, kind in _fields()])
