"""Where a run reads and writes: what it has staged, and what is published."""

from .runs import IDS_DDL
from .store import join, store_of
from .table import PARTITIONS, TABLE, TABLE_DDL, folders

PART = "part-0.parquet"
QUARANTINE_DDL = "id string, reason string, raw string, raw_bytes bigint, source_file string, source string, day string"


class Lake:
    def __init__(self, spark, config, staging):
        self.spark = spark
        self._staging = staging
        self._clean = join(config.clean, "clean", TABLE)
        self._quarantine = join(config.quarantine, "quarantine")

    def staging(self, *folders):
        return join(self._staging, *folders)

    def staged_files(self, *folders):
        place = self.staging(*folders)
        return tuple(found.name for found in store_of(place).list(place))

    def staged(self, folder, ddl):
        """The rows that are staged in a folder; None where there are none."""
        place = self.staging(folder)
        if not self.staged_files(folder):
            return None
        return self.spark.read.schema(ddl).option("basePath", uri(place)).parquet(pattern(place))

    def ids(self):
        """The ids of the clean rows that are staged; None where there are none."""
        return self.staged("ids", ", ".join([IDS_DDL, *(f"{name} string" for name in PARTITIONS)]))

    def part(self, source, day):
        """The one file of a partition."""
        return join(self._clean, *folders(source, day), PART)

    def quarantined(self, source, day, run_name):
        return join(self._quarantine, *folders(source, day), f"{run_name}.json.gz")

    def published_part(self, source, day):
        """The one file of a partition; None where nothing is published of it."""
        return next(iter(_there([self.part(source, day)])), None)

    def published(self, partitions):
        """The rows that are published of some partitions; None where there are none."""
        paths = _there([self.part(source, day) for source, day in partitions])
        if not paths:
            return None
        return self.spark.read.schema(TABLE_DDL).option("basePath", uri(self._clean)).parquet(*[pattern(each) for each in paths])

    def published_quarantine(self, partitions):
        paths = _there([f"{join(self._quarantine, *folders(source, day))}/" for source, day in partitions])
        if not paths:
            return None
        return self.spark.read.schema(QUARANTINE_DDL).option("basePath", uri(self._quarantine)).json([pattern(each) for each in paths])


def uri(name):
    """How Spark is given a name to write to."""
    return name if name.startswith("s3://") else "file:" + name


def pattern(name):
    """How Spark is given a name to read: as a pattern, in which what has a meaning is itself."""
    return uri("".join("\\" + each if each in "*?[]{}\\" else each for each in name))


def _there(wanted):
    """The objects of which one of `wanted` is the name or the folder."""
    found = []
    for place in wanted:
        found += [each.name for each in store_of(place).list(place.rsplit("/", 1)[0]) if each.name.startswith(place)]
    return sorted(set(found))
