"""What a run is told."""

import json
from dataclasses import dataclass, field

from .sources import SOURCES


@dataclass(frozen=True)
class Config:
    """Where to read and write, and the limits of a batch that may be published."""

    """Source -> S3 URI or folder of its raw files."""
    sources: dict = field(default_factory=dict)
    clean: str = ""
    quarantine: str = ""
    state: str = ""
    """A batch of which more than this share is quarantined, of any one source, is not published."""
    quarantine_share_limit: float = 0.2
    """Below so many records a share says nothing, and the rule is not asked."""
    quarantine_share_from: int = 100
    """Files that arrived longer ago are not looked at."""
    lookback_days: int = 14
    """Key of pseudonyms; without one e-mail addresses are dropped."""
    hash_key: str | None = None
    """Most bytes of raw files in one run; the rest is for the next one. Keeps a run's need of disk within bounds."""
    batch_bytes: int = 4 << 30
    """Reads files again that have been read before: changes nothing, and repairs what was deleted."""
    again: bool = False

    def __post_init__(self):
        for source in self.sources:
            if source not in SOURCES:
                raise ValueError(f"sources: no source {source!r}; there are {', '.join(SOURCES)}")
        for name in ("clean", "quarantine", "state"):
            value = getattr(self, name)
            if not (value.startswith("s3://") or value.startswith("/")):
                raise ValueError(f"{name}: got {value!r}; it must be an S3 URI or an absolute path")
        if not 0 <= self.quarantine_share_limit <= 1:
            raise ValueError(f"quarantine_share_limit: got {self.quarantine_share_limit}; it must be between 0 and 1")
        if self.lookback_days < 1:
            raise ValueError(f"lookback_days: got {self.lookback_days}; it must be at least 1")


def from_arguments(arguments, hash_key=None):
    """The configuration of a Glue job's arguments, which are all strings."""
    try:
        sources = json.loads(arguments["sources"])
    except ValueError as error:
        raise ValueError(f"sources: got {arguments['sources']!r}; it must be a JSON object of source -> S3 URI") from error
    given = {}
    for name, kind in (("quarantine_share_limit", float), ("lookback_days", int)):
        if arguments.get(name):
            given[name] = kind(arguments[name])
    places = {name: arguments[name].rstrip("/") for name in ("clean", "quarantine", "state")}
    return Config(sources={name: uri.rstrip("/") for name, uri in sources.items()}, hash_key=hash_key, **places, **given)
