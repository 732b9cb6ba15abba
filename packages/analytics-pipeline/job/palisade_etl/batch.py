"""What a batch is of, as it was parsed."""

from dataclasses import dataclass, field

from pyspark.sql import functions as F

from .parse import BAD, FILE, RECORD
from .quality import BatchRejected


@dataclass
class Batch:
    """(kind, source, day) -> rows."""

    rows: dict = field(default_factory=dict)
    """Source -> records as the reader counted them when it split the files."""
    records: dict = field(default_factory=dict)
    """`source: reason` -> rows."""
    reasons: dict = field(default_factory=dict)

    def remaining(self, kind, dropped):
        """(source, day) -> rows of a kind that are left when the duplicates are dropped."""
        left = {(each[1], each[2]): rows - dropped.get(each, 0) for each, rows in self.rows.items() if each[0] == kind}
        return {partition: rows for partition, rows in left.items() if rows}


def look(lake, parsed, files):
    """Raises BatchRejected if a file was passed by."""
    found, read = Batch(), 0
    clean = lake.ids()
    if clean is not None:
        for each in clean.groupBy("source", "day").count().collect():
            found.rows[RECORD, each["source"], each["day"]] = each["count"]
    told = parsed.groupBy("kind", "source", "day", "reason").agg(F.count("*").alias("rows"), F.sum("records").alias("records")).collect()
    for each in sorted(told, key=lambda row: (row["source"], row["reason"] or "")):
        kind, source, day = each["kind"], each["source"], each["day"]
        if kind == FILE:
            found.records[source] = found.records.get(source, 0) + each["records"]
            read += each["rows"]
        else:
            found.rows[BAD, source, day] = found.rows.get((BAD, source, day), 0) + each["rows"]
            name = f"{source}: {each['reason']}"
            found.reasons[name] = found.reasons.get(name, 0) + each["rows"]
    if read != len(files):
        raise BatchRejected([f"{len(files)} files were to be read, and {read} were"])
    return found
