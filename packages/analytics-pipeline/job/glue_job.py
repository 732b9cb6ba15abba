"""What Glue starts: reads the job's arguments and runs the core. Nothing else of the job knows of Glue.

Instead of a bookmark the core keeps a manifest of the files that it has read: it also knows a file that was delivered twice, and a run that was killed.
"""

import json
import sys

import boto3
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

from palisade_etl.config import from_arguments
from palisade_etl.quality import BatchRejected
from palisade_etl.run import run

REQUIRED = ["sources", "clean", "quarantine", "state"]
OPTIONAL = ["quarantine_share_limit", "lookback_days", "hash_key_secret"]


def arguments(argv):
    given = [name for name in OPTIONAL if any(each == f"--{name}" or each.startswith(f"--{name}=") for each in argv)]
    return getResolvedOptions(argv, REQUIRED + given)


def hash_key(secret):
    """The key of pseudonyms. A secret that cannot be read ends the run: without the key people would get other names."""
    return boto3.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"] if secret else None


def main(argv):
    options = arguments(argv)
    config = from_arguments(options, hash_key(options.get("hash_key_secret")))
    spark = GlueContext(SparkContext.getOrCreate()).spark_session
    try:
        manifest = run(spark, config)
    except BatchRejected as rejected:
        # In the log as one line, for whoever looks after the alarm; the run fails.
        print(json.dumps({"rejected": rejected.reasons}))
        raise
    print(json.dumps({name: value for name, value in manifest.items() if name != "files"}))


if __name__ == "__main__":
    main(sys.argv)
