"""Whether the forecast is worth having: beside the same hour of the day or the week before, on weeks that the model has not seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Sequence

from .features import DAY, HISTORY, WEEK
from .model import predict, train

HELD_OUT_WEEKS = 3


@dataclass(frozen=True)
class Result:
    """Mean absolute errors of one series, in its own unit, on the held-out weeks."""

    series: str
    hours: int
    held_out: int
    model: float
    same_hour_last_week: float
    same_hour_yesterday: float

    @property
    def ratio(self) -> float:
        """The model's error beside that of the better naive forecast; below 1 the model is worth having."""
        return self.model / min(self.same_hour_last_week, self.same_hour_yesterday)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}


def backtest(name: str, counts: Sequence[float], first_hour: int) -> Result:
    """
    Trains anew before each of the last three weeks, as the weekly training does, and forecasts that week a day ahead.

    Raises ValueError when nothing would be left to learn from.
    """
    begin = len(counts) - HELD_OUT_WEEKS * WEEK
    if begin < HISTORY + WEEK:
        raise ValueError(f"{name} has {len(counts)} hours; at least {HISTORY + (1 + HELD_OUT_WEEKS) * WEEK} are needed")
    forecast: list[float] = []
    for week in range(begin, len(counts), WEEK):
        model = train([(counts, first_hour)], end=week)
        forecast += predict(model, counts, first_hour, week, min(week + WEEK, len(counts)))
    held_out = range(begin, len(counts))
    return Result(
        series=name,
        hours=len(counts),
        held_out=len(held_out),
        model=_error(counts, held_out, forecast),
        same_hour_last_week=_error(counts, held_out, [counts[at - WEEK] for at in held_out]),
        same_hour_yesterday=_error(counts, held_out, [counts[at - DAY] for at in held_out]),
    )


def _error(counts: Sequence[float], hours: range, forecast: Sequence[float]) -> float:
    return sum(abs(counts[at] - value) for at, value in zip(hours, forecast, strict=True)) / len(hours)
