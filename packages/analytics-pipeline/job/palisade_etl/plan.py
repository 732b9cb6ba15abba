"""Which files a run reads."""

import hashlib
import json
import time
from datetime import datetime, timezone

from .store import join, store_of

_DAY_MS = 24 * 3600 * 1000


def runs_folder(config):
    return join(config.state, "runs")


def files_read(config, store, since_ms):
    """Names of the files that published runs have read, as far back as files are looked at."""
    read = set()
    for found in store.list(runs_folder(config)):
        # A file is read after it arrives, so what an older run read is not looked at any more.
        if found.name.endswith("/manifest.json") and found.modified >= since_ms:
            read.update((each["name"], each["size"]) for each in json.loads(store.read(found.name))["files"])
    return read


def plan(config, now_ms=None):
    """The files of the next run, oldest first within `batch_bytes`: (source, found)."""
    now_ms = now_ms if now_ms is not None else int(time.time() * 1000)
    since = now_ms - config.lookback_days * _DAY_MS
    read = set() if config.again else files_read(config, store_of(config.state), since)
    files = [
        (source, found)
        for source, place in sorted(config.sources.items())
        for found in store_of(place).list(place)
        # CloudTrail's digests of its files are no records. Spark passes by files without a byte, and those that Hadoop has not copied to their end.
        if found.size and found.modified >= since and (found.name, found.size) not in read
        and "/CloudTrail-Digest/" not in found.name and not found.name.endswith("._COPYING_")
    ]
    files.sort(key=lambda each: (each[1].modified, each[1].name))
    taken, size = [], 0
    for source, found in files:
        if taken and size + found.size > config.batch_bytes:
            break
        taken.append((source, found))
        size += found.size
    return sorted(taken, key=lambda each: (each[0], each[1].name))


def run_id(files):
    """The same files make the same run: one that was killed is done again under its own name."""
    listed = json.dumps([(source, found.name, found.size) for source, found in files])
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def day_of(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, tz=timezone.utc).strftime("%Y-%m-%d")
