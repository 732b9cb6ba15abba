"""Converts the Sigma rules to OpenSearch's query language, and holds events to the schema of OCSF: both with the projects' own tools.

Standard input: `{"rules": folder, "pipeline": file, "events": [event, ...]}`. Standard output:
`{"queries": {rule's file: {"query": text, "title": text, "description": text, "level": text}},
  "correlations": {rule's file: {"rules": [file, ...], "groupBy": [field, ...], "seconds": number, "atLeast": number}},
  "violations": [text, ...]}`.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from sigma.backends.opensearch import OpensearchLuceneBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule
from sigma.processing.pipeline import ProcessingPipeline


def convert(request):
    pipeline = ProcessingPipeline.from_yaml(Path(request["pipeline"]).read_text())
    backend = OpensearchLuceneBackend(processing_pipeline=pipeline)
    collection = SigmaCollection.load_ruleset([request["rules"]])
    collection.resolve_rule_references()
    queries, correlations = {}, {}
    for rule in collection.rules:
        name = Path(rule.source.path).name
        if isinstance(rule, SigmaCorrelationRule):
            pipeline.apply(rule)
            correlations[name] = {
                "rules": [Path(inner.rule.source.path).name for inner in rule.rules],
                "groupBy": rule.group_by,
                "seconds": rule.timespan.seconds,
                "atLeast": rule.condition.count,
            }
            continue
        rule._output = True  # pySigma leaves out a rule that a correlation counts: alone it says little.
        (query,) = backend.convert_rule(rule, "default")
        queries[name] = {
            "query": query,
            "title": rule.title,
            "description": rule.description,
            "level": rule.level.name.lower(),
        }
    return queries, correlations


def violations(events):
    schemas = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.5.0"))
    validators = {}
    for event in events:
        key = (event["class_uid"], *event["metadata"]["profiles"])
        if key not in validators:
            name = schemas.lookup_class_name_from_uid(key[0])
            validators[key] = Draft202012Validator(schemas.get_class_schema(name, list(key[1:])))
        for error in validators[key].iter_errors(event):
            yield f"{key[0]} {'.'.join(map(str, error.path))}: {error.message[:200]}"


def main():
    request = json.load(sys.stdin)
    queries, correlations = convert(request)
    found = sorted(set(violations(request["events"])))
    print(json.dumps({"queries": queries, "correlations": correlations, "violations": found}))


main()
