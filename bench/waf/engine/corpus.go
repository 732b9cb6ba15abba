package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/corazawaf/coraza-coreruleset/v4/tests"
	"github.com/goccy/go-yaml"

	coreruleset "github.com/corazawaf/coraza-coreruleset/v4"
)

// crsCase is a test of the Core Rule Set: a whole request, and the rules that must or must not fire.
type crsCase struct {
	Source string `json:"source"`
	ID     string `json:"id"`
	// Rules of 941 and 942 at paranoia level 1 that must fire; empty for a test of what must not.
	Fires   []int   `json:"fires"`
	Request Request `json:"request"`
}

// textCase is an example of libinjection's own: a text, and whether it is an attack.
type textCase struct {
	Source string `json:"source"`
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Attack bool   `json:"attack"`
	Text   []byte `json:"text"`
}

type testFile struct {
	RuleID int `yaml:"rule_id"`
	Tests  []struct {
		TestID int `yaml:"test_id"`
		Stages []struct {
			Input struct {
				Headers map[string]string `yaml:"headers"`
				Method  string            `yaml:"method"`
				URI     string            `yaml:"uri"`
				Version string            `yaml:"version"`
				Data    string            `yaml:"data"`
				Auto    *bool             `yaml:"autocomplete_headers"`
			} `yaml:"input"`
			Output struct {
				Log struct {
					ExpectIDs   []int `yaml:"expect_ids"`
					NoExpectIDs []int `yaml:"no_expect_ids"`
				} `yaml:"log"`
			} `yaml:"output"`
		} `yaml:"stages"`
	} `yaml:"tests"`
}

var injectionRule = regexp.MustCompile(`REQUEST-94[12]-`)

func writeCorpus(out lineWriter) error {
	level1, err := levelOne()
	if err != nil {
		return err
	}
	if err := writeCrs(out, level1); err != nil {
		return err
	}
	if err := writeLibinjection(out); err != nil {
		return err
	}
	return out.buffer.Flush()
}

// levelOne finds the rules of 941 and 942 at paranoia level 1 by their tag.
func levelOne() (map[int]bool, error) {
	found := map[int]bool{}
	id := regexp.MustCompile(`"?id:(\d+)`)
	err := fs.WalkDir(coreruleset.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !injectionRule.MatchString(path) {
			return err
		}
		text, err := fs.ReadFile(coreruleset.FS, path)
		if err != nil {
			return err
		}
		for _, rule := range strings.Split(string(text), "\nSecRule") {
			number := id.FindStringSubmatch(rule)
			if number == nil || !strings.Contains(rule, "paranoia-level/1") {
				continue
			}
			value, _ := strconv.Atoi(number[1])
			found[value] = true
		}
		return nil
	})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("the Core Rule Set has no rule of 941 or 942 with the tag paranoia-level/1")
	}
	return found, err
}

func writeCrs(out lineWriter, level1 map[int]bool) error {
	return fs.WalkDir(tests.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !injectionRule.MatchString(path) || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(tests.FS, path)
		if err != nil {
			return err
		}
		var file testFile
		if err := yaml.Unmarshal(text, &file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for _, test := range file.Tests {
			for number, stage := range test.Stages {
				log := stage.Output.Log
				fires := []int{}
				for _, id := range log.ExpectIDs {
					if level1[id] {
						fires = append(fires, id)
					}
				}
				// What only a stricter level finds is neither an attack for level 1 nor harmless.
				if len(fires) == 0 && len(log.ExpectIDs) > 0 {
					continue
				}
				in := stage.Input
				request := Request{Method: in.Method, URI: in.URI, Version: in.Version, Body: []byte(in.Data)}
				request.Headers = completed(in.Headers, in.Data, in.Auto == nil || *in.Auto)
				id := fmt.Sprintf("%d-%d", file.RuleID, test.TestID)
				if number > 0 {
					id = fmt.Sprintf("%s-%d", id, number+1)
				}
				if err := out.encoder.Encode(crsCase{"crs", id, fires, request}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// completed gives the headers in a fixed order, with those that go-ftw, the Core Rule Set's own runner, adds by itself.
func completed(given map[string]string, data string, auto bool) [][2]string {
	headers := [][2]string{}
	has := map[string]bool{}
	for name, value := range given {
		headers = append(headers, [2]string{name, value})
		has[strings.ToLower(name)] = true
	}
	sort.Slice(headers, func(a, b int) bool { return headers[a][0] < headers[b][0] })
	if auto && data != "" {
		if !has["content-type"] {
			headers = append(headers, [2]string{"Content-Type", "application/x-www-form-urlencoded"})
		}
		if !has["content-length"] {
			headers = append(headers, [2]string{"Content-Length", strconv.Itoa(len(data))})
		}
	}
	if auto && !has["connection"] {
		headers = append(headers, [2]string{"Connection", "close"})
	}
	return headers
}

// writeLibinjection reads the test data of the module, which is no part of its package.
func writeLibinjection(out lineWriter) error {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/corazawaf/libinjection-go").Output()
	if err != nil {
		return fmt.Errorf("go list -m: %w", err)
	}
	directory := strings.TrimSpace(string(folder))
	for _, kind := range []string{"sqli", "xss"} {
		files, err := filepath.Glob(filepath.Join(directory, "tests", "test-"+kind+"-*.txt"))
		if err != nil {
			return err
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			_, rest, _ := strings.Cut(string(content), "--INPUT--\n")
			input, expected, ok := strings.Cut(rest, "--EXPECTED--")
			if !ok {
				return fmt.Errorf("%s: no --EXPECTED--", file)
			}
			answer := strings.TrimSpace(expected)
			attack := answer != "" && answer != "0"
			name := strings.TrimSuffix(filepath.Base(file), ".txt")
			one := textCase{"libinjection", name, kind, attack, []byte(strings.TrimSpace(input))}
			if err := out.encoder.Encode(one); err != nil {
				return err
			}
		}
	}
	return writeExamples(out, filepath.Join(directory, "xss_test.go"))
}

// writeExamples reads the pairs `{input: "…", isXSS: …}` of libinjection's test of XSS.
func writeExamples(out lineWriter, file string) error {
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return err
	}
	count := 0
	ast.Inspect(tree, func(node ast.Node) bool {
		literal, ok := node.(*ast.CompositeLit)
		if !ok || err != nil {
			return err == nil
		}
		input, answer := "", ""
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			key, _ := pair.Key.(*ast.Ident)
			switch value := pair.Value.(type) {
			case *ast.BasicLit:
				if key != nil && key.Name == "input" && value.Kind == token.STRING {
					input, err = strconv.Unquote(value.Value)
				}
			case *ast.Ident:
				if key != nil && key.Name == "isXSS" {
					answer = value.Name
				}
			}
		}
		if err == nil && input != "" && answer != "" {
			count++
			id := fmt.Sprintf("example-xss-%03d", count)
			err = out.encoder.Encode(textCase{"libinjection", id, "xss", answer == "true", []byte(input)})
		}
		return err == nil
	})
	if err == nil && count == 0 {
		err = fmt.Errorf("%s has no examples", file)
	}
	return err
}
