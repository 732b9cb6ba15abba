"""The forecast's side of Spark and of Glue: what is counted, what is trained from, how a day is scored, and what is sent to AWS."""

import importlib
import io
import json
import sys
import types
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

FORECAST = Path(__file__).resolve().parents[2] / "forecast"
sys.path.insert(0, str(FORECAST))

from palisade_forecast.features import COLUMNS, HISTORY, features  # noqa: E402
from palisade_forecast.hourly import hourly_counts  # noqa: E402
from palisade_forecast.series_of_counts import Score, numbers, score_day, series_of, total_gap, training_files  # noqa: E402

from palisade_etl.table import TABLE_DDL  # noqa: E402

DAY, WEEK = 24, 168
START = int(datetime(2026, 1, 5, tzinfo=timezone.utc).timestamp()) // 3600


def write_events(spark, folder, events):
    """Events as (source, moment, route, resource), in the clean table's own columns and partitions."""
    rows = [{"source": s, "day": m[:10], "event_time": datetime.fromisoformat(m), "route": r, "resource": o} for s, m, r, o in events]
    columns = [part.strip().split(" ")[0].strip("`") for part in TABLE_DDL.split(",")]
    frame = spark.createDataFrame([tuple(row.get(name) for name in columns) for row in rows], TABLE_DDL)
    frame.write.partitionBy("source", "day").mode("append").parquet(f"{folder}/clean/events")
    return f"{folder}/"


def test_calls_are_counted_by_hour_route_and_database(spark, tmp_path):
    clean = write_events(
        spark,
        tmp_path,
        [
            ("api-access", "2026-01-05T10:00:00", "GET /products", None),
            ("api-access", "2026-01-05T10:59:59", "GET /products", None),
            ("api-access", "2026-01-05T11:00:00", "GET /products", None),
            ("api-access", "2026-01-05T10:30:00", None, None),
            ("database-audit", "2026-01-05T10:30:00", None, "shop.orders"),
            ("database-audit", "2026-01-05T10:30:00", None, None),
            ("cloudtrail", "2026-01-05T10:30:00", None, "bucket"),
            ("api-access", "2026-01-06T00:00:00", "GET /products", None),
            ("api-access", "2026-01-07T00:00:00", "GET /products", None),
        ],
    )
    assert hourly_counts(spark, clean, date(2026, 1, 5), date(2026, 1, 6)) == {
        "GET /products": {START + 10: 2, START + 11: 1, START + 24: 1},
        "database shop": {START + 10: 1},
        "database unnamed": {START + 10: 1},
    }
    with pytest.raises(ValueError, match="is no span of at most 415 days"):
        hourly_counts(spark, clean, date(2026, 1, 6), date(2026, 1, 5))


def test_a_series_has_every_hour_and_there_are_at_most_200():
    assert series_of({"a": {10: 3, 12: 1, 15: 9}, "late": {15: 1}}, 15) == {"a": ([3.0, 0.0, 1.0, 0.0, 0.0], 10)}
    many = {f"route {index:03}": {0: index + 1} for index in range(250)}
    kept = series_of(many, 1)
    assert len(kept) == 200 and min(kept) == "route 050"


def test_training_ends_where_validation_begins():
    counts = [float(hour) for hour in range(HISTORY + 4 * WEEK)]
    training, validation = training_files({"a": (counts, START), "young": ([1.0] * HISTORY, START)})
    assert (training.count("\n"), validation.count("\n")) == (3 * WEEK, WEEK)
    assert all(len(line.split(",")) == 1 + len(COLUMNS) for line in (training + validation).splitlines())
    short, quarter = training_files({"a": (counts[: HISTORY + 8], START)})
    assert (short.count("\n"), quarter.count("\n")) == (6, 2)
    with pytest.raises(ValueError, match="the longest history has 387 hours, more than 384 are needed"):
        training_files({"a": (counts[: HISTORY + 3], START)})
    with pytest.raises(ValueError, match="the longest history has 0 hours"):
        training_files({})


def test_a_day_is_forecast_by_what_was_known_a_day_before():
    counts = [float(50 + hour % 24) for hour in range(HISTORY + 2 * DAY)]
    asked = []

    def ask(rows):
        asked.append(rows)
        return ",".join(["0"] * DAY)

    [score] = score_day({"a": (counts, START), "young": (counts[: HISTORY + DAY - 1], START + DAY + 1)}, START + HISTORY + DAY, ask)
    # A prediction of 0 is the median of the weeks before: what came.
    assert score.series == "a" and score.forecast == pytest.approx(score.actual) and score.gap == pytest.approx(0, abs=1e-3)
    # The day itself could be anything: nothing that is asked changes.
    other = counts[: HISTORY + DAY] + [9999.0] * DAY
    [surprise] = score_day({"a": (other, START)}, START + HISTORY + DAY, ask)
    assert asked[0] == asked[1]
    assert surprise.gap == pytest.approx(9999 * 24 / sum(score.actual) - 1, rel=1e-3)


def test_a_gap_of_few_calls_is_no_alarm():
    assert Score("quiet", [0.1] * DAY, [0.0] * 21 + [1.0] * 3).gap < 0.05
    assert Score("gone", [10.0] * DAY, [0.0] * DAY).gap == 1.0
    assert total_gap([Score("a", [10.0] * DAY, [0.0] * DAY), Score("b", [10.0] * DAY, [10.0] * DAY)]) == 1.0
    assert total_gap([]) is None


@pytest.mark.parametrize("answer", ["1.5,-2,3e-1", "1.5\n-2\n0.3\n", " 1.5,-2\n0.3 "])
def test_answers_of_the_model_are_read(answer):
    assert numbers(answer, 3) == [1.5, -2.0, 0.3]


