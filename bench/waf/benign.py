"""Requests that the API's own document allows, as schemathesis makes them, as JSON lines on standard output.

python benign.py OPENAPI EXAMPLES: EXAMPLES requests of each operation, the same in every run.
"""

import base64
import json
import sys

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

BASE_URL = "https://api.example.com"


def lines(operation, examples):
    made = []

    # derandomize: the examples come from the test's own name and the version of hypothesis, which the lock file pins.
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def collect(case):
        prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE_URL)).prepare()
        body = prepared.body or b""
        if isinstance(body, str):
            body = body.encode()
        text = lambda value: value.decode("latin1") if isinstance(value, bytes) else value
        headers = [["Host", "api.example.com"]]
        # Schemathesis marks each request with a random id of its own.
        sent = {name: value for name, value in prepared.headers.items() if not name.startswith("X-Schemathesis")}
        headers += [[text(name), text(value)] for name, value in sent.items()]
        made.append(
            {
                "id": f"{operation.definition.raw['operationId']}-{len(made) + 1}",
                "method": prepared.method,
                "uri": prepared.path_url,
                "version": "HTTP/1.1",
                "headers": headers,
                "body": base64.b64encode(body).decode(),
            }
        )

    collect()
    return made


def main(path, examples):
    schema = schemathesis.openapi.from_path(path)
    for result in schema.get_all_operations():
        for line in lines(result.ok(), examples):
            print(json.dumps(line))


main(sys.argv[1], int(sys.argv[2]))
