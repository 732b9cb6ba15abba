"""One partition, written whole as one file of Parquet: what is published of it and what is new, without duplicates, sorted by time.

It is done hour by hour, so that a day of any size is written in the same memory.
"""

import contextlib
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from . import quality
from .lake import PART
from .parse import RECORD
from .runs import MOST_ROWS, Run
from .store import store_of
from .table import COLUMNS, COLUMNS_DDL, arrow_schema, folders
from .values import HOUR_MICROS

# Bytes that are to be sorted at once. It may be up to twice as many, and more only if more happened in one second.
MOST_BYTES = 128 << 20
# Bytes of one group of the file at least: what a reader reads or leaves out.
GROUP_BYTES = 64 << 20
# Texts that are hardly ever the same twice; of any other a dictionary makes the file smaller.
_NEVER_TWICE = {"event_id", "event_time", "duration_ms", "request_bytes", "response_bytes", "request_json", "response_json"}
_SECOND = 1_000_000


@dataclass(frozen=True)
class Partition:
    source: str
    day: str
    """Runs of new rows."""
    runs: tuple
    """Files of the numbers of rows that are duplicates."""
    dropped: tuple
    """What is published of it, or None."""
    published: str | None
    """Where it is written to."""
    target: str


def of(lake, source, day):
    """A partition of which a run has staged new rows."""
    partition = folders(source, day)
    return Partition(
        source,
        day,
        runs=lake.staged_files("runs", *partition),
        dropped=lake.staged_files("duplicates", f"kind={RECORD}", *partition),
        published=lake.published_part(source, day),
        target=lake.staging("clean", *partition, PART),
    )


def write(partition):
    """Writes a partition. Returns (source, day), and the figures of quality.measure."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Spark gave this task one core.
    pa.set_cpu_count(1)
    with contextlib.ExitStack() as stack:
        local = lambda name: stack.enter_context(store_of(name).local(name))  # noqa: E731
        dropped = [pq.read_table(local(name), columns=["row_id"], partitioning=None)["row_id"] for name in partition.dropped]
        dropped = np.sort(np.concatenate([each.to_numpy() for each in dropped])) if dropped else None
        parts = [Run(local(name)) for name in partition.runs]
        published = _Published(local(partition.published)) if partition.published else None
        before = published.count if published else 0
        path = stack.enter_context(store_of(partition.target).made(partition.target))
        with _writer(pq, path) as writer:
            hours = Counter()
            for part in [*parts, *([published] if published else [])]:
                hours.update(part.sizes())
            for table in _groups(_sorted(hour, size, parts, published, dropped) for hour, size in sorted(hours.items())):
                writer.write_table(table, table.num_rows)
        return (partition.source, partition.day), quality.measure(path, partition.day, before)


def _writer(pq, path):
    return pq.ParquetWriter(
        path,
        arrow_schema(COLUMNS_DDL),
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in COLUMNS if name not in _NEVER_TWICE],
        store_schema=False,
    )


def _groups(hours):
    """The rows of some hours in larger pieces, of which each becomes a group of the file."""
    import pyarrow as pa

    waiting, size = [], 0
    for table in chain.from_iterable(hours):
        waiting.append(table)
        size += table.nbytes
        if size >= GROUP_BYTES:
            yield pa.concat_tables(waiting)
            waiting, size = [], 0
    if waiting:
        yield pa.concat_tables(waiting)


def _sorted(hour, size, parts, published, dropped):
    """The rows of an hour in order, in as many pieces as keep to the memory."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pieces = max(1, -(-size // MOST_BYTES))
    begin, length = hour * HOUR_MICROS, -(-3600 // pieces) * _SECOND
    end = begin + HOUR_MICROS
    spans = [(start, min(start + length, end)) for start in range(begin, end, length)][::-1]
    while spans:
        start, stop = spans.pop()
        within, bytes_within = [], 0
        for table in _tables(hour, parts, published, dropped):
            table = _between(table, start, stop) if stop - start < HOUR_MICROS else table
            within.append(table)
            bytes_within += table.nbytes
            if bytes_within > 2 * MOST_BYTES and stop - start > _SECOND:
                break
        else:
            table = pa.concat_tables(within)
            if table.num_rows:
                # In this order a rerun writes the same bytes, and readers skip what is not of their hours.
                yield table.take(pc.sort_indices(table, [("event_time", "ascending"), ("event_id", "ascending")]))
            continue
        # Not all seconds are alike, and what a dictionary made small in a file is larger in memory, which nobody knows before.
        middle = start + (stop - start) // (2 * _SECOND) * _SECOND
        spans += [(middle, stop), (start, middle)]


def _tables(hour, parts, published, dropped):
    for part in parts:
        for table in part.tables(hour):
            yield (table if dropped is None else _without(table, dropped)).select(COLUMNS)
    if published:
        yield from published.tables(hour)


def _without(table, dropped):
    """A table's rows whose number is not among `dropped`, which is sorted: Arrow's is_in would read all of it for every batch."""
    import numpy as np
    import pyarrow as pa

    numbers = table["row_id"].to_numpy()
    at = np.searchsorted(dropped, numbers)
    at[at == len(dropped)] = 0
    return table.filter(pa.array(dropped[at] != numbers)) if len(dropped) else table


def _between(table, start, end):
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = table["event_time"].type
    times = table["event_time"]
    return table.filter(pc.and_(pc.greater_equal(times, pa.scalar(start, kind)), pc.less(times, pa.scalar(end, kind))))


class _Published:
    """What is published of a partition: sorted by time, so that a group of its rows is of few hours."""

    def __init__(self, path):
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(path, memory_map=True)
        self.count = self._file.metadata.num_rows
        self._groups = []
        for group in range(self._file.num_row_groups):
            ends = pc.min_max(self._file.read_row_group(group, ["event_time"], use_threads=False)["event_time"].cast("int64")).as_py()
            self._groups.append((ends["min"] // HOUR_MICROS, ends["max"] // HOUR_MICROS))

    def sizes(self):
        """Hour -> bytes that are read for it."""
        found = {}
        for group, (first, last) in enumerate(self._groups):
            for hour in range(first, last + 1):
                found[hour] = found.get(hour, 0) + self._file.metadata.row_group(group).total_byte_size
        return found

    def tables(self, hour):
        import pyarrow as pa

        for group, (first, last) in enumerate(self._groups):
            if first <= hour <= last:
                # Batch by batch: a group that Spark wrote is many times as large in memory.
                for batch in self._file.iter_batches(MOST_ROWS, row_groups=[group], columns=COLUMNS, use_threads=False):
                    yield _between(pa.Table.from_batches([batch]).cast(arrow_schema(COLUMNS_DDL)), hour * HOUR_MICROS, (hour + 1) * HOUR_MICROS)