@pytest.mark.parametrize("answer", ["1,2", "", "1,2,3,4"])
def test_an_answer_of_another_length_is_refused(answer):
    with pytest.raises(ValueError, match="numbers to 3 rows"):
        numbers(answer, 3)


class Aws:
    """boto3 as far as the adapter uses it."""

    def __init__(self, endpoint_error=None):
        self.objects, self.metrics, self.endpoint_error = {}, [], endpoint_error

    def client(self, service):
        assert service in ("s3", "cloudwatch", "sagemaker-runtime")
        return self

    def put_object(self, Bucket, Key, Body):
        self.objects[f"{Bucket}/{Key}"] = Body.decode()

    def put_metric_data(self, Namespace, MetricData):
        self.metrics.append((Namespace, MetricData))

    def invoke_endpoint(self, EndpointName, ContentType, Body):
        assert (EndpointName, ContentType) == ("shop-forecast", "text/csv")
        if self.endpoint_error:
            raise self.endpoint_error
        return {"Body": io.BytesIO("\n".join(["0"] * len(Body.splitlines())).encode())}


@pytest.fixture
def glue(spark, monkeypatch):
    """The adapter's main, with Glue's library and boto3 stood in for."""

    def start(aws, **options):
        context = types.ModuleType("awsglue.context")
        context.GlueContext = lambda _sc: types.SimpleNamespace(spark_session=spark)
        utils = types.ModuleType("awsglue.utils")
        utils.getResolvedOptions = lambda argv, names: {name: dict(zip(argv[::2], argv[1::2]))[f"--{name}"] for name in names}
        for name, module in {"awsglue": types.ModuleType("awsglue"), "awsglue.context": context, "awsglue.utils": utils}.items():
            monkeypatch.setitem(sys.modules, name, module)
        monkeypatch.delitem(sys.modules, "glue_forecast", raising=False)
        adapter = importlib.import_module("glue_forecast")
        monkeypatch.setattr(adapter, "boto3", aws)
        adapter.main([part for name, value in options.items() for part in (f"--{name}", value)])

    return start


@pytest.fixture
def clean(spark, tmp_path):
    """Twenty days of a call every second hour, up to yesterday."""
    today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    moments = [today - timedelta(hours=hours) for hours in range(2, 20 * 24 + 1, 2)]
    return write_events(spark, tmp_path, [("api-access", m.isoformat(), "GET /products", None) for m in moments]), today


def test_the_job_writes_features(glue, clean, capsys):
    aws = Aws()
    glue(aws, mode="features", clean=clean[0], history_weeks="8", features="s3://shop/forecast/features/run-1/")
    assert sorted(aws.objects) == ["shop/forecast/features/run-1/train/train.csv", "shop/forecast/features/run-1/validation/validation.csv"]
    told = json.loads(capsys.readouterr().out)
    assert told == {"series": 1, "training_rows": 72, "validation_rows": 24}


SCORE = {"history_weeks": "8", "forecasts": "s3://shop/clean/forecast/", "endpoint": "shop-forecast", "metric_namespace": "Palisade/Analytics", "pipeline": "shop"}


def test_the_job_scores_yesterday(glue, clean, capsys):
    aws = Aws()
    glue(aws, mode="score", clean=clean[0], **SCORE)
    yesterday = (clean[1] - timedelta(days=1)).date().isoformat()
    [(key, text)] = aws.objects.items()
    assert key == f"shop/clean/forecast/day={yesterday}/forecast.json"
    line = json.loads(text)
    assert (line["series"], line["day"], line["gap"]) == ("GET /products", yesterday, 0)
    assert line["actual"] == [1.0, 0.0] * 12 and line["forecast"] == pytest.approx(line["actual"])
    [(namespace, [metric])] = aws.metrics
    assert namespace == "Palisade/Analytics" and metric.pop("Value") == pytest.approx(0, abs=1e-3)
    assert metric == {"MetricName": "ForecastGap", "Dimensions": [{"Name": "Pipeline", "Value": "shop"}]}
    assert json.loads(capsys.readouterr().out)["scored"] == 1


def test_without_an_endpoint_nothing_is_scored_and_another_fault_ends_the_job(glue, clean, capsys):
    from botocore.exceptions import ClientError

    missing = ClientError({"Error": {"Code": "ValidationError", "Message": "Endpoint shop-forecast of account 1 not found."}}, "InvokeEndpoint")
    aws = Aws(missing)
    glue(aws, mode="score", clean=clean[0], **SCORE)
    assert aws.objects == {} and aws.metrics == []
    assert json.loads(capsys.readouterr().out) == {"scored": 0, "reason": "there is no endpoint before the first training"}
    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "InvokeEndpoint")
    with pytest.raises(ClientError, match="AccessDenied"):
        glue(Aws(denied), mode="score", clean=clean[0], **SCORE)
    with pytest.raises(ValueError, match="--mode is 'train'; allowed: features or score"):
        glue(Aws(), mode="train")


def test_a_feature_is_at_least_a_day_old():
    counts = [float(hour % 7) for hour in range(HISTORY + DAY)]
    at = HISTORY + DAY - 1
    for age in range(1, DAY):
        changed = counts.copy()
        changed[at - age] = 1e6
        assert features(changed, START, at) == features(counts, START, at)
    changed = counts.copy()
    changed[at - DAY] = 1e6
    assert features(changed, START, at) != features(counts, START, at)
    with pytest.raises(ValueError, match="at least 384 are needed"):
        features(counts, START, HISTORY - 1)
