"""Calls an hour of each route and database, from the clean table. The one module that needs Spark."""

from __future__ import annotations

from datetime import date, datetime, timezone

from .series_of_counts import SPAN_DAYS_LIMIT


def hourly_counts(spark, clean: str, first_day: date, last_day: date) -> dict[str, dict[int, int]]:
    """
    Counts by series and hour since 1970, UTC, of the days from the first to the last, both included.

    `clean` is the URI under which `clean/events/source=.../day=...` is, with a slash at its end. A series is an API's route, or a database.
    """
    from pyspark.sql import functions as F

    if not 0 <= (last_day - first_day).days <= SPAN_DAYS_LIMIT:
        raise ValueError(f"{first_day} to {last_day} is no span of at most {SPAN_DAYS_LIMIT} days")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    events = spark.read.parquet(f"{clean}clean/events").where(
        F.col("source").isin("api-access", "database-audit") & F.col("day").between(str(first_day), str(last_day))
    )
    database = F.concat(F.lit("database "), F.coalesce(F.split("resource", r"\.")[0], F.lit("unnamed")))
    series = F.when(F.col("source") == "api-access", F.col("route")).otherwise(database)
    hour = F.date_format(F.date_trunc("hour", "event_time"), "yyyy-MM-dd HH")
    counted = events.select(series.alias("series"), hour.alias("hour")).where("series IS NOT NULL").groupBy("series", "hour").count()
    counts: dict[str, dict[int, int]] = {}
    for row in counted.collect():
        moment = datetime.strptime(row["hour"], "%Y-%m-%d %H").replace(tzinfo=timezone.utc)
        counts.setdefault(row["series"], {})[int(moment.timestamp()) // 3600] = row["count"]
    return counts
