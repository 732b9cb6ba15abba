"""Personal data and secrets: what is dropped, what is cut, what becomes a pseudonym.

- Addresses keep their network: IPv4 /24, IPv6 /48. An AWS service that called by name stays.
- Users stay as the ids that AWS knows them by. An e-mail address in an id or a text becomes `user-<12 hex>`, an HMAC-SHA256 with the
  configured key, so that one person stays one principal; without a key it becomes `[e-mail]`.
- In requests and responses the value of a key that names a secret or a person's data becomes `[dropped]`, and in any text what looks like a
  JSON web token, an access key id, a bearer token or a signature becomes `[token]`.
- Literals of SQL become `?`.
"""

import hashlib
import hmac
import ipaddress
import json
import re
from functools import lru_cache

LONGEST_STRING = 1024
LONGEST_JSON = 32768
LONGEST_STATEMENT = 4096
DEEPEST = 32
DROPPED = "[dropped]"

_DROPPED_KEYS = re.compile(
    r"passw(or)?d|passphrase|secret(?!id$|arn$|name$|s$)|token(?!type$|use$)|authorization|cookie|credential|apikey|privatekey|signature"
    r"|e-?mail|phone|birth|^(street|postal|home)?address$|^(given|family|middle|nick|first|last)name$|ssn$|^(plaintext|accesskeyid)$"
)
# Every repetition is bounded, so that no text takes longer than its length.
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}")
_TOKEN = re.compile(
    r"eyJ[A-Za-z0-9_\-]{8,4096}(?:\.[A-Za-z0-9_\-]{0,4096}){0,4}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?i:bearer) +[A-Za-z0-9._~+/=\-]{8,4096}"
    r"|(?i:x-amz-(?:signature|security-token|credential))=[^&\s\"']{1,4096}"
)
_HINTS = ("@", "eyJ", "AKIA", "ASIA", "earer ", "mz-", "EARER ", "MZ-")
_HINTS_AND_NO_JSON = (*_HINTS, "NaN", "Infinity")
_IPV4 = re.compile(r"((?:25[0-5]|2[0-4]\d|1?\d?\d)\.(?:25[0-5]|2[0-4]\d|1?\d?\d)\.(?:25[0-5]|2[0-4]\d|1?\d?\d))\.(?:25[0-5]|2[0-4]\d|1?\d?\d)")
_SERVICE = re.compile(r"[a-z0-9.\-]{1,100}\.amazonaws\.com(?:\.cn)?|AWS Internal")
_LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'?|\"(?:[^\"\\]|\\.|\"\")*\"?|\b0[xX][0-9A-Fa-f]+\b|\b\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?\b", re.S)

_key = None


def set_key(key):
    """Sets the key of pseudonyms in this process; None: e-mail addresses are dropped."""
    global _key
    key = key.encode() if key else None
    if key != _key:
        _key = key
        cleaned.cache_clear()


def pseudonym(name):
    if _key is None:
        return "[e-mail]"
    return "user-" + hmac.new(_key, name.lower().encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:12]


def clean(value):
    """A text without e-mail addresses and tokens."""
    for hint in _HINTS:
        if hint in value:
            return _MAIL.sub(lambda found: pseudonym(found[0]), _TOKEN.sub("[token]", value))
    return value


@lru_cache(maxsize=65536)
def cleaned(value, longest):
    """A text without e-mail addresses and tokens, and not longer; kept, since callers and clients come again and again."""
    return clean(value[: longest + 256])[:longest]


@lru_cache(maxsize=65536)
def network(address):
    """The network of an address; a service's name; None for what is neither."""
    found = _IPV4.fullmatch(address)
    if found:
        return found[1] + ".0/24"
    if _SERVICE.fullmatch(address):
        return address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if parsed.version == 6 and parsed.ipv4_mapped:
        return network(str(parsed.ipv4_mapped))
    return str(ipaddress.ip_network((int(parsed), 48 if parsed.version == 6 else 24), strict=False))


@lru_cache(maxsize=65536)
def _dropped_key(key):
    return _DROPPED_KEYS.search(key.lower().replace("_", "").replace("-", "")) is not None


def _scrub(value, depth):
    kind = type(value)
    if kind is str:
        if len(value) > LONGEST_STRING:
            return clean(value[: LONGEST_STRING + 256])[:LONGEST_STRING] + f"… ({len(value)} characters)"
        return clean(value)
    if kind is dict:
        if depth == DEEPEST:
            return "[deeper]"
        return {
            key if len(key) <= 256 else key[:256]: DROPPED if each and _dropped_key(key) else _scrub(each, depth + 1)
            for key, each in value.items()
        }
    if kind is list:
        if depth == DEEPEST:
            return "[deeper]"
        return [_scrub(each, depth + 1) for each in value]
    if kind is float and value - value != 0:
        return None  # NaN and Infinity are no JSON
    return value


# `JSONEncoder.encode` makes one of these at every call, which takes longer than to use it.
_encoder = json.encoder.c_make_encoder(None, None, json.encoder.encode_basestring, None, ":", ",", False, False, True)


def _encode(value):
    return "".join(_encoder(value, 0))


@lru_cache(maxsize=65536)
def _kept_key(key):
    return len(key) <= 256 and not _dropped_key(key)


def _keys_are_kept(value):
    for key, each in value.items():
        if not _kept_key(key):
            return False
        kind = type(each)
        if kind is dict:
            if not _keys_are_kept(each):
                return False
        elif kind is list and not _lists_keys_are_kept(each):
            return False
    return True


def _lists_keys_are_kept(value):
    for each in value:
        kind = type(each)
        if kind is dict and not _keys_are_kept(each) or kind is list and not _lists_keys_are_kept(each):
            return False
    return True


def _nothing_to_scrub(value, written):
    """Whether a value is sure to stay what it is, by a look at it as it is written: short, without a hint of what is dropped, and not deep."""
    if len(written) > LONGEST_STRING or written.count("{") + written.count("[") > DEEPEST:
        return False
    for hint in _HINTS_AND_NO_JSON:
        if hint in written:
            return False
    return _keys_are_kept(value)


def scrubbed_json(value):
    """A request's or a response's JSON by the rule above; what is too long keeps its keys alone."""
    if value is None:
        return None
    if type(value) is dict:
        try:
            written = _encode(value)
        except RecursionError:
            written = None
        if written is not None and _nothing_to_scrub(value, written):
            return written
    written = _encode(_scrub(value, 0))
    if len(written) <= LONGEST_JSON:
        return written
    keys = [key[:256] for key in list(value)[:64]] if isinstance(value, dict) else []
    return _encode({"[too long]": len(written), "keys": keys})


def statement(sql):
    """SQL without its literals, which may be anybody's data."""
    return cleaned(_LITERAL.sub("?", sql[: 4 * LONGEST_STATEMENT]), LONGEST_STATEMENT)
