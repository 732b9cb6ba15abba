"""
Features of hourly usage, for a forecast a day ahead. Standard library only, so that whatever prepares the training data on AWS can run it.

A series is a list of counts, one for each hour without a gap; its first hour is a number of hours since 1970, UTC. Everything about an hour is known
a day before it: the youngest count that is used is 24 hours old.

What is learned is not the count but how far it departs from the same hour of the last weeks, as the difference of their logarithms: a tree
says nothing greater than it has seen, and usage grows.
"""

from __future__ import annotations

from math import expm1, log1p
from statistics import median
from typing import Sequence

DAY = 24
WEEK = 7 * DAY
# As much history as a row needs: the week before yesterday, beside the week before that.
HISTORY = 2 * WEEK + 2 * DAY

COLUMNS = (
    "hour_of_day",
    "day_of_week",
    "yesterday",  # this and the next three as differences to the baseline
    "day_before",
    "last_week",
    "two_weeks_ago",
    "level_of_last_day",  # how the last 24 known hours differ from the same hours a week before
    "level_of_last_week",
    "change_of_yesterday",  # yesterday's hour beside the same hour a week before it
)


def baseline(counts: Sequence[float], at: int) -> float:
    """The median of log(1 + count) of the same hour in the last three weeks, or in the last two where there are no more: one odd week is no rule."""
    return median(log1p(counts[at - weeks * WEEK]) for weeks in (1, 2, 3) if at >= weeks * WEEK)


def features(counts: Sequence[float], first_hour: int, at: int) -> list[float]:
    """
    The row of the hour `at`, in the order of COLUMNS. Reads no count younger than 24 hours.

    Raises ValueError when fewer than HISTORY hours are before it.
    """
    if at < HISTORY:
        raise ValueError(f"the hour {at} has {at} hours before it; at least {HISTORY} are needed")
    base = baseline(counts, at)
    hours = first_hour + at
    yesterday = log1p(counts[at - DAY])
    return [
        hours % DAY,
        (hours // DAY + 4) % 7,  # 1970 began on a Thursday; Sunday is 0
        yesterday - base,
        log1p(counts[at - 2 * DAY]) - base,
        log1p(counts[at - WEEK]) - base,
        log1p(counts[at - 2 * WEEK]) - base,
        _level(counts, at, 1),
        _level(counts, at, 7),
        yesterday - log1p(counts[at - DAY - WEEK]),
    ]


def label(counts: Sequence[float], at: int) -> float:
    """What the model learns of the hour `at`."""
    return log1p(counts[at]) - baseline(counts, at)


def count_of(predicted: float, counts: Sequence[float], at: int) -> float:
    """The count that a predicted label means. Never negative."""
    return max(0.0, expm1(predicted + baseline(counts, at)))


def rows(counts: Sequence[float], first_hour: int, begin: int, end: int) -> list[list[float]]:
    """The training rows of the hours from `begin` to before `end`: the label first, as SageMaker's XGBoost takes them."""
    return [[label(counts, at), *features(counts, first_hour, at)] for at in range(max(begin, HISTORY), end)]


def csv(lines: Sequence[Sequence[float]]) -> str:
    """Rows as SageMaker's built-in XGBoost takes them: without a header, the label in the first column where there is one."""
    return "".join(",".join(f"{value:.6g}" for value in line) + "\n" for line in lines)


def _level(counts: Sequence[float], at: int, days: int) -> float:
    hours = range(at - days * DAY - DAY + 1, at - DAY + 1)
    return sum(log1p(counts[hour]) - log1p(counts[hour - WEEK]) for hour in hours) / len(hours)
