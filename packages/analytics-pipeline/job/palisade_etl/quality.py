"""The rules that stop a batch before anybody sees it. They look at what was staged, not at what the job meant to stage."""

from collections import Counter

from .values import DAY_MICROS, EARLIEST_MICROS, midnight


class BatchRejected(Exception):
    """A batch that is not published; every reason is a sentence."""

    def __init__(self, reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def measure(path, of_day, before):
    """What is in a partition's file as it was written: rows, how many were there before, and what is wrong with them."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from pandas.util import hash_array

    count = lambda condition: pc.sum(condition).as_py() or 0  # noqa: E731
    begin = midnight(of_day)
    figures, hashes = Counter(rows=0, without_id=0, without_time=0, out_of_range=0, wrong_day=0), []
    with pq.ParquetFile(path, memory_map=True) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, ["event_id", "event_time"], use_threads=False)
            ids, micros = table["event_id"], table["event_time"].cast(pa.int64())
            figures.update(
                rows=table.num_rows,
                without_id=ids.null_count,
                without_time=micros.null_count,
                out_of_range=count(pc.less(micros, EARLIEST_MICROS)),
                wrong_day=count(pc.or_(pc.less(micros, begin), pc.greater_equal(micros, begin + DAY_MICROS))),
            )
            # Eight bytes an id, so that a day of any size can be compared.
            hashes.append(hash_array(ids.to_numpy(), categorize=False))
    return {**figures, "distinct": len(np.unique(np.concatenate(hashes))), "before": before}


def check(config, sources, partitions):
    """Raises BatchRejected with every rule that is broken."""
    reasons = []
    for source, each in sources.items():
        accounted = each["clean"] + each["duplicates"] + each["quarantined"]
        if each["records"] != accounted:
            reasons.append(
                f"{source}: {each['records']} records were read, but {each['clean']} clean, {each['duplicates']} duplicates and "
                f"{each['quarantined']} quarantined are {accounted}"
            )
        if each["records"] >= config.quarantine_share_from and each["quarantined"] > config.quarantine_share_limit * each["records"]:
            reasons.append(
                f"{source}: {each['quarantined']} of {each['records']} records were to be quarantined, more than the limit of "
                f"{config.quarantine_share_limit:.0%}"
            )
    for (source, day), figures in sorted(partitions.items()):
        for name, sentence in _WRONG.items():
            if figures[name]:
                reasons.append(f"{source} {day}: {figures[name]} rows {sentence}")
        if figures["distinct"] < figures["rows"]:
            reasons.append(f"{source} {day}: {figures['rows'] - figures['distinct']} rows with an id that another row has")
    if reasons:
        raise BatchRejected(reasons)


_WRONG = {
    "without_id": "without an id",
    "without_time": "without a time",
    "out_of_range": "from before CloudTrail was",
    "wrong_day": "of another day",
}
