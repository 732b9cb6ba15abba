"""One run: files in, table, quarantine and manifest out."""

import time

from pyspark.sql import functions as F

from . import quality
from .parse import BAD, FILE, PARSED_DDL, RECORD, parser
from .plan import day_of, plan, run_id
from .publish import carry_out, commit, recover, staging_folder
from .session import configure
from .store import join, store_of
from .table import COLUMNS, PARTITIONS, TABLE, TABLE_DDL

_QUARANTINE_DDL = "id string, reason string, raw string, raw_bytes bigint, source_file string, source string, day string"
# What of a batch's rows is compared; kept apart from the rows, which are wide.
_BY_ID = ["kind", "source", "event_id"]
_OF_ROW = ["row_id", "kind", "source", "day"]
# So many rows are one task's, whatever their partitions.
_FEW_ROWS = 50_000


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
    _parse(spark, config, files, join(staging, "parsed"))
    fault("after-parse")
    work = _Run(spark, config, staging, spark.read.schema(PARSED_DDL).parquet(_pattern(join(staging, "parsed"))))
    try:
        manifest, steps = work.stage(run_name, files, recovered)
    except quality.BatchRejected:
        # Bad records are staged as they came, and belong nowhere but in the quarantine.
        store_of(config.state).delete_all(staging)
        raise
    finally:
        work.release()
    fault("before-commit")
    manifest["seconds"] = round(time.time() - started, 3)
    commit(config, run_name, manifest, steps)
    fault("after-commit")
    return carry_out(config, run_name, fault)


def _uri(name):
    """How Spark is given a name to write to."""
    return name if name.startswith("s3://") else "file:" + name


def _pattern(name):
    """How Spark is given a name to read: as a pattern, in which what has a meaning is itself."""
    return _uri("".join("\\" + each if each in "*?[]{}\\" else each for each in name))


def _parse(spark, config, files, target):
    planned = {}
    for number, (source, found) in enumerate(files):
        known_as = found.name if found.name.startswith("s3://") else "file:" + found.name
        planned[known_as] = (number, source, found.modified * 1000, day_of(found.modified))
    rows = (
        spark.read.format("binaryFile")
        .load([_pattern(found.name) for _, found in files])
        .select("path", "content")
        .mapInArrow(parser(planned, config.hash_key), PARSED_DDL)
    )
    rows.write.option("compression", "lz4").parquet(_uri(target))


