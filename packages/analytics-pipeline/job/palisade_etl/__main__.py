"""`python -m palisade_etl`: a run on this machine. Prints the manifest as one line of JSON."""

import argparse
import json
import os
import sys

from .config import from_arguments
from .quality import BatchRejected
from .run import run
from .session import local_session


def main(arguments):
    parser = argparse.ArgumentParser(prog="palisade_etl", description="Cleans raw files into the table, on local PySpark.")
    for name in ("sources", "clean", "quarantine", "state"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--quarantine_share_limit", default="")
    parser.add_argument("--lookback_days", default="")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--work", help="folder for Spark's own files")
    given = parser.parse_args(arguments)
    # From the environment, since anybody on the machine reads a command line.
    config = from_arguments(vars(given), os.environ.get("PALISADE_HASH_KEY") or None)
    spark = local_session(given.cores, given.memory, given.work)
    try:
        print(json.dumps(run(spark, config)))
    except BatchRejected as rejected:
        print(json.dumps({"rejected": rejected.reasons}))
        return 3
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
