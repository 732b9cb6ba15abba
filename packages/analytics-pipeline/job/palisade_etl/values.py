"""What every source's records need: texts, numbers and times out of JSON that may hold anything."""

import json
from datetime import datetime, timezone
from functools import lru_cache

from .reject import Reject

LONGEST_ID = 256
# CloudTrail began on 2013-11-13; nothing that is cleaned here can be older.
EARLIEST_MICROS = 1_384_300_800_000_000
# A clock may be ahead of the storage's by so much.
_MICROS = 1_000_000
HOUR_MICROS = 3600 * _MICROS
DAY_MICROS = 24 * HOUR_MICROS
AHEAD_MICROS = DAY_MICROS


def text(value, longest=1024):
    """A text of at most `longest` characters; what is no text as JSON; None for nothing and for API Gateway's `-`."""
    if value is None or value == "-" or value == "":
        return None
    if type(value) is not str:
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value if len(value) <= longest else value[:longest]


def identifier(value):
    if not isinstance(value, str) or not value or value == "-" or len(value) > LONGEST_ID:
        raise Reject("no-event-id")
    return value


def whole(value):
    """An integer that fits 64 bits, from a number or from digits; None for anything else."""
    if value is None or isinstance(value, bool) or isinstance(value, str) and len(value) > 20:
        return None
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -(2**63) <= number < 2**63 else None


def small(value):
    """An integer that fits 32 bits."""
    number = whole(value)
    return number if number is not None and -(2**31) <= number < 2**31 else None


def real(value):
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number - number == 0 else None  # neither infinite nor not a number


@lru_cache(maxsize=4096)
def midnight(date):
    """The beginning of a day YYYY-MM-DD, in microseconds since 1970."""
    return int(datetime(int(date[:4]), int(date[5:7]), int(date[8:10]), tzinfo=timezone.utc).timestamp()) * _MICROS


def iso_micros(value):
    """Microseconds since 1970 of a time in ISO 8601, as CloudTrail writes it."""
    if type(value) is not str:
        raise Reject("no-event-time")
    return _iso_micros(value)


# Many things happen in the same second.
@lru_cache(maxsize=4096)
def _iso_micros(value):
    try:
        if len(value) == 20 and value[10] == "T" and value[19] == "Z" and value[13] == ":" == value[16]:
            hours, minutes, seconds = int(value[11:13]), int(value[14:16]), int(value[17:19])
            if hours < 24 and minutes < 60 and seconds < 60:
                return midnight(value[:10]) + (hours * 3600 + minutes * 60 + seconds) * _MICROS
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
        return (since.days * 86400 + since.seconds) * _MICROS + since.microseconds
    except (TypeError, ValueError, OverflowError, KeyError):
        raise Reject("no-event-time") from None


def epoch_micros(value, unit):
    """Microseconds since 1970 of a number of seconds, milliseconds or microseconds; `unit` is one of them in microseconds."""
    number = whole(value)
    if number is None:
        raise Reject("no-event-time")
    return number * unit


def in_range(micros, arrived_micros):
    """The time, if it can be true: not before CloudTrail was, not after the file that tells of it."""
    if EARLIEST_MICROS <= micros <= arrived_micros + AHEAD_MICROS:
        return micros
    raise Reject("time-out-of-range")


@lru_cache(maxsize=16384)
def _day(number):
    return datetime.fromtimestamp(number * 86400, tz=timezone.utc).strftime("%Y-%m-%d")


def day(micros):
    return _day(micros // DAY_MICROS)
