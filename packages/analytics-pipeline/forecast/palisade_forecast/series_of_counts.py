"""Counts by the hour as series without a gap, what is trained from them, and how far a day was from its forecast. Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Sequence

from .features import DAY, HISTORY, WEEK, count_of, csv, features, rows

# The most weeks that a forecast can be given, and the history of their first hour.
SPAN_DAYS_LIMIT = 57 * 7 + HISTORY // DAY
# The busiest: routes are few, but a route is what a caller writes where the API has a greedy one.
SERIES_LIMIT = 200
# A day's forecast counts as at least one call an hour: of three calls where one was foreseen nobody needs to be told.
LEAST_FORECAST = DAY

Counts = dict[str, tuple[list[float], int]]
"""Series by name: counts from their first hour on, and that hour since 1970, UTC."""


@dataclass(frozen=True)
class Score:
    """One series of one day."""

    series: str
    forecast: list[float]
    actual: list[float]

    @property
    def gap(self) -> float:
        """How far the day was from its forecast, as a share of the forecast."""
        foreseen = sum(self.forecast)
        return abs(sum(self.actual) - foreseen) / max(foreseen, LEAST_FORECAST)


def series_of(counts: dict[str, dict[int, int]], end: int) -> Counts:
    """Each series from its first hour to before the hour `end`; an hour without a call is 0. The 200 busiest series."""
    busiest = sorted(counts, key=lambda name: (-sum(counts[name].values()), name))[:SERIES_LIMIT]
    series: Counts = {}
    for name in sorted(busiest):
        hours = [hour for hour in counts[name] if hour < end]
        if hours:
            first = min(hours)
            series[name] = ([float(counts[name].get(hour, 0)) for hour in range(first, end)], first)
    return series


def training_files(series: Counts) -> tuple[str, str]:
    """
    What SageMaker trains on and what it validates with, as CSV. The validation is the last week, or the last quarter where the history is short.

    Raises ValueError when no series has a history yet.
    """
    training: list[list[float]] = []
    validation: list[list[float]] = []
    for counts, first_hour in series.values():
        usable = len(counts) - HISTORY
        if usable >= 4:
            split = len(counts) - min(WEEK, usable // 4)
            training += rows(counts, first_hour, 0, split)
            validation += rows(counts, first_hour, split, len(counts))
    if not training:
        longest = max((len(counts) for counts, _ in series.values()), default=0)
        raise ValueError(f"there is nothing to learn from yet: the longest history has {longest} hours, more than {HISTORY} are needed")
    return csv(training), csv(validation)


def score_day(series: Counts, begin: int, ask: Callable[[str], str]) -> list[Score]:
    """
    Forecasts the day that begins with the hour `begin`, of each series that has a history, as it was known a day before.

    `ask` sends rows of CSV to a model and returns its answer, a number for each row.
    """
    known = {
        name: (counts, first_hour, begin - first_hour)
        for name, (counts, first_hour) in series.items()
        if begin - first_hour >= HISTORY and len(counts) >= begin - first_hour + DAY
    }
    if not known:
        return []
    scores = []
    for name, (counts, first_hour, at) in known.items():
        hours = range(at, at + DAY)
        predicted = numbers(ask(csv([features(counts, first_hour, hour) for hour in hours])), DAY)
        forecast = [round(count_of(value, counts, hour), 2) for value, hour in zip(predicted, hours)]
        scores.append(Score(name, forecast, counts[at : at + DAY]))
    return scores


def numbers(answer: str, expected: int) -> list[float]:
    """
    The predictions of SageMaker's XGBoost, which are parted by commas or by lines.

    Raises ValueError when there are not as many as rows were sent.
    """
    values = [float(part) for part in re.split(r"[,\s]+", answer.strip()) if part]
    if len(values) != expected:
        raise ValueError(f"the model answered {len(values)} numbers to {expected} rows")
    return values


def total_gap(scores: Sequence[Score]) -> float | None:
    """The largest gap of a series, or None when nothing was scored."""
    return max((each.gap for each in scores), default=None)
