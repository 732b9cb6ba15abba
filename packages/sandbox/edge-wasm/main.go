// Libinjection for the sandbox's edge: two detectors over one buffer in the module's own memory.
//
// The host asks for a buffer, writes an input's bytes to it and calls a detector with their number. Nothing else goes in or out: the
// module needs no file, no network and no argument.
package main

import (
	"unsafe"

	"github.com/corazawaf/libinjection-go"
)

var buffer = make([]byte, 64*1024)

// reserve makes the buffer at least size bytes long and gives its address, which holds until the next call of reserve.
//
//go:wasmexport reserve
func reserve(size int32) unsafe.Pointer {
	if int(size) > len(buffer) {
		buffer = make([]byte, size)
	}
	return unsafe.Pointer(&buffer[0])
}

// sqli says whether the buffer's first size bytes are SQL injection.
//
//go:wasmexport sqli
func sqli(size int32) int32 {
	found, _ := libinjection.IsSQLi(string(buffer[:size]))
	return truth(found)
}

// xss says whether the buffer's first size bytes are cross-site scripting.
//
//go:wasmexport xss
func xss(size int32) int32 {
	return truth(libinjection.IsXSS(string(buffer[:size])))
}

func truth(found bool) int32 {
	if found {
		return 1
	}
	return 0
}

// A reactor has no main of its own; the compiler wants one.
func main() {}
