"""Runs Sigma rules over CloudTrail records with pySigma and its SQLite backend: neither the rules' language nor the matching is ours.

Standard input: `{"rules": folder, "events": [record, ...]}`. Standard output: `{rule's file: [row, ...]}`, where a row is the index of an event
that fires the rule, or, for a correlation, the values that it groups by. A rule that does not fire has no rows.
"""

import json
import re
import sqlite3
import sys
from pathlib import Path

from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule

# As the backend names it.
TABLE = "logs"
# Fields that the rules use and SQLite needs no quotes for.
PLAIN_FIELDS = ("errorCode", "eventName", "eventSource", "eventTime", "eventType")


def flat(value, path=""):
    """A record's fields, with dots, as Sigma names them: https://sigmahq.io/docs/basics/log-sources.html."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, bool):
        yield path, str(value).lower()
    elif isinstance(value, list):
        yield path, json.dumps(value, separators=(",", ":"))
    elif value is not None:
        yield path, value


def load(database, events, queries):
    rows = [dict(flat(event)) for event in events]
    # `rowid` is SQLite's own, by which a correlation tells events apart.
    named = set(re.findall(r"`([^`]+)`", " ".join(queries))) - {"rowid"}
    columns = ["index", *sorted({*PLAIN_FIELDS, *named, *(key for row in rows for key in row)})]
    # SQLite takes names of columns as equal that differ in case only.
    columns = list({column.lower(): column for column in columns}.values())
    quoted = ", ".join(f'"{column}"' for column in columns)
    database.execute(f"CREATE TABLE {TABLE} ({quoted})")
    marks = ", ".join("?" for _ in columns)
    for index, row in enumerate(rows):
        row["index"] = index
        database.execute(f"INSERT INTO {TABLE} VALUES ({marks})", [row.get(column) for column in columns])


def main():
    request = json.load(sys.stdin)
    collection = SigmaCollection.load_ruleset([request["rules"]])
    collection.resolve_rule_references()
    backend = sqliteBackend(timestamp_field="eventTime")
    backend.init_processing_pipeline("default")
    # A correlation is made of the queries of its rules.
    ordered = sorted(collection.rules, key=lambda rule: isinstance(rule, SigmaCorrelationRule))
    queries = {}
    for rule in ordered:
        convert = backend.convert_correlation_rule if isinstance(rule, SigmaCorrelationRule) else backend.convert_rule
        for query in convert(rule, "default"):
            queries[Path(rule.source.path).name] = (query, rule)
    database = sqlite3.connect(":memory:")
    database.create_function("REGEXP", 2, lambda pattern, value: value is not None and bool(re.search(pattern, value)))
    database.row_factory = sqlite3.Row
    load(database, request["events"], [text for text, _ in queries.values()])
    fired = {}
    for name, (text, rule) in queries.items():
        rows = database.execute(text).fetchall()
        if isinstance(rule, SigmaCorrelationRule):
            fired[name] = sorted({tuple(json.loads(row["group_keys"]).values()) for row in rows})
        else:
            fired[name] = [row["index"] for row in rows]
    print(json.dumps(fired))


main()
