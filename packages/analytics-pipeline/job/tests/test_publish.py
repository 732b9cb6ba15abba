"""What readers see: a run's whole result or nothing of it, whenever the job ends."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ARRIVED, NOW_MS, QUICK, event, trail

from palisade_etl.plan import plan
from palisade_etl.quality import BatchRejected, check


class Killed(Exception):
    """Stands for the end of the process: nothing of the job catches it."""


POINTS = ["after-parse", "before-commit", "after-commit", "between-copies", "before-sweep"]


def test_a_job_that_is_killed_at_any_moment_loses_nothing(lake):
    lake.put("cloudtrail", "0.json.gz", trail(event(0), event(100, eventID=None)))
    lake.run()
    for number, point in enumerate(POINTS, 1):
        before = lake.bytes()
        # Two days, so that there is a moment between two copies.
        lake.put("cloudtrail", f"{number}.json.gz", trail(event(number), event(10 + number, eventTime="2026-01-03T13:00:00Z")))

        def fault(reached, point=point):
            if reached == point:
                raise Killed(point)

        with pytest.raises(Killed):
            lake.run(fault)
        if point not in ("between-copies", "before-sweep"):
            # Readers see what they saw before.
            assert lake.bytes() == before
        manifest = lake.run()
        # What was committed is carried out as it was; what was not is done anew.
        committed = point in ("after-commit", "between-copies")
        assert (len(manifest["recovered"]), manifest["records"]) == {True: (1, 0), False: (0, 2)}.get(committed) or point == "before-sweep"
        numbers = sorted(int(each[-3:]) for (each,) in lake.rows("event_id"))
        assert numbers == sorted([0, *range(1, number + 1), *range(11, 11 + number)])
        assert lake.reasons() == ["no-event-id"]
    repaired = lake.bytes()
    again = lake.run(again=True)
    assert (again["records"], again["duplicates"]) == (12, 12)
    assert lake.bytes() == repaired
    assert not [path for path in (lake.folder / "state/staging").rglob("*") if path.is_file()]


def test_a_process_that_is_killed_by_the_system_loses_nothing(lake):
    lake.put("cloudtrail", "a.json.gz", trail(*[event(n) for n in range(50)]))
    root = Path(__file__).resolve().parents[1]
    program = (
        "import json, os, signal, sys\n"
        "from palisade_etl.config import Config\nfrom palisade_etl.run import run\nfrom palisade_etl.session import local_session\n"
        "config = Config(**json.loads(sys.argv[1]))\n"
        "run(local_session(1, '512m', sys.argv[2], json.loads(sys.argv[4])), config, int(sys.argv[3]),"
        " lambda point: os.kill(os.getpid(), signal.SIGKILL) if point == 'after-commit' else None)\n"
    )
    config = json.dumps(dataclasses.asdict(lake.config()))
    child = subprocess.run(
        [sys.executable, "-c", program, config, str(lake.folder / "work"), str(NOW_MS), json.dumps(QUICK)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        timeout=120,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr[-2000:]
    assert lake.bytes() == {}
    assert len(lake.run()["recovered"]) == 1
    assert len(lake.rows()) == 50


def test_a_bad_batch_is_stopped_before_anybody_sees_it(lake):
    bad = [event(n, eventID=None, n=n) for n in range(21)]
    lake.put("cloudtrail", "bad.json.gz", trail(*[event(1000 + n) for n in range(79)], *bad))
    with pytest.raises(BatchRejected) as rejected:
        lake.run()
    assert rejected.value.reasons == ["cloudtrail: 21 of 100 records were to be quarantined, more than the limit of 20%"]
    assert lake.bytes() == {}
    assert not [path for path in (lake.folder / "state").rglob("*") if path.is_file()]
    # With a limit that allows them they are read.
    manifest = lake.run(quarantine_share_limit=0.21)
    assert (manifest["clean"], manifest["quarantined"]) == (79, 21)


FIGURES = {"rows": 3, "distinct": 3, "without_id": 0, "without_time": 0, "out_of_range": 0, "wrong_day": 0, "before": 0}
SOURCES = {"waf": {"records": 4, "clean": 3, "duplicates": 1, "quarantined": 0}}


@pytest.mark.parametrize(
    ("sources", "figures", "reason"),
    [
        ({"records": 5}, {}, "waf: 5 records were read, but 3 clean, 1 duplicates and 0 quarantined are 4"),
        ({}, {"without_id": 1}, "waf 2026-01-05: 1 rows without an id"),
        ({}, {"without_time": 2}, "waf 2026-01-05: 2 rows without a time"),
        ({}, {"out_of_range": 1}, "waf 2026-01-05: 1 rows from before CloudTrail was"),
        ({}, {"wrong_day": 1}, "waf 2026-01-05: 1 rows of another day"),
        ({}, {"distinct": 2}, "waf 2026-01-05: 1 rows with an id that another row has"),
    ],
)
def test_each_rule_says_what_it_found(lake, sources, figures, reason):
    lake.put("waf", "a", b"")
    with pytest.raises(BatchRejected) as rejected:
        check(lake.config(), {"waf": {**SOURCES["waf"], **sources}}, {("waf", "2026-01-05"): {**FIGURES, **figures}})
    assert rejected.value.reasons == [reason]
    check(lake.config(), SOURCES, {("waf", "2026-01-05"): FIGURES})


def test_files_of_long_ago_and_digests_are_not_looked_at(lake):
    lake.put("cloudtrail", "old.json.gz", b"1", arrived=ARRIVED - 15 * 24 * 3600)
    lake.put("cloudtrail", "new.json.gz", b"1")
    lake.put("cloudtrail", "AWSLogs/1/CloudTrail-Digest/d.json.gz", b"1")
    lake.put("cloudtrail", "empty.json.gz", b"")
    lake.put("cloudtrail", "half.json.gz._COPYING_", b"1")
    names = lambda **options: [found.name.rsplit("/", 1)[1] for _, found in plan(lake.config(**options), NOW_MS)]  # noqa: E731
    assert names() == ["new.json.gz"]
    assert names(lookback_days=30) == ["new.json.gz", "old.json.gz"]


def test_what_does_not_fit_a_run_is_left_to_the_next_oldest_first(lake):
    for number in range(3):
        lake.put("cloudtrail", f"{2 - number}.json.gz", b"12345", arrived=ARRIVED + number)
    names = lambda limit: [found.name[-9] for _, found in plan(lake.config(batch_bytes=limit), NOW_MS)]  # noqa: E731
    assert (names(1), names(10), names(15)) == (["2"], ["1", "2"], ["0", "1", "2"])
