"""The series of the backtest: two generated load shapes, and two real ones that packages ship."""

from __future__ import annotations

import csv
import importlib.util
import math
import random
import re
from datetime import datetime, timezone
from pathlib import Path

Series = tuple[list[float], int]
"""Hourly counts, and their first hour since 1970 in UTC."""

# Monday, 2026-01-05, 00:00 UTC.
MONDAY = int(datetime(2026, 1, 5, tzinfo=timezone.utc).timestamp()) // 3600


def office_hours(weeks: int = 14, seed: int = 1) -> Series:
    """People at work: busy from 8 to 18 on weekdays, three per cent more each week, and a week of half the load."""
    rng = random.Random(seed)
    counts = []
    for hour in range(weeks * 168):
        day, clock, week = hour // 24 % 7, hour % 24, hour // 168
        shape = math.exp(-(((clock - 13) / 4.0) ** 2)) * (1.0 if day < 5 else 0.15)
        holiday = 0.5 if week == weeks - 6 else 1.0
        counts.append(float(_poisson(rng, (15 + 900 * shape) * 1.03**week * holiday)))
    return counts, MONDAY


def batch_jobs(weeks: int = 14, seed: int = 2) -> Series:
    """Programs: a steady trickle, a job each night that handles what some busier and some quieter days have brought, another on Mondays."""
    rng = random.Random(seed)
    counts = []
    # How much a day brings: days after a busy day are busy, too.
    brought = yesterday = 1.0
    for hour in range(weeks * 168):
        day, clock = hour // 24 % 7, hour % 24
        if clock == 0:
            yesterday, brought = brought, math.exp(0.8 * math.log(brought) + rng.gauss(0, 0.2))
        level = 60.0 * brought
        if 2 <= clock < 4:
            level += 1500 * yesterday
        if day == 0 and 6 <= clock < 9:
            level += 2500
        counts.append(float(_poisson(rng, level)))
    return counts, MONDAY


def water_flow() -> Series:
    """Hourly flow of water through a pipe of a network, seven weeks; shipped with the package `river` (BSD-3-Clause)."""
    with (_package("river") / "datasets" / "water-flow.csv").open() as lines:
        table = {_hour(row["Time"]): float(row["Water flow [l/s]"]) for row in csv.DictReader(lines)}
    first, last = min(table), max(table)
    counts = []
    for hour in range(first, last + 1):
        # A few hours are missing; each takes the one before it.
        counts.append(table.get(hour, counts[-1] if counts else 0.0))
    return counts, first


def electricity() -> Series:
    """
    Demand of electricity in England and Wales in megawatts, twelve weeks from Monday, 2000-06-05, half-hourly, here each second value (J. W.
    Taylor, 2003); shipped with the package `pmdarima` (MIT).
    """
    text = (_package("pmdarima") / "datasets" / "taylor.py").read_text()
    block = max(re.findall(r"\[([\d\s.,]+)\]", text), key=len)
    values = [float(value) for value in block.replace("\n", " ").split(",") if value.strip()]
    return values[::2], int(datetime(2000, 6, 5, tzinfo=timezone.utc).timestamp()) // 3600


SERIES = {
    "generated: office hours": office_hours,
    "generated: batch jobs": batch_jobs,
    "river's water flow": water_flow,
    "pmdarima's Taylor, electricity": electricity,
}


def _package(name: str) -> Path:
    # Found and not imported: the packages' own dependencies are not installed.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {name} is not installed; install forecast/requirements.txt")
    return Path(spec.origin).parent


def _hour(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int(moment.replace(tzinfo=moment.tzinfo or timezone.utc).timestamp()) // 3600


def _poisson(rng: random.Random, mean: float) -> int:
    # The normal distribution stands in for a large mean.
    if mean > 50:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
