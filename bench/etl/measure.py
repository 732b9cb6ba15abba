"""`measure.py CONTENDER FOLDER OUT`: one contender over the files of a folder, in this process alone. Prints one line of JSON.

Timed is the work, in a process that has done it once with one file: neither the start of Spark nor Java's and Spark's compilers are. Memory is the most that the whole tree of processes had resident at once, shared pages counted once
(Pss of /proc; elsewhere null), and the processor's time is the tree's.
"""

import glob
import json
import os
import shutil
import sys
import threading
import time

CORES = 2
MEMORY = "1g"


def tree():
    """This process and its descendants."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    children.setdefault(int(file.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
            except OSError:
                pass
    found, open_ = [], [os.getpid()]
    while open_:
        one = open_.pop()
        found.append(one)
        open_ += children.get(one, [])
    return found


def resident():
    total = 0
    for each in tree():
        try:
            with open(f"/proc/{each}/smaps_rollup") as file:
                total += next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
        except OSError:
            pass
    return total / 1024


def processor():
    """Seconds of the processor: of what lives, and of what has ended and was waited for."""
    ticks = 0
    for each in tree():
        try:
            with open(f"/proc/{each}/stat") as file:
                ticks += sum(int(field) for field in file.read().rsplit(")", 1)[1].split()[11:15])
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.over = 0, threading.Event()

    def run(self):
        while not self.over.wait(1):
            self.most = max(self.most, resident())


def measured(work):
    linux = os.path.exists("/proc/self/smaps_rollup")
    watch = Watch()
    if linux:
        watch.start()
    before, started = processor() if linux else 0, time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    used = processor() - before if linux else None
    watch.over.set()
    return {"seconds": seconds, "processorSeconds": used, "mebibytes": round(watch.most) or None, **result}


def one_file(folder, out):
    """A folder with the first of the files."""
    place = os.path.join(out, "warm-up")
    os.makedirs(place)
    shutil.copy2(sorted(glob.glob(f"{folder}/*.gz"))[0], place)
    return place


def palisade(folder, out):
    from palisade_etl.config import Config
    from palisade_etl.run import run
    from palisade_etl.session import local_session

    spark = local_session(CORES, MEMORY, os.path.join(out, "work"))

    def config(raw, name):
        lake = f"{out}/{name}"
        return Config(sources={"cloudtrail": raw}, clean=lake, quarantine=lake, state=f"{lake}/state", batch_bytes=1 << 40)

    # As on the day on which the files came.
    now = max(os.stat(path).st_mtime_ns for path in glob.glob(f"{folder}/*.gz")) // 1_000_000

    run(spark, config(one_file(folder, out), "warm"), now)

    def work():
        manifest = run(spark, config(folder, "lake"), now)
        return {name: manifest[name] for name in ("records", "clean", "duplicates", "quarantined")}

    return measured(work)


RECORD = (
    "eventID: string, eventTime: timestamp, eventSource: string, eventName: string, awsRegion: string, sourceIPAddress: string, "
    "userAgent: string, errorCode: string, errorMessage: string, readOnly: boolean, recipientAccountId: string, requestParameters: string, "
    "responseElements: string, userIdentity: struct<type: string, arn: string, accountId: string>"
)


def plain_spark(folder, out):
    """What one writes first: read with a schema, explode, select, write. No duplicates are dropped, and a file that is broken is lost."""
    from palisade_etl.session import local_session
    from pyspark.sql import functions as F

    # With Java's own settings: here Java does all the work.
    spark = local_session(CORES, MEMORY, os.path.join(out, "work"), {"spark.driver.extraJavaOptions": "", "spark.sql.shuffle.partitions": "4"})

    def work(folder=folder, name="plain"):
        rows = (
            spark.read.schema(f"Records array<struct<{RECORD}>>")
            .json(f"{folder}/*.gz")
            .select(F.explode("Records").alias("r"))
            .select("r.*")
            .withColumn("day", F.to_date("eventTime"))
        )
        rows.write.partitionBy("day").parquet(f"{out}/{name}")
        return {"records": spark.read.parquet(f"{out}/{name}").count()}

    work(one_file(folder, out), "warm")
    return measured(work)


def duckdb(folder, out):
    """DuckDB's own reader, with a schema, into Parquet by day."""
    import duckdb as db

    connection = db.connect()
    connection.execute(f"SET threads = {CORES}; SET memory_limit = '1GB'; SET temp_directory = '{out}/tmp'")

    def work(folder=folder, name="duckdb"):
        columns = (
            "eventID VARCHAR, eventTime TIMESTAMP, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR, "
            "userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR, readOnly BOOLEAN, recipientAccountId VARCHAR, requestParameters JSON, "
            'responseElements JSON, userIdentity STRUCT("type" VARCHAR, arn VARCHAR, accountId VARCHAR)'
        )
        connection.execute(
            f"""COPY (
              SELECT r.*, CAST(r.eventTime AS DATE) AS day
              FROM (SELECT unnest(Records) AS r FROM read_json('{folder}/*.gz', columns = {{Records: 'STRUCT({columns})[]'}}, maximum_object_size = 67108864))
            ) TO '{out}/{name}' (FORMAT parquet, PARTITION_BY (day))"""
        )
        return {"records": connection.execute(f"SELECT count(*) FROM read_parquet('{out}/{name}/**/*.parquet')").fetchone()[0]}

    work(one_file(folder, out), "warm")
    return measured(work)


if __name__ == "__main__":
    contender, raw, target = sys.argv[1:4]
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    print(json.dumps({"palisade": palisade, "spark": plain_spark, "duckdb": duckdb}[contender](raw, target)))
