"""The table's columns, from schema.json, which the catalog reads too."""

import json
import os
from functools import lru_cache

# The loader reads from a folder and from the zip that Glue puts on the path alike.
_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEFINITION = json.loads(__loader__.get_data(os.path.join(_ROOT, "schema.json")))

# Without a zone, as Athena's timestamp is: every time here is UTC.
_SPARK_TYPES = {"timestamp": "timestamp_ntz"}

TABLE = DEFINITION["table"]
COLUMNS = [column["name"] for column in DEFINITION["columns"]]
PARTITIONS = [column["name"] for column in DEFINITION["partitions"]]
COLUMNS_DDL = ", ".join(f"`{c['name']}` {_SPARK_TYPES.get(c['type'], c['type'])}" for c in DEFINITION["columns"])
TABLE_DDL = COLUMNS_DDL + ", " + ", ".join(f"`{name}` string" for name in PARTITIONS)


def folders(source, day):
    """The folders of a partition, staged or published."""
    return f"source={source}", f"day={day}"


_ARROW = {"tinyint": "int8", "int": "int32", "bigint": "int64", "double": "float64", "boolean": "bool_", "string": "string"}


@lru_cache
def arrow_schema(ddl):
    """Arrow's schema of a list of columns as Spark writes it."""
    import pyarrow as pa

    kinds = {kind: getattr(pa, made)() for kind, made in _ARROW.items()}
    kinds["timestamp_ntz"] = pa.timestamp("us")
    fields = (field.strip().split(" ") for field in ddl.split(","))
    return pa.schema([(name.strip("`"), kinds[kind]) for name, kind in fields])
