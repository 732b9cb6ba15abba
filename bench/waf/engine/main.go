// Command engine is the peer of `pnpm bench:waf`: Coraza with the OWASP Core Rule Set, and the test cases that come with both.
//
//	engine corpus   the test cases of the Core Rule Set and of libinjection, as JSON lines
//	engine judge    reads requests as JSON lines, and writes what Coraza with the Core Rule Set does with each, and how fast
//
// Everything is read from the modules that go.mod names; nothing of theirs is in this repository.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "engine:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) == 2 && os.Args[1] == "corpus" {
		return writeCorpus(newWriter())
	}
	if len(os.Args) == 2 && os.Args[1] == "judge" {
		return judge(os.Stdin, newWriter())
	}
	return fmt.Errorf("usage: engine corpus | engine judge")
}

// Request is one HTTP request. Its body and its headers' values are bytes; JSON carries them in Base64.
type Request struct {
	Method  string      `json:"method"`
	URI     string      `json:"uri"`
	Version string      `json:"version"`
	Headers [][2]string `json:"headers"`
	Body    []byte      `json:"body"`
}

type lineWriter struct {
	buffer  *bufio.Writer
	encoder *json.Encoder
}

func newWriter() lineWriter {
	buffer := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	return lineWriter{buffer, encoder}
}
