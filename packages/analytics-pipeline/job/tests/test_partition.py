"""A partition is written as a whole, hour by hour, and what is looked at is the file that was written."""

import resource
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from palisade_etl import partition, quality, runs
from palisade_etl.partition import Partition
from palisade_etl.runs import IDS_DDL, Run, RunWriter, schema
from palisade_etl.store import LocalStore
from palisade_etl.table import COLUMNS, arrow_schema
from palisade_etl.values import HOUR_MICROS, midnight

DAY = "2026-01-05"
MIDNIGHT = midnight(DAY)


def rows(*numbers, of=lambda number: MIDNIGHT + number * 1_000_000):
    """Rows by number: their ids are of it, and they come so many seconds after midnight."""
    table = pa.table(
        {"row_id": numbers, "event_id": [f"{n:08}" for n in numbers], "event_time": pa.array([of(n) for n in numbers], pa.timestamp("us"))}
    )
    columns = [
        table[name] if name in table.column_names else pa.nulls(len(numbers), kind) for name, kind in zip(schema().names, schema().types)
    ]
    return pa.table(columns, schema=schema()).combine_chunks().to_batches()[0]


def written(folder, *batches, source="cloudtrail"):
    """The runs of a task that read `batches`."""
    writer = RunWriter(str(folder / "runs"), str(folder / "ids"), source)
    for batch in batches:
        writer.add(batch)
    writer.flush()
    return sorted(str(path) for path in (folder / "runs").rglob("*.arrow"))


def made(folder, found, dropped=(), published=None):
    """(seconds after midnight of each row, figures) of a partition that is written."""
    names = []
    if len(dropped):
        pq.write_table(pa.table({"row_id": pa.array(dropped, pa.int64())}), folder / "dropped.parquet")
        names.append(str(folder / "dropped.parquet"))
    target = str(folder / "clean" / "part-0.parquet")
    whole = Partition("cloudtrail", DAY, tuple(found), tuple(names), published, target)
    key, figures = partition.write(whole)
    assert key == ("cloudtrail", DAY)
    return [int(each) for each in pq.read_table(target)["event_id"].to_pylist()], figures


def test_a_run_is_sorted_and_cut_by_day_and_hour(tmp_path):
    found = written(tmp_path, rows(90_000, 7200, 1, 3600, 3601, 2))
    assert [path.rsplit("/", 2)[-2:] for path in found] == [
        ["day=2026-01-05", f"{90_000:016x}.arrow"],
        ["day=2026-01-06", f"{90_000:016x}.arrow"],
    ]
    run, hour = Run(found[0]), MIDNIGHT // HOUR_MICROS
    sizes = run.sizes()
    assert (sorted(sizes), sizes[hour]) == ([hour, hour + 1, hour + 2], sizes[hour + 1])
    assert 0 < sizes[hour + 2] < sizes[hour]
    assert [table["row_id"].to_pylist() for table in run.tables(hour + 1)] == [[3600, 3601]]
    ids = pq.read_table(sorted((tmp_path / "ids").rglob("*.parquet"))[0], partitioning=None)
    assert (ids.column_names, ids["row_id"].to_pylist()) == (arrow_schema(IDS_DDL).names, [1, 2, 3600, 3601, 7200])


