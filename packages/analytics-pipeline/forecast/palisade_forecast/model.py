"""XGBoost itself, with the parameters that the component gives to SageMaker's built-in algorithm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Sequence

import numpy
import xgboost

from .features import HISTORY, count_of, features, rows

PARAMETERS: dict[str, str] = json.loads((Path(__file__).parent.parent / "hyperparameters.json").read_text())


def train(series: Sequence[tuple[Sequence[float], int]], end: int | None = None) -> xgboost.Booster:
    """
    Learns from the hours before `end` of several series, each with its first hour; by default from all.

    Raises ValueError when no series is long enough for one row.
    """
    table = [row for counts, first_hour in series for row in rows(counts, first_hour, 0, min(end or len(counts), len(counts)))]
    if not table:
        raise ValueError(f"no series has more than {HISTORY} hours: there is nothing to learn from yet")
    data = numpy.asarray(table)
    matrix = xgboost.DMatrix(data[:, 1:], label=data[:, 0])
    parameters = {name: value for name, value in PARAMETERS.items() if name != "num_round"}
    # One thread and one seed: the same counts give the same model.
    return xgboost.train({**parameters, "nthread": 1}, matrix, num_boost_round=int(PARAMETERS["num_round"]))


def predict(model: xgboost.Booster, counts: Sequence[float], first_hour: int, begin: int, end: int) -> list[float]:
    """The forecast of the hours from `begin` to before `end`. An hour may lie up to 24 hours behind the last count."""
    if end > len(counts) + 24:
        raise ValueError(f"the hour {end - 1} is more than a day behind the last count, {len(counts) - 1}")
    hours = range(begin, end)
    if not hours:
        return []
    table = numpy.asarray([features(counts, first_hour, at) for at in hours])
    return [count_of(float(value), counts, at) for at, value in zip(hours, model.predict(xgboost.DMatrix(table)))]
