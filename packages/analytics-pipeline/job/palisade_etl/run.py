"""One run: files in, table, quarantine and manifest out."""

import time

from pyspark.sql import functions as F

from . import duplicates, partition, quality
from .batch import look
from .lake import QUARANTINE_DDL, Lake, pattern, uri
from .parse import BAD, PARSED_DDL, RECORD, parser
from .plan import day_of, plan, run_id
from .publish import carry_out, commit, recover, staging_folder
from .session import configure
from .store import join, store_of
from .table import PARTITIONS


def run(spark, config, now_ms=None, fault=lambda _point: None):
    """
    Reads the files that are new and publishes them. Returns the manifest; of a run without new files one with `files` empty.

    Raises quality.BatchRejected, with nothing published, for a batch that the rules stop.
    """
    started = time.time()
    configure(spark)
    recovered = recover(config)
    files = plan(config, now_ms)
    if not files:
        return {"run": None, "recovered": recovered, "files": [], **_counts(0, 0, 0, 0)}
    run_name = run_id(files)
    staging = join(staging_folder(config), run_name)
    lake = Lake(spark, config, staging)
    _parse(lake, files, config.hash_key)
    fault("after-parse")
    try:
        manifest, steps = _stage(lake, config, run_name, files)
    except quality.BatchRejected:
        # Bad records are staged as they came, and belong nowhere but in the quarantine.
        store_of(config.state).delete_all(staging)
        raise
    fault("before-commit")
    manifest |= {"recovered": recovered, "seconds": round(time.time() - started, 3)}
    commit(config, run_name, manifest, steps)
    fault("after-commit")
    return carry_out(config, run_name, fault)


def _parse(lake, files, hash_key):
    planned = {}
    for number, (source, found) in enumerate(files):
        planned[uri(found.name)] = (number, source, found.modified * 1000, day_of(found.modified))
    rows = (
        lake.spark.read.format("binaryFile")
        .load([pattern(found.name) for _, found in files])
        .select("path", "content")
        .mapInArrow(parser(planned, hash_key, lake.staging("runs"), lake.staging("ids")), PARSED_DDL)
    )
    rows.write.option("compression", "lz4").parquet(uri(lake.staging("parsed")))


def _stage(lake, config, run_name, files):
    """Stages what the run is to publish. Returns its manifest and the copies that publish it."""
    parsed = lake.staged("parsed", PARSED_DDL)
    found = look(lake, parsed, files)
    repeated, dropped = duplicates.stage(lake, parsed, found.rows)
    figures = _stage_clean(lake, found.remaining(RECORD, dropped))
    quarantined = _stage_quarantine(lake, parsed, found.remaining(BAD, dropped), repeated)
    sources = {}
    for source in sorted({source for source, _ in files}):
        sources[source] = _counts(
            found.records.get(source, 0),
            sum(each["rows"] - each["before"] for (of, _), each in figures.items() if of == source),
            sum(count for (_, of, _), count in dropped.items() if of == source),
            quarantined.get(source, 0),
        )
    quality.check(config, sources, figures)
    total = {name: sum(each[name] for each in sources.values()) for name in _counts(0, 0, 0, 0)}
    clean_steps = _steps(lake.staged_files("clean"), lake.part)
    quarantine_steps = _steps(lake.staged_files("quarantine"), lambda source, day: lake.quarantined(source, day, run_name))
    manifest = {
        "run": run_name,
        **total,
        "sources": sources,
        "reasons": found.reasons,
        "partitions": [step["to"] for step in clean_steps],
        "quarantine": [step["to"] for step in quarantine_steps],
        "files": [{"source": source, "name": each.name, "size": each.size} for source, each in files],
    }
    return manifest, clean_steps + quarantine_steps


def _stage_clean(lake, new):
    """Writes each partition that gets something new as a whole, and as one file: that is one task. Returns what quality.measure found in each."""
    if not new:
        return {}
    largest_first = sorted(new, key=lambda each: (-new[each], each))
    partitions = [partition.of(lake, source, day) for source, day in largest_first]
    return dict(lake.spark.sparkContext.parallelize(partitions, len(partitions)).map(partition.write).collect())


def _stage_quarantine(lake, parsed, new, repeated):
    """Writes what is no record. Returns source -> rows, as they are in what was written."""
    if not new:
        return {}
    bad = parsed.where(F.col("kind") == BAD)
    if repeated is not None:
        bad = bad.join(repeated.select("row_id"), "row_id", "left_anti")
    columns = [F.col("event_id").alias("id"), "reason", "raw", F.col("records").alias("raw_bytes"), "source_file", *PARTITIONS, "row_id"]
    target = lake.staging("quarantine")
    (
        bad.select(*columns)
        .repartition(1)
        .sortWithinPartitions(*PARTITIONS, "row_id")
        .drop("row_id")
        .write.partitionBy(*PARTITIONS)
        .option("compression", "gzip")
        .json(uri(target))
    )
    staged = lake.spark.read.schema(QUARANTINE_DDL).option("basePath", uri(target)).json(pattern(target))
    return {each["source"]: each["count"] for each in staged.groupBy("source").count().collect()}


def _steps(staged, place):
    """One copy for each file that is staged; a partition with two is a mistake of this job."""
    steps = []
    for name in staged:
        *_, source, day, _name = name.split("/")
        steps.append({"from": name, "to": place(source.removeprefix("source="), day.removeprefix("day="))})
    if len({step["to"] for step in steps}) != len(steps):
        raise quality.BatchRejected(["a partition was staged as more than one file"])
    return steps


def _counts(records, clean, duplicates, quarantined):
    return {"records": records, "clean": clean, "duplicates": duplicates, "quarantined": quarantined}
