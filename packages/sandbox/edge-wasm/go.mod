module palisade/edge-wasm

go 1.26.8

require github.com/corazawaf/libinjection-go v0.3.5
