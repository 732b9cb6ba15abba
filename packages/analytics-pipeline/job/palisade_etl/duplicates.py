"""Records whose id comes a second time, in this batch or after what is published of the days that it touches; of two the earlier stays."""

import contextlib

from pyspark.sql import functions as F

from .lake import uri
from .parse import BAD, RECORD

_DDL = "row_id bigint, kind tinyint, source string, day string"
_BY_ID = ["kind", "source", "event_id"]
_OF_ROW = ["row_id", "kind", "source", "day"]
# Hashes that are given to every task.
_FEW = 1_000_000


def stage(lake, parsed, partitions):
    """
    Writes the numbers of the rows that are duplicates, by kind, source and day. `partitions`: those of the batch, by the same three. Returns them, or
    None, and their count by the same three.
    """
    ids = _ids(lake, parsed)
    published = _published(lake, partitions)
    with _within(ids) as found:
        if published is not None:
            found = found.union(ids.join(published, _BY_ID, "left_semi").select(*_OF_ROW)).distinct()
        found.write.partitionBy("kind", "source", "day").parquet(uri(lake.staging("duplicates")))
    duplicates = lake.staged("duplicates", _DDL)
    if duplicates is None:
        return None, {}
    rows = duplicates.groupBy("kind", "source", "day").count().collect()
    return duplicates, {(each["kind"], each["source"], each["day"]): each["count"] for each in rows}


def _ids(lake, parsed):
    """The ids of all rows. What is no record has no time."""
    columns = [*_OF_ROW, "event_id", "event_time"]
    bad = parsed.where(F.col("kind") == BAD).withColumn("event_time", F.lit(None).cast("timestamp_ntz")).select(*columns)
    clean = lake.ids()
    return bad if clean is None else clean.withColumn("kind", F.lit(RECORD).cast("tinyint")).select(*columns).union(bad)


@contextlib.contextmanager
def _within(ids):
    # Eight bytes an id find the few that can be equal; those are compared as they are.
    ids = ids.withColumn("hash", F.xxhash64(*_BY_ID))
    repeated = ids.groupBy("hash").count().where("count > 1").select("hash").persist()
    try:
        # Spark cannot know that they are few, and would sort all ids.
        few = F.broadcast(repeated) if repeated.count() <= _FEW else repeated
        candidates = ids.join(few, "hash", "left_semi")
        order = F.struct("event_time", "row_id")
        first = candidates.groupBy(*_BY_ID).agg(F.min(order).alias("first"), F.count("*").alias("count")).where("count > 1")
        yield candidates.join(first, _BY_ID).where(F.col("first") != order).select(*_OF_ROW)
    finally:
        repeated.unpersist()


def _published(lake, partitions):
    of = lambda wanted: [(source, day) for kind, source, day in partitions if kind == wanted]  # noqa: E731
    clean, bad = lake.published(of(RECORD)), lake.published_quarantine(of(BAD))
    frames = []
    if clean is not None:
        frames.append(clean.select(F.lit(RECORD).cast("tinyint").alias("kind"), "source", "event_id"))
    if bad is not None:
        frames.append(bad.select(F.lit(BAD).cast("tinyint").alias("kind"), "source", F.col("id").alias("event_id")))
    return None if not frames else frames[0] if len(frames) == 1 else frames[0].union(frames[1])
