"""
python -m palisade_forecast backtest [--json FILE]      beside naive forecasts, on generated and real series
python -m palisade_forecast predict COUNTS --out FILE   the last day of each series, and the day that comes
python -m palisade_forecast features COUNTS             training rows, as SageMaker's built-in XGBoost takes them
python -m palisade_forecast series --out FILE           the backtest's own series, as COUNTS

COUNTS is JSON: {"<series>": {"first_hour": "2026-01-05T00:00:00Z", "counts": [1, 2, ...]}}, one count an hour.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from .features import DAY, HISTORY, csv, rows


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="palisade_forecast", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    testing = commands.add_parser("backtest", help="beside naive forecasts, on generated and real series")
    testing.add_argument("--json", type=Path, help="also write the figures here")
    predicting = commands.add_parser("predict", help="the last day of each series, and the day that comes")
    predicting.add_argument("counts", type=Path)
    predicting.add_argument("--out", type=Path, required=True)
    training = commands.add_parser("features", help="training rows, as SageMaker's built-in XGBoost takes them")
    training.add_argument("counts", type=Path)
    listing = commands.add_parser("series", help="the backtest's own series, as COUNTS")
    listing.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    try:
        if options.command == "backtest":
            return _backtest(options.json)
        if options.command == "series":
            return _series(options.out)
        series = _read(options.counts)
        if options.command == "features":
            for counts, first_hour in series.values():
                sys.stdout.write(csv(rows(counts, first_hour, 0, len(counts))))
            return 0
        options.out.write_text(json.dumps(_predict(series)) + "\n")
        return 0
    except (OSError, ValueError) as error:
        print(f"palisade_forecast: {error}", file=sys.stderr)
        return 2


def _backtest(out: Path | None) -> int:
    from .backtest import HELD_OUT_WEEKS, backtest
    from .series import SERIES

    results = [backtest(name, *make()) for name, make in SERIES.items()]
    print(f"A day ahead, on the last {HELD_OUT_WEEKS} weeks of each series, mean absolute error")
    print(f"{'':34}{'hours':>7}{'XGBoost':>11}{'last week':>11}{'yesterday':>11}{'ratio':>8}")
    for each in results:
        errors = f"{each.model:>11.2f}{each.same_hour_last_week:>11.2f}{each.same_hour_yesterday:>11.2f}"
        print(f"  {each.series:32}{each.hours:>7}{errors}{each.ratio:>8.2f}")
    print("The ratio is to the better of the two naive forecasts: below 1 the model is worth having.")
    if out is not None:
        out.write_text(json.dumps([each.as_json() for each in results], indent=2) + "\n")
    return 0 if all(each.ratio < 1 for each in results) else 1


def _series(out: Path) -> int:
    from .series import SERIES

    made = {name: make() for name, make in SERIES.items()}
    out.write_text(json.dumps({name: {"first_hour": _text(first), "counts": counts} for name, (counts, first) in made.items()}) + "\n")
    return 0


def _predict(series: dict[str, tuple[list[float], int]]) -> dict[str, object]:
    from .model import predict, train

    long_enough = {name: one for name, one in series.items() if len(one[0]) > HISTORY + DAY}
    # The last day is forecast by a model that has not seen it.
    model = train([(counts[:-DAY], first) for counts, first in long_enough.values()])
    forecasts = {}
    for name, (counts, first) in long_enough.items():
        begin = len(counts) - DAY
        forecasts[name] = {
            "first_hour": _text(first + begin),
            "forecast": [round(value, 2) for value in predict(model, counts, first, begin, len(counts) + DAY)],
            "actual": counts[begin:],
        }
    return {"series": forecasts, "too_short": sorted(series.keys() - long_enough.keys())}


def _read(path: Path) -> dict[str, tuple[list[float], int]]:
    try:
        document = json.loads(path.read_text())
        return {name: (_counts(name, one["counts"]), _hour(one["first_hour"])) for name, one in document.items()}
    except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is not the counts that --help describes: {error!r}") from error


def _counts(name: str, values: list[float]) -> list[float]:
    for at, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e15:
            raise ValueError(f"{name}: count {at} is {value!r}; allowed: a number of at least 0")
    return [float(value) for value in values]


def _hour(text: str) -> int:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None or moment.minute or moment.second:
        raise ValueError(f"first_hour is {text!r}; allowed: a full hour with its offset, for example 2026-01-05T00:00:00Z")
    return int(moment.timestamp()) // 3600


def _text(hour: int) -> str:
    return datetime.fromtimestamp(hour * 3600, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
