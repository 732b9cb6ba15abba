#!/bin/sh
# Builds libinjection.wasm. With the Go version that go.mod names (which the go command fetches by itself) the result is the same byte
# for byte on every machine; without an argument it is compared with the recorded digest, with "--record" it becomes the new one.
set -eu
cd "$(dirname "$0")"
version=$(sed -n 's/^go //p' go.mod)
out=$(mktemp)
trap 'rm -f "$out"' EXIT
CGO_ENABLED=0 GOOS=wasip1 GOARCH=wasm GOWASM= GOFLAGS=-mod=readonly GOTOOLCHAIN="go$version" GOEXPERIMENT= \
  go build -buildmode=c-shared -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o "$out" .
if [ "${1:-}" = "--record" ]; then
  cp "$out" libinjection.wasm
  chmod 644 libinjection.wasm
  sha256sum libinjection.wasm > libinjection.wasm.sha256
  exit
fi
cmp "$out" libinjection.wasm
sha256sum -c libinjection.wasm.sha256
