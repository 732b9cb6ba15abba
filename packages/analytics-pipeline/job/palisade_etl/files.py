"""Files into records: gunzips as far as it goes, splits, and hands on what cannot be read instead of stopping."""

import json
import re
import zlib

GZIP = b"\x1f\x8b"
# A file that unpacks to more is not read: it goes to quarantine by its name. CloudTrail's own files are some megabytes.
LARGEST_UNPACKED = 1 << 30
# What fits a processor's cache is unpacked in two thirds of the time.
_PIECE = 1 << 18
_scan = json.JSONDecoder().scan_once
_OPENING = re.compile(r'\s*\{\s*"Records"\s*:\s*\[')
_CLOSING = re.compile(r"\]\s*[,}].*", re.S)


class Unreadable:
    """A piece of a file that is no record."""

    __slots__ = ("reason", "raw")

    def __init__(self, reason, raw):
        self.reason = reason
        self.raw = raw


def unpack(content, largest=LARGEST_UNPACKED):
    """The bytes of a file and, where it does not unpack to its end, why. Members of gzip may follow each other."""
    if content[:2] != GZIP:
        return content, None
    pieces, size, rest = [], 0, content
    while rest:
        if rest[:2] != GZIP:
            # Zeros after the last member are padding (RFC 1952 says nothing; gzip(1) ignores them).
            return b"".join(pieces), None if not rest.strip(b"\0") else "corrupt-gzip"
        unpacker = zlib.decompressobj(wbits=31)
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
                pieces.append(piece)
                size += len(piece)
                if size > largest:
                    return b"", "too-large"
                if not piece and not rest and not unpacker.eof:
                    return b"".join(pieces), "truncated-gzip"
        except zlib.error:
            return b"".join(pieces), "corrupt-gzip"
        rest = unpacker.unused_data
    return b"".join(pieces), None


def document_records(content):
    """
    The records of one JSON document `{"Records": [...]}`, one after the other: a whole document's objects in memory at once take twice the
    time, and the document may be of any size. Reading goes on behind what cannot be read.
    """
    data, problem = unpack(content)
    if problem and not data:
        yield Unreadable(problem, b"" if problem == "too-large" else content), None
        return
    try:
        text, damaged = data.decode("utf-8"), False
    except UnicodeDecodeError:
        # Each byte that is no UTF-8 becomes a lone surrogate, by which its record is known.
        text, damaged = data.decode("utf-8", "surrogateescape"), True
    opening = _OPENING.match(text)
    if opening is None:
        yield from _other_document(text, data, problem)
        return
    position, length, told = opening.end(), len(text), False
    while True:
        while position < length and text[position] in " \t\r\n,":
            position += 1
        if position >= length or text[position] == "]":
            break
        start = position
        try:
            record, position = _scan(text, start)
        except (StopIteration, ValueError, RecursionError):
            # Records begin alike: the next beginning is where reading goes on.
            following = text.find(',{"eventVersion"', start + 1)
            position = following if following > 0 else length
            # The last piece of a file that does not unpack is cut off; any other is broken in itself.
            told = following < 0
            yield Unreadable(told and problem or "not-json", _bytes(text[start:position])), None
            continue
        if damaged and not _is_utf8(text[start:position]):
            yield Unreadable("invalid-utf-8", _bytes(text[start:position])), None
        else:
            yield record, None
    tail = text[position:]
    if problem and not told:
        # The end is missing, and nobody knows how many records with it: that much is said.
        yield Unreadable(problem, b""), None
    elif not told and not _CLOSING.fullmatch(tail):
        yield Unreadable("not-json", _bytes(tail)), None


def _other_document(text, data, problem):
    """A document whose first key is not `Records`."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield Unreadable(problem or "not-json", data), None
        return
    found = document.get("Records") if type(document) is dict else None
    if type(found) is list and _is_utf8(text):
        for record in found:
            yield record, None
    elif type(document) is dict and "eventID" in document and _is_utf8(text):
        # One record alone, as EventBridge and CloudTrail Lake write it.
        yield document, None
    else:
        yield Unreadable("no-records", data), None


def _bytes(text):
    return text.encode("utf-8", "surrogateescape")


def _is_utf8(text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def line_records(content):
    """The records of a file of JSON lines; a line of a CloudWatch Logs subscription holds several, each with where it is from."""
    data, problem = unpack(content)
    if problem == "too-large":
        yield Unreadable(problem, b""), None
        return
    if problem and not data:
        yield Unreadable(problem, content), None
        return
    lines = data.split(b"\n")
    for number, line in enumerate(lines):
        line = line.strip()
        if not line:
            continue
        last_of_broken = problem is not None and number == len(lines) - 1
        try:
            record = json.loads(line)
        except UnicodeDecodeError:
            yield Unreadable(problem if last_of_broken else "invalid-utf-8", line), None
            continue
        except (ValueError, RecursionError):
            if last_of_broken:
                yield Unreadable(problem, line), None
            else:
                # CloudWatch's subscriptions write one document after the other, without a line's end between them.
                yield from _documents(line)
            continue
        yield from _unwrapped(record)
    if problem and not lines[-1].strip():
        yield Unreadable(problem, b""), None


def _documents(line):
    text, position = line.decode("utf-8", "surrogateescape"), 0
    while position < len(text):
        start = position
        try:
            record, position = _scan(text, start)
        except (StopIteration, ValueError, RecursionError):
            yield Unreadable("not-json", _bytes(text[start:])), None
            return
        piece = text[start:position]
        while position < len(text) and text[position] in " \t\r":
            position += 1
        if _is_utf8(piece):
            yield from _unwrapped(record)
        else:
            yield Unreadable("invalid-utf-8", _bytes(piece)), None


def _unwrapped(record):
    if type(record) is not dict or type(record.get("logEvents")) is not list:
        yield record, None
        return
    if record.get("messageType") == "CONTROL_MESSAGE":
        return
    origin = {name: record.get(name) for name in ("owner", "logGroup", "logStream") if type(record.get(name)) is str}
    for event in record["logEvents"]:
        message = event.get("message") if type(event) is dict else None
        if type(message) is not str:
            yield Unreadable("no-message", repr(event).encode("utf-8", "backslashreplace")), None
            continue
        if message.lstrip()[:1] != "{":
            # A line of text, such as the database's: with its id and time.
            yield event, origin
            continue
        try:
            yield json.loads(message), origin
        except (ValueError, RecursionError):
            yield Unreadable("not-json", message.encode("utf-8", "surrogatepass")), None
