"""Objects by name, on a disk or on S3. Writing and copying replace an object at once: a reader sees the old or the new one, never half of one."""

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlparse


@dataclass(frozen=True)
class Found:
    name: str
    size: int
    """Milliseconds since 1970."""
    modified: int


def store_of(location):
    """The store of a location: `s3://bucket/prefix`, or a folder's absolute path."""
    return _s3_store() if location.startswith("s3://") else LocalStore()


@lru_cache(maxsize=1)
def _s3_store():
    # A client takes longer to make than to use, and may be used by many.
    return S3Store()


def join(*parts):
    return "/".join([parts[0].rstrip("/"), *(part.strip("/") for part in parts[1:])])


class LocalStore:
    def list(self, prefix):
        found = []
        for folder, folders, names in os.walk(prefix):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith((".", "_")):
                    path = os.path.join(folder, name)
                    status = os.stat(path)
                    found.append(Found(path, status.st_size, status.st_mtime_ns // 1_000_000))
        return sorted(found, key=lambda each: each.name)

    def read(self, name):
        with open(name, "rb") as file:
            return file.read()

    def write(self, name, content):
        with self.made(name) as path, open(path, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def local(self, name):
        """A context: the object as a file of this machine."""
        return contextlib.nullcontext(name)

    @contextlib.contextmanager
    def made(self, name):
        """A context: a path of this machine, and what is written to it becomes the object unless an error is raised."""
        folder = os.path.dirname(name)
        os.makedirs(folder, exist_ok=True)
        # In the same folder, since a rename is at once only there; readers pass by names with a dot.
        path = os.path.join(folder, f".{os.path.basename(name)}.{os.getpid()}")
        yield path
        os.replace(path, name)

    def copy(self, source, target):
        with self.made(target) as path:
            shutil.copyfile(source, path)

    def delete(self, name):
        try:
            os.remove(name)
        except FileNotFoundError:
            pass

    def delete_all(self, prefix):
        shutil.rmtree(prefix, ignore_errors=True)


class S3Store:
    """S3 is strongly consistent, and a PUT or a copy replaces an object at once.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
    """

    def __init__(self, client=None):
        if client is None:
            import boto3

            client = boto3.client("s3")
        self._s3 = client

    def list(self, prefix):
        bucket, key = _place(prefix)
        key = key.rstrip("/") + "/" if key else ""
        found = []
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key):
            for each in page.get("Contents", []):
                below = each["Key"][len(key) :]
                # Folders' own objects, as the console and EMRFS make them, are no objects of anybody's.
                if below and not below.endswith(("/", "_$folder$")) and not any(part.startswith((".", "_")) for part in below.split("/")):
                    modified = int(each["LastModified"].timestamp() * 1000)
                    found.append(Found(f"s3://{bucket}/{each['Key']}", each["Size"], modified))
        return sorted(found, key=lambda each: each.name)

    def read(self, name):
        bucket, key = _place(name)
        return self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def write(self, name, content):
        bucket, key = _place(name)
        self._s3.put_object(Bucket=bucket, Key=key, Body=content)

    @contextlib.contextmanager
    def local(self, name):
        bucket, key = _place(name)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "object")
            self._s3.download_file(bucket, key, path)
            yield path

    @contextlib.contextmanager
    def made(self, name):
        bucket, key = _place(name)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "object")
            yield path
            # In parts if it is large, which become one object at once.
            self._s3.upload_file(path, bucket, key)

    def copy(self, source, target):
        from_bucket, from_key = _place(source)
        bucket, key = _place(target)
        # The managed copy also takes objects of more than 5 GB, in parts that become one object at once.
        self._s3.copy({"Bucket": from_bucket, "Key": from_key}, bucket, key)

    def delete(self, name):
        bucket, key = _place(name)
        self._s3.delete_object(Bucket=bucket, Key=key)

    def delete_all(self, prefix):
        bucket, key = _place(prefix)
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key.rstrip("/") + "/"):
            keys = [{"Key": each["Key"]} for each in page.get("Contents", [])]
            if keys:
                self._s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})


def _place(location):
    parsed = urlparse(location, allow_fragments=False)
    # A query is part of a key.
    return parsed.netloc, location.removeprefix(f"s3://{parsed.netloc}").lstrip("/")