class _Run:
    def __init__(self, spark, config, staging, parsed):
        self._spark, self._config, self._staging, self._parsed = spark, config, staging, parsed
        self._kept = []

    def release(self):
        for frame in self._kept:
            frame.unpersist()

    def _keep(self, frame):
        frame = frame.persist()
        self._kept.append(frame)
        return frame

    def stage(self, run_name, files, recovered):
        profile = self._profile(files)
        duplicates = self._keep(self._duplicates(profile))
        rows = duplicates.groupBy("kind", "source", "day").count().collect()
        dropped = {(each["kind"], each["source"], each["day"]): each["count"] for each in rows}
        clean, clean_steps, figures = self._stage_clean(_remaining(profile, dropped, RECORD), duplicates if dropped else None)
        bad = _remaining(profile, dropped, BAD)
        quarantined, quarantine_steps = self._stage_quarantine(bad, duplicates if dropped else None, run_name)
        sources = {}
        for source in sorted({source for source, _ in files}):
            sources[source] = _counts(
                profile.records.get(source, 0),
                clean.get(source, 0),
                sum(count for (_, of, _), count in dropped.items() if of == source),
                quarantined.get(source, 0),
            )
        quality.check(self._config, sources, figures)
        total = {name: sum(each[name] for each in sources.values()) for name in _counts(0, 0, 0, 0)}
        manifest = {
            "run": run_name,
            "recovered": recovered,
            **total,
            "sources": sources,
            "reasons": profile.reasons,
            "partitions": [step["to"] for step in clean_steps],
            "quarantine": [step["to"] for step in quarantine_steps],
            "files": [{"source": source, "name": found.name, "size": found.size} for source, found in files],
        }
        return manifest, clean_steps + quarantine_steps

    def _profile(self, files):
        """What was parsed: rows by kind, source and day, and the records of each source as the reader counted them when it split the files."""
        rows = (
            self._parsed.groupBy("kind", "source", "day", "reason")
            .agg(F.count("*").alias("rows"), F.sum(F.when(F.col("kind") == FILE, F.col("records"))).alias("records"))
            .collect()
        )
        profile = _Profile()
        read = 0
        for each in sorted(rows, key=lambda row: (row["source"], row["reason"] or "")):
            kind, source, day = each["kind"], each["source"], each["day"]
            if kind == FILE:
                profile.records[source] = profile.records.get(source, 0) + each["records"]
                read += each["rows"]
                continue
            profile.rows[kind, source, day] = profile.rows.get((kind, source, day), 0) + each["rows"]
            if kind == BAD:
                name = f"{source}: {each['reason']}"
                profile.reasons[name] = profile.reasons.get(name, 0) + each["rows"]
        if read != len(files):
            raise quality.BatchRejected([f"{len(files)} files were to be read, and {read} were"])
        return profile

    def _duplicates(self, profile):
        """Rows whose id comes a second time, in this batch or after what is published of the days that it touches."""
        # Eight bytes an id find the few that can be equal; those are compared as they are.
        ids = self._parsed.where(F.col("kind") != FILE).select(*_BY_ID, "day", "event_time", "row_id")
        ids = ids.withColumn("hash", F.xxhash64(*_BY_ID))
        repeated = ids.groupBy("hash").count().where("count > 1").select("hash")
        candidates = ids.join(repeated, "hash", "left_semi")
        order = F.struct("event_time", "row_id")
        first = candidates.groupBy(*_BY_ID).agg(F.min(order).alias("first"), F.count("*").alias("count")).where("count > 1")
        later = candidates.join(first, _BY_ID).where(F.col("first") != order).select(*_OF_ROW)
        published = self._published_ids(profile)
        if published is None:
            return later
        again = ids.join(published, _BY_ID, "left_semi").select(*_OF_ROW)
        return later.union(again).distinct()

    def _published_ids(self, profile):
        frames = []
        clean = self._existing([(source, day) for kind, source, day in profile.rows if kind == RECORD])
        if clean is not None:
            frames.append(clean.select(F.lit(RECORD).cast("tinyint").alias("kind"), "source", "event_id"))
        bad = self._existing_quarantine([(source, day) for kind, source, day in profile.rows if kind == BAD])
        if bad is not None:
            frames.append(bad.select(F.lit(BAD).cast("tinyint").alias("kind"), "source", F.col("id").alias("event_id")))
        return None if not frames else frames[0] if len(frames) == 1 else frames[0].union(frames[1])

    def _existing(self, partitions):
        """What is published of some partitions; None where nothing is."""
        base = join(self._config.clean, "clean", TABLE)
        paths = self._there(base, [self._part(source, day) for source, day in partitions])
        if not paths:
            return None
        return self._spark.read.schema(TABLE_DDL).option("basePath", _uri(base)).parquet(*[_pattern(each) for each in paths])

    def _existing_quarantine(self, partitions):
        base = join(self._config.quarantine, "quarantine")
        paths = self._there(base, [f"{join(base, f'source={source}', f'day={day}')}/" for source, day in partitions])
        if not paths:
            return None
        return self._spark.read.schema(_QUARANTINE_DDL).option("basePath", _uri(base)).json([_pattern(each) for each in paths])

    def _there(self, base, wanted):
        """The objects of which one of `wanted` is the name or the folder."""
        store, found = store_of(base), []
        for place in wanted:
            found += [each.name for each in store.list(place.rsplit("/", 1)[0]) if each.name.startswith(place)]
        return sorted(set(found))

    def _part(self, source, day):
        return join(self._config.clean, "clean", TABLE, f"source={source}", f"day={day}", "part-0.parquet")

    def _stage_clean(self, new, duplicates):
        """Writes each partition that gets something new as a whole: what is published of it and what is new, as one file."""
        if not new:
            return {}, [], {}
        rows = self._rows(RECORD, duplicates).select(*COLUMNS, *PARTITIONS)
        existing = self._existing(sorted(new))
        before, size = {}, sum(new.values())
        if existing is not None:
            before = {(each["source"], each["day"]): each["count"] for each in existing.groupBy(*PARTITIONS).count().collect()}
            rows = rows.union(existing.select(*COLUMNS, *PARTITIONS))
            size += sum(before.values())
        target = join(self._staging, "clean")
        # More tasks than partitions, so that few share one; each partition is in one task, and so in one file.
        tasks = 1 if size < _FEW_ROWS else max(8, min(4 * len(new), 200))
        (
            rows.repartition(tasks, *PARTITIONS)
            # In this order a rerun writes the same bytes, and readers skip what is not of their hours.
            .sortWithinPartitions(*PARTITIONS, "event_time", "event_id")
            .write.partitionBy(*PARTITIONS)
            .parquet(_uri(target))
        )
        steps = self._steps(target, self._part)
        staged = self._spark.read.schema(TABLE_DDL).option("basePath", _uri(target)).parquet(_pattern(target))
        figures = quality.measure(staged, before)
        clean = {}
        for (source, _), each in figures.items():
            clean[source] = clean.get(source, 0) + each["rows"] - each["before"]
        return clean, steps, figures

    def _stage_quarantine(self, new, duplicates, run_name):
        if not new:
            return {}, []
        bad = self._rows(BAD, duplicates).select(
            F.col("event_id").alias("id"), "reason", "raw", F.col("records").alias("raw_bytes"), "source_file", *PARTITIONS, "row_id"
        )
        target = join(self._staging, "quarantine")
        (
            bad.repartition(1)
            .sortWithinPartitions(*PARTITIONS, "row_id")
            .drop("row_id")
            .write.partitionBy(*PARTITIONS)
            .option("compression", "gzip")
            .json(_uri(target))
        )
        base = join(self._config.quarantine, "quarantine")
        steps = self._steps(target, lambda source, day: join(base, f"source={source}", f"day={day}", f"{run_name}.json.gz"))
        staged = self._spark.read.schema(_QUARANTINE_DDL).option("basePath", _uri(target)).json(_pattern(target))
        return {each["source"]: each["count"] for each in staged.groupBy("source").count().collect()}, steps

    def _rows(self, kind, duplicates):
        """The rows of a kind that are no duplicates."""
        rows = self._parsed.where(F.col("kind") == kind)
        if duplicates is not None:
            rows = rows.join(duplicates.select("row_id"), "row_id", "left_anti")
        return rows

    def _steps(self, target, place):
        """One copy for each file that is staged; a partition with two is a mistake of this job."""
        steps = []
        for found in store_of(self._config.state).list(target):
            *_, source, day, _name = found.name.split("/")
            steps.append({"from": found.name, "to": place(source.removeprefix("source="), day.removeprefix("day="))})
        if len({step["to"] for step in steps}) != len(steps):
            raise quality.BatchRejected(["a partition was staged as more than one file"])
        return steps


class _Profile:
    def __init__(self):
        """(kind, source, day) -> rows."""
        self.rows = {}
        """Source -> records."""
        self.records = {}
        """`source: reason` -> rows."""
        self.reasons = {}


def _remaining(profile, dropped, kind):
    """(source, day) -> rows of a kind that are left when the duplicates are dropped."""
    left = {(each[1], each[2]): rows - dropped.get(each, 0) for each, rows in profile.rows.items() if each[0] == kind}
    return {partition: rows for partition, rows in left.items() if rows}


def _counts(records, clean, duplicates, quarantined):
    return {"records": records, "clean": clean, "duplicates": duplicates, "quarantined": quarantined}
