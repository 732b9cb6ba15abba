"""Clean rows on their way from the tasks that read files to the tasks that write partitions.

A run is one object of Arrow's IPC format: rows of one partition, sorted by time, each of its batches of one hour. So the task that writes the partition
has one hour in memory and not the day. Beside it are the ids of its rows, in Parquet, of which Spark finds those that come twice. That wide rows do not
become rows of Spark's, which it would write, shuffle and sort, makes the job twice as fast.
"""

import json

from .store import join, store_of
from .table import COLUMNS_DDL, arrow_schema, folders
from .values import HOUR_MICROS, day

# What Spark is told of a clean row; source and day are in the object's name.
IDS_DDL = "row_id bigint, event_id string, event_time timestamp_ntz"
# Rows of a task are kept until they are so many bytes; sorting takes as much again.
RUN_BYTES = 32 << 20
# Rows of a batch at most, which is what is read at once.
MOST_ROWS = 16_384
_HOURS = b"hours"


def schema():
    """A row's number, by which a duplicate is known, and the table's columns."""
    return arrow_schema(f"row_id bigint, {COLUMNS_DDL}")


class RunWriter:
    """The runs of one task and source."""

    def __init__(self, runs, ids, source):
        self._runs, self._ids, self._source = runs, ids, source
        self._batches, self._size = [], 0

    def add(self, batch):
        self._batches.append(batch)
        self._size += batch.nbytes
        if self._size >= RUN_BYTES:
            self.flush()

    def flush(self):
        """Writes what was added: one run for each day."""
        if not self._batches:
            return
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        table = pa.Table.from_batches(self._batches)
        # A task that is tried again has the same rows, and writes the same objects again.
        name = f"{table['row_id'][0].as_py():016x}"
        self._batches, self._size = [], 0
        table = table.take(pc.sort_indices(table, [("event_time", "ascending")])).combine_chunks()
        hours = table["event_time"].to_numpy().astype("int64") // HOUR_MICROS
        starts = [0, *(np.flatnonzero(np.diff(hours)) + 1).tolist(), table.num_rows]
        by_day = {}
        for start, end in zip(starts, starts[1:]):
            hour = int(hours[start])
            for first in range(start, end, MOST_ROWS):
                by_day.setdefault(day(hour * HOUR_MICROS), []).append((hour, table.slice(first, min(MOST_ROWS, end - first))))
        for of_day, pieces in by_day.items():
            partition = folders(self._source, of_day)
            _write_run(join(self._runs, *partition, f"{name}.arrow"), pieces)
            _write_ids(join(self._ids, *partition, f"{name}.parquet"), [piece for _, piece in pieces])


def _write_ids(name, pieces):
    import pyarrow as pa
    import pyarrow.parquet as pq

    with store_of(name).made(name) as path:
        table = pa.concat_tables(pieces).select(arrow_schema(IDS_DDL).names)
        pq.write_table(table, path, compression="lz4", use_dictionary=False, store_schema=False)


def _write_run(name, pieces):
    import pyarrow as pa

    told = schema().with_metadata({_HOURS: json.dumps([(hour, piece.nbytes) for hour, piece in pieces])})
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with store_of(name).made(name) as path, pa.ipc.new_file(path, told, options=options) as writer:
        for _, piece in pieces:
            for batch in piece.to_batches():
                writer.write_batch(batch)


class Run:
    """A run on this machine's disk."""

    def __init__(self, path):
        self._path = path
        # Of each batch its hour and its bytes.
        self._batches = json.loads(self._opened().schema.metadata[_HOURS])

    def _opened(self):
        # For each hour anew: a partition may have more runs than a process may have open files.
        import pyarrow as pa

        return pa.ipc.open_file(pa.memory_map(self._path), options=pa.ipc.IpcReadOptions(use_threads=False))

    def sizes(self):
        """Hour -> bytes."""
        found = {}
        for hour, size in self._batches:
            found[hour] = found.get(hour, 0) + size
        return found

    def tables(self, hour):
        import pyarrow as pa

        wanted = [at for at, (of, _) in enumerate(self._batches) if of == hour]
        file = self._opened() if wanted else None
        for at in wanted:
            yield pa.Table.from_batches([file.get_batch(at)]).replace_schema_metadata(None)
