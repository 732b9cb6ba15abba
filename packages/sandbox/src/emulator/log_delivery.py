"""A log group's subscription hands its records to Amazon Data Firehose, which delivers them to S3 unpacked.

MiniStack 1.5.33 keeps a subscription to a stream and delivers nothing. On AWS each batch of events is one record, gzipped
(docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html), and a stream with the processors Decompression and
AppendDelimiterToRecord writes it as a line of JSON (docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html), here compressed as its
destination says. What is written has the stream's prefix; the emulator's own S3 keeps it at once, without Firehose's buffer.

The role of the subscription and that of the stream are not asked: their policies cannot be put to the test here.
"""

import gzip
import json
import logging
import time

from ministack.core.responses import get_account_id, new_uuid
from ministack.services import cloudwatch_logs, firehose

logger = logging.getLogger("log_delivery")

_fanout = cloudwatch_logs._fanout_to_subscription_filters


def _record(group, stream, name, events):
    now = int(time.time() * 1000)
    return {
        "messageType": "DATA_MESSAGE",
        "owner": get_account_id(),
        "logGroup": group,
        "logStream": stream,
        "subscriptionFilters": [name],
        "logEvents": [
            {
                "id": new_uuid().replace("-", ""),
                "timestamp": event.get("timestamp", now),
                "message": event.get("message", ""),
            }
            for event in events
        ],
    }


def _deliver(stream_arn, record):
    stream = firehose._streams.get(stream_arn.rsplit("/", 1)[-1])
    if stream is None:
        return
    data = json.dumps(record).encode() + b"\n"
    for destination in stream["destinations"]:
        config = destination.get("config") or {}
        packed = config.get("CompressionFormat") == "GZIP"
        named = {**destination, "config": {**config, "FileExtension": ".gz" if packed else ""}}
        firehose._deliver_to_s3(stream, named, gzip.compress(data) if packed else data)


def _deliver_and_fan_out(group, stream, events):
    _fanout(group, stream, events)
    filters = (cloudwatch_logs._log_groups.get(group) or {}).get("subscriptionFilters") or {}
    for name, wanted in filters.items():
        destination = wanted.get("destinationArn", "")
        if ":deliverystream/" not in destination:
            continue
        matched = [
            event
            for event in events or []
            if cloudwatch_logs._subscription_pattern_matches(wanted.get("filterPattern", ""), event.get("message", ""))
        ]
        try:
            if matched:
                _deliver(destination, _record(group, stream, name, matched))
        except Exception as error:  # As on AWS, what is logged is logged, whoever cannot take it.
            logger.warning("subscription %s of %s: %s", name, group, error)


def install():
    cloudwatch_logs._fanout_to_subscription_filters = _deliver_and_fan_out
