"""One module a source: `records(content)` splits a file, `normalise(record, arrived)` makes the table's row of a record."""

from . import api_access, cloudtrail, database_audit, waf

SOURCES = {"cloudtrail": cloudtrail, "api-access": api_access, "waf": waf, "database-audit": database_audit}
