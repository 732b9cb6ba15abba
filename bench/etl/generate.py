"""CloudTrail's files for the bench: `generate.py FOLDER RECORDS`. The same arguments make the same bytes.

A record is of some 1,300 bytes, as a data event of DynamoDB or S3 is. One in a hundred comes twice, one in five hundred has no id. A million records
are two days.
"""

import gzip
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta, timezone

PER_FILE = 10_000
PER_DAY = 500_000
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
CALLS = [
    ("dynamodb", "GetItem", "tableName"),
    ("dynamodb", "UpdateItem", "tableName"),
    ("s3", "GetObject", "bucketName"),
    ("kms", "Decrypt", "keyId"),
    ("lambda", "Invoke", "functionName"),
    ("secretsmanager", "GetSecretValue", "secretId"),
    ("sts", "AssumeRole", "roleArn"),
    ("rds-data", "ExecuteStatement", "resourceArn"),
]


def _mixed(number):
    """A number that looks like chance and is none."""
    number = (number * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & (2**64 - 1)
    return number ^ (number >> 29)


def record(number, event_id=""):
    service, action, parameter = CALLS[number % len(CALLS)]
    chance = _mixed(number)
    role = f"role-{chance % 40}"
    session = f"arn:aws:sts::123456789012:assumed-role/{role}/function-{chance // 41 % 200}"
    thing = f"thing-{chance // 7 % 50}"
    issuer = {"type": "Role", "principalId": "AROAEXAMPLE", "arn": f"arn:aws:iam::123456789012:role/{role}", "accountId": "123456789012", "userName": role}
    denied = {"errorCode": "AccessDenied", "errorMessage": f"User: {session} is not authorized to perform: {service}:{action}"}
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": f"AROAEXAMPLE:{role}",
            "arn": session,
            "accountId": "123456789012",
            "accessKeyId": "ASIAEXAMPLEEXAMPLE12",
            "sessionContext": {"sessionIssuer": issuer, "attributes": {"creationDate": "2026-01-01T10:00:00Z", "mfaAuthenticated": "false"}},
        },
        "eventTime": (START + timedelta(seconds=number * 86400 // PER_DAY)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{service}.amazonaws.com",
        "eventName": action,
        "awsRegion": "us-east-1",
        "sourceIPAddress": f"10.{chance % 256}.{chance // 256 % 256}.{chance // 65536 % 256}",
        "userAgent": f"aws-sdk-js/3.{chance % 900} ua/2.1 os/linux lang/js md/nodejs#24.1.0 api/{service}",
        **(denied if number % 50 == 0 else {}),
        "requestParameters": {parameter: thing, "key": {"id": str(chance % 10**9)}, "consistentRead": True},
        "responseElements": None,
        "requestID": f"{chance:016x}-{number:012x}",
        "eventID": f"{chance >> 32:08x}-{chance >> 16 & 0xFFFF:04x}-4{chance & 0xFFF:03x}-8000-{number:012x}" if event_id == "" else event_id,
        "readOnly": True,
        "resources": [{"accountId": "123456789012", "type": "AWS::DynamoDB::Table", "ARN": f"arn:aws:dynamodb:us-east-1:123456789012:table/{thing}"}],
        "eventType": "AwsApiCall",
        "managementEvent": False,
        "recipientAccountId": "123456789012",
        "eventCategory": "Data",
        "tlsDetails": {
            "tlsVersion": "TLSv1.3",
            "cipherSuite": "TLS_AES_128_GCM_SHA256",
            "clientProvidedHostHeader": f"{service}.us-east-1.amazonaws.com",
        },
    }


def write(place):
    folder, first, count = place
    records = []
    for number in range(first, first + count):
        if number % 100 == 99:
            records.append(record(number - 50))
        else:
            records.append(record(number, None if number % 500 == 250 else ""))
    content = json.dumps({"Records": records}, separators=(",", ":")).encode()
    path = os.path.join(folder, f"{first // PER_FILE:06}.json.gz")
    with open(path, "wb") as file:
        file.write(gzip.compress(content, 6 if count < PER_FILE else 1, mtime=0))
    # Long after every event, and the same for every run.
    os.utime(path, (1_767_225_600 + 40 * 86400, 1_767_225_600 + 40 * 86400))
    return len(content)


def main(folder, records):
    os.makedirs(folder, exist_ok=True)
    places = [(folder, first, min(PER_FILE, records - first)) for first in range(0, records, PER_FILE)]
    with ProcessPoolExecutor(2) as pool:
        print(json.dumps({"files": len(places), "bytes": sum(pool.map(write, places, chunksize=4))}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
