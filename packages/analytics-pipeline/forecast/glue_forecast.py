"""
What Glue starts: counts calls by the hour, and either writes what a model learns from or says how far the last day was from its forecast.
The arguments are described in README.md. Nothing else of the forecast knows of Glue or of AWS.
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import boto3
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from botocore.exceptions import ClientError
from pyspark.context import SparkContext

from palisade_forecast.features import HISTORY
from palisade_forecast.hourly import hourly_counts
from palisade_forecast.series_of_counts import score_day, series_of, total_gap, training_files

MODES = {
    "features": ["clean", "history_weeks", "features"],
    "score": ["clean", "history_weeks", "forecasts", "endpoint", "metric_namespace", "pipeline"],
}


def main(argv):
    mode = getResolvedOptions(argv, ["mode"])["mode"]
    if mode not in MODES:
        raise ValueError(f"--mode is {mode!r}; allowed: {' or '.join(MODES)}")
    options = getResolvedOptions(argv, ["mode", *MODES[mode]])
    today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    # The first hour that is learned from has a history of its own.
    first = today - timedelta(weeks=int(options["history_weeks"]), hours=HISTORY)
    end = int(today.timestamp()) // 3600
    spark = GlueContext(SparkContext.getOrCreate()).spark_session
    counts = hourly_counts(spark, options["clean"], first.date(), (today - timedelta(days=1)).date())
    series = series_of(counts, end)
    if mode == "features":
        training, validation = training_files(series)
        put(options["features"] + "train/train.csv", training)
        put(options["features"] + "validation/validation.csv", validation)
        print(json.dumps({"series": len(series), "training_rows": training.count("\n"), "validation_rows": validation.count("\n")}))
        return
    try:
        scores = score_day(series, end - 24, lambda rows: ask(options["endpoint"], rows))
    except ClientError as error:
        if not is_missing_endpoint(error):
            raise
        print(json.dumps({"scored": 0, "reason": "there is no endpoint before the first training"}))
        return
    day = (today - timedelta(days=1)).date().isoformat()
    lines = [json.dumps({"series": s.series, "day": day, "gap": round(s.gap, 4), "forecast": s.forecast, "actual": s.actual}) for s in scores]
    put(f"{options['forecasts']}day={day}/forecast.json", "".join(line + "\n" for line in lines))
    gap = total_gap(scores)
    if gap is not None:
        boto3.client("cloudwatch").put_metric_data(
            Namespace=options["metric_namespace"],
            MetricData=[{"MetricName": "ForecastGap", "Dimensions": [{"Name": "Pipeline", "Value": options["pipeline"]}], "Value": gap}],
        )
    print(json.dumps({"scored": len(scores), "gap": gap}))


def ask(endpoint, rows):
    answer = boto3.client("sagemaker-runtime").invoke_endpoint(EndpointName=endpoint, ContentType="text/csv", Body=rows)
    return answer["Body"].read().decode()


def is_missing_endpoint(error):
    # https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html: no code of its own.
    details = error.response.get("Error", {})
    return details.get("Code") == "ValidationError" and "not found" in details.get("Message", "")


def put(uri, text):
    place = urlsplit(uri)
    boto3.client("s3").put_object(Bucket=place.netloc, Key=place.path.lstrip("/"), Body=text.encode())


if __name__ == "__main__":
    main(sys.argv)
