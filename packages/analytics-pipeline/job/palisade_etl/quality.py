"""The rules that stop a batch before anybody sees it. They look at what was staged, not at what the job meant to stage."""

from pyspark.sql import functions as F

from .values import EARLIEST_MICROS


class BatchRejected(Exception):
    """A batch that is not published; every reason is a sentence."""

    def __init__(self, reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def measure(staged, before):
    """Figures of each staged partition: (source, day) -> rows, how many were there before, and what is wrong with them."""
    micros = F.unix_micros(F.col("event_time").cast("timestamp"))
    rows = (
        staged.groupBy("source", "day")
        .agg(
            F.count("*").alias("rows"),
            F.sum(F.col("event_id").isNull().cast("long")).alias("without_id"),
            F.sum(F.col("event_time").isNull().cast("long")).alias("without_time"),
            F.sum((micros < EARLIEST_MICROS).cast("long")).alias("out_of_range"),
            F.sum((F.date_format("event_time", "yyyy-MM-dd") != F.col("day")).cast("long")).alias("wrong_day"),
            F.count_distinct(F.xxhash64("event_id")).alias("distinct"),
        )
        .collect()
    )
    return {(each["source"], each["day"]): {**each.asDict(), "before": before.get((each["source"], each["day"]), 0)} for each in rows}


def check(config, sources, partitions):
    """Raises BatchRejected with every rule that is broken."""
    reasons = []
    for source, each in sources.items():
        accounted = each["clean"] + each["duplicates"] + each["quarantined"]
        if each["records"] != accounted:
            reasons.append(
                f"{source}: {each['records']} records were read, but {each['clean']} clean, {each['duplicates']} duplicates and "
                f"{each['quarantined']} quarantined are {accounted}"
            )
        if each["records"] >= config.quarantine_share_from and each["quarantined"] > config.quarantine_share_limit * each["records"]:
            reasons.append(
                f"{source}: {each['quarantined']} of {each['records']} records were to be quarantined, more than the limit of "
                f"{config.quarantine_share_limit:.0%}"
            )
    for (source, day), figures in sorted(partitions.items()):
        for name, sentence in _WRONG.items():
            if figures[name]:
                reasons.append(f"{source} {day}: {figures[name]} rows {sentence}")
        if figures["distinct"] < figures["rows"]:
            reasons.append(f"{source} {day}: {figures['rows'] - figures['distinct']} rows with an id that another row has")
    if reasons:
        raise BatchRejected(reasons)


_WRONG = {
    "without_id": "without an id",
    "without_time": "without a time",
    "out_of_range": "from before CloudTrail was",
    "wrong_day": "of another day",
}
