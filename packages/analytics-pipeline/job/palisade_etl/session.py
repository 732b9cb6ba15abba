"""Spark's settings that the job's results depend on, on Glue and on one machine alike."""

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # A partition's values stay what they are: `2026-01-01` is no date here.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.sql.parquet.compression.codec": "zstd",
    # Files come one by one into a worker: one of them may be large.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    # Small tasks: gzip grows tenfold in memory, and CloudTrail's files are small.
    "spark.sql.files.maxPartitionBytes": str(8 << 20),
    "spark.sql.files.openCostInBytes": str(64 << 10),
    # Spark's own marker of a folder that is written; the job has one of its own.
    "mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    "spark.sql.ansi.enabled": "false",
}


def configure(spark):
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)


def local_session(cores=2, memory="2g", directory=None):
    """A session on this machine, which listens on loopback alone."""
    from pyspark.sql import SparkSession

    builder = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("palisade-etl")
        .config("spark.driver.memory", memory)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(2 * cores))
        .config("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false")
    )
    if directory:
        builder = builder.config("spark.local.dir", directory).config("spark.sql.warehouse.dir", f"{directory}/warehouse")
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    configure(spark)
    return spark