def test_runs_and_batches_are_no_longer_than_is_kept_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "RUN_BYTES", 1)
    monkeypatch.setattr(runs, "MOST_ROWS", 3)
    found = written(tmp_path, rows(*range(10)), rows(*range(10, 14)))
    assert len(found) == 2
    assert [table.num_rows for table in Run(found[0]).tables(MIDNIGHT // HOUR_MICROS)] == [3, 3, 3, 1]


def test_a_task_that_is_tried_again_writes_the_same_objects(tmp_path):
    batches = rows(5, 3, 90_000), rows(8, 1)
    first = {path: open(path, "rb").read() for path in written(tmp_path, *batches)}
    assert {path: open(path, "rb").read() for path in written(tmp_path, *batches)} == first


@pytest.mark.parametrize("most", [128 << 20, 2000, 300])
def test_a_partition_is_what_is_published_and_what_is_new_without_duplicates_in_order(tmp_path, monkeypatch, most):
    monkeypatch.setattr(partition, "MOST_BYTES", most)
    monkeypatch.setattr(partition, "GROUP_BYTES", 4000)
    day = range(0, 86_400, 301)
    old = tmp_path / "old"
    old.mkdir()
    before, _ = made(old, written(old, rows(*day[::4])))
    assert before == list(day[::4])
    found = [*written(tmp_path / "one", rows(*day[1::4], day[3])), *written(tmp_path / "two", rows(*reversed(day[2::4])))]
    seconds, figures = made(tmp_path, found, dropped=[day[3], day[2]], published=str(old / "clean" / "part-0.parquet"))
    assert seconds == sorted({*day[::4], *day[1::4], *day[2::4]} - {day[2]})
    assert figures == {
        "rows": len(seconds), "distinct": len(seconds), "before": len(before), "without_id": 0, "without_time": 0, "out_of_range": 0, "wrong_day": 0,
    }  # fmt: skip
    groups = pq.ParquetFile(tmp_path / "clean" / "part-0.parquet").metadata
    assert 1 < groups.num_row_groups < 24


def test_rows_of_the_same_second_are_in_the_order_of_their_ids(tmp_path):
    same = rows(3, 1, 2, of=lambda _number: MIDNIGHT)
    assert made(tmp_path, written(tmp_path, same))[0] == [1, 2, 3]


def test_the_same_rows_in_other_runs_are_the_same_bytes(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, batches in zip(folders, ([rows(1, 2, 3, 4)], [rows(4, 2), rows(3, 1)])):
        for batch in batches:
            found = written(folder, batch)
        made(folder, found)
        assert len(found) == len(batches)
    assert len({(folder / "clean" / "part-0.parquet").read_bytes() for folder in folders}) == 1


def test_more_rows_in_a_second_than_are_kept_in_memory_are_still_written(tmp_path, monkeypatch):
    monkeypatch.setattr(partition, "MOST_BYTES", 100)
    assert made(tmp_path, written(tmp_path, rows(*range(9), of=lambda _number: MIDNIGHT)))[0] == list(range(9))


def test_what_is_small_in_the_published_file_and_large_in_memory_is_cut_too(tmp_path, monkeypatch):
    def told(*numbers):
        batch = rows(*numbers)
        # A text that is always the same: the file has it once.
        return batch.set_column(batch.schema.get_field_index("user_agent"), "user_agent", pa.array(["x" * 1000] * len(numbers)))

    before = tmp_path / "before"
    before.mkdir()
    made(before, written(before, told(*range(3000))))
    old = before / "clean" / "part-0.parquet"
    assert pq.ParquetFile(old).metadata.row_group(0).total_byte_size < 100_000
    sort_indices, sorted_at_once = pc.sort_indices, []
    monkeypatch.setattr(pc, "sort_indices", lambda table, keys: sorted_at_once.append(table.nbytes) or sort_indices(table, keys))
    monkeypatch.setattr(runs, "MOST_ROWS", 100)
    monkeypatch.setattr(partition, "MOST_ROWS", 100)
    monkeypatch.setattr(partition, "MOST_BYTES", 200_000)
    found = written(tmp_path, told(*range(3000, 3500)))
    sorted_at_once.clear()
    assert made(tmp_path, found, published=str(old))[0] == list(range(3500))
    assert 0 < max(sorted_at_once) <= 400_000


def test_a_partition_may_have_more_runs_than_files_may_be_open(tmp_path):
    (found,) = written(tmp_path, rows(1))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        assert made(tmp_path, [found] * 300)[0] == [1] * 300
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_many_duplicates_are_not_looked_through_for_every_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "MOST_ROWS", 1)
    found = written(tmp_path, rows(*range(300)))
    begun = time.monotonic()
    # Every other number, and none behind the 200th.
    dropped = np.append(np.arange(-2_000_000, 0), np.arange(1, 200, 2))
    assert made(tmp_path, found, dropped=dropped)[0] == [*range(0, 200, 2), *range(200, 300)]
    # It takes a tenth of a second; to look through all of them each time took a minute.
    assert time.monotonic() - begun < 10


def test_what_fails_half_way_leaves_no_object(tmp_path):
    target = str(tmp_path / "clean" / "part-0.parquet")
    with pytest.raises(FileNotFoundError):
        partition.write(Partition("cloudtrail", DAY, (str(tmp_path / "lost.arrow"),), (), None, target))
    with pytest.raises(ZeroDivisionError), LocalStore().made(target) as path:
        open(path, "w").write(str(1 / 0))
    assert LocalStore().list(str(tmp_path)) == []


@pytest.mark.parametrize(
    ("ids", "times", "wrong"),
    [
        (["a", "b"], [0, 86_399], {}),
        (["a", None], [0, 1], {"without_id": 1}),
        (["a", "b"], [0, None], {"without_time": 1}),
        (["a", "b"], [0, 86_400], {"wrong_day": 1}),
        (["a", "b"], [-1, 0], {"wrong_day": 1}),
        (["a", "b", "a"], [0, 1, 2], {"distinct": 2}),
        (["a", "b"], [0, 1_384_300_799 - MIDNIGHT // 1_000_000], {"out_of_range": 1, "wrong_day": 1}),
    ],
)
def test_what_is_wrong_in_a_file_is_counted(tmp_path, ids, times, wrong):
    path = tmp_path / "part-0.parquet"
    times = pa.array([None if each is None else MIDNIGHT + each * 1_000_000 for each in times], pa.timestamp("us"))
    pq.write_table(pa.table({"event_id": ids, "event_time": times}), path, row_group_size=2)
    right = {"rows": len(ids), "distinct": len(ids), "without_id": 0, "without_time": 0, "out_of_range": 0, "wrong_day": 0, "before": 5}
    assert quality.measure(str(path), DAY, 5) == {**right, **wrong}


def test_a_file_has_the_columns_of_the_table_alone(tmp_path):
    made(tmp_path, written(tmp_path, rows(1)))
    written_as = pq.ParquetFile(tmp_path / "clean" / "part-0.parquet").schema_arrow
    assert written_as.names == COLUMNS
    assert written_as.field("event_time").type == pa.timestamp("us")
