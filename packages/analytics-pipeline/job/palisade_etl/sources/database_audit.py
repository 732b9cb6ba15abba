"""Aurora MySQL's audit log and slow query log, as CloudWatch Logs exports them.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html: timestamp (microseconds), server, user, host, connection,
query, operation, database, object, return code; the object is a statement in quotes, or a table.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.LogFiles.html: the slow query log, `# Query_time:` in seconds.
"""

import hashlib
import re

from ..files import line_records as records  # noqa: F401 - part of what a source is
from ..personal import cleaned, network, scrubbed_json, statement
from ..reject import Reject
from ..values import epoch_micros, identifier, in_range, real, small, text, whole

_READS = {"READ", "SELECT", "SHOW", "CONNECT", "DISCONNECT"}
# MySQL's errors of sign-ins and permissions: 1044, 1045, 1142, 1143, 1227, 1370, 1410, 1698.
_REFUSED = {1044, 1045, 1142, 1143, 1227, 1370, 1410, 1698}
_SLOW = re.compile(r"# Query_time: (\d+(?:\.\d+)?)\s+Lock_time: (\d+(?:\.\d+)?)\s+Rows_sent: (\d+)\s+Rows_examined: (\d+)")
_SLOW_USER = re.compile(r"# User@Host: ([^\[\s]*)\[[^\]]*\] @ *(\S*) \[([^\]]*)\]")
_SLOW_TIME = re.compile(r"SET timestamp=(\d+);")
_VERB = re.compile(r"\s*(?:/\*.*?\*/\s*)*([A-Za-z]+)", re.S)


def _unquoted(value):
    if len(value) >= 2 and value[0] == "'" == value[-1]:
        return value[1:-1].replace("\\'", "'").replace("\\n", "\n")
    return value


def normalise(record, arrived, origin=None):
    message, given, at = record, None, None
    if type(record) is dict:
        message, given, at = record.get("message"), record.get("id"), record.get("timestamp")
    if type(message) is not str or not message.strip():
        raise Reject("no-message")
    event_id = identifier(given) if type(given) is str and given else _digest(message)
    make = _slow if "# Query_time:" in message else _audited
    return make(message, event_id, at, arrived, origin)


def _digest(message):
    return hashlib.blake2b(message.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _audited(message, event_id, at, arrived, origin):
    # The object may hold commas; what is before it and the return code after it do not.
    fields = message.split(",", 8)
    if len(fields) != 9 or "," not in fields[8]:
        raise Reject("not-an-audit-line")
    _, server, user, host, connection, query, operation, database, rest = fields
    target, code = rest.rsplit(",", 1)
    micros = in_range(epoch_micros(fields[0], 1), arrived)
    retcode = small(code.strip())
    if retcode is None or not operation:
        raise Reject("not-an-audit-line")
    is_statement = target.startswith("'")
    sql = _unquoted(target) if is_statement else ""
    found = _VERB.match(sql[:1024])
    verb = found[1].upper() if found else operation.upper()
    name = ".".join(part for part in (database, "" if is_statement else target) if part)
    return (
        event_id,
        micros,
        cleaned(user, 512) if user else None,
        "DatabaseUser",
        network(host),
        None,
        "mysql",
        operation.upper()[:64],
        cleaned(name, 512) or None,
        None,
        retcode,
        retcode in _REFUSED or (operation.upper() in ("CONNECT", "FAILED_CONNECT") and retcode != 0),
        str(retcode) if retcode else None,
        None,
        None,
        None,
        None,
        None,
        text(origin.get("owner"), 64) if origin else None,
        verb in _READS,
        statement(sql) if sql else None,
        scrubbed_json({"server": server, "connection": connection, "query": query}),
        None,
    )


def _slow(message, event_id, at, arrived, origin):
    took, user, when = _SLOW.search(message), _SLOW_USER.search(message), _SLOW_TIME.search(message)
    if took is None or (when is None and at is None):
        raise Reject("not-a-slow-query")
    micros = epoch_micros(when[1], 1_000_000) if when else epoch_micros(at, 1000)
    micros = in_range(micros, arrived)
    sql = message[(when or took).end() :].strip()
    found = _VERB.match(sql[:1024])
    return (
        event_id,
        micros,
        cleaned(user[1], 512) if user and user[1] else None,
        "DatabaseUser",
        network(user[3] or user[2]) if user else None,
        None,
        "mysql",
        "SLOW",
        None,
        None,
        0,
        False,
        None,
        None,
        real(took[1]) * 1000,
        None,
        None,
        None,
        text(origin.get("owner"), 64) if origin else None,
        found is not None and found[1].upper() in _READS,
        statement(sql) if sql else None,
        scrubbed_json({"lock_ms": real(took[2]) * 1000, "rows_sent": whole(took[3]), "rows_examined": whole(took[4])}),
        None,
    )
