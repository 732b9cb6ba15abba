package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	coreruleset "github.com/corazawaf/coraza-coreruleset/v4"
	"github.com/corazawaf/coraza/v3"
	"github.com/corazawaf/coraza/v3/types"
)

// The Core Rule Set as it is delivered: paranoia level 1, an anomaly score of 5 blocks. Only the engine is switched from detecting to
// blocking, and the audit log off, which a benchmark would spend its time on.
const directives = `
Include @coraza.conf-recommended
Include @crs-setup.conf.example
Include @owasp_crs/*.conf
SecRuleEngine On
SecAuditEngine Off
`

// verdict is what Coraza did with one request.
type verdict struct {
	Blocked bool `json:"blocked"`
	// The rules of 941 and 942 that matched.
	Rules []int `json:"rules"`
	// How long it took.
	Nanoseconds int64 `json:"nanoseconds"`
}

func judge(in io.Reader, out lineWriter) error {
	waf, err := coraza.NewWAF(coraza.NewWAFConfig().WithRootFS(coreruleset.FS).WithDirectives(directives))
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(in)
	for {
		var request Request
		if err := decoder.Decode(&request); err == io.EOF {
			return out.buffer.Flush()
		} else if err != nil {
			return err
		}
		one, err := judgeOne(waf, request)
		if err != nil {
			return err
		}
		if err := out.encoder.Encode(one); err != nil {
			return err
		}
		if err := out.buffer.Flush(); err != nil {
			return err
		}
	}
}

func judgeOne(waf coraza.WAF, request Request) (verdict, error) {
	start := time.Now()
	tx := waf.NewTransaction()
	defer tx.Close()
	blocked, err := process(tx, request)
	elapsed := time.Since(start).Nanoseconds()
	rules := []int{}
	for _, rule := range tx.MatchedRules() {
		if id := rule.Rule().ID(); id >= 941000 && id < 943000 {
			rules = append(rules, id)
		}
	}
	return verdict{blocked, rules, elapsed}, err
}

func process(tx types.Transaction, request Request) (bool, error) {
	tx.ProcessConnection("192.0.2.1", 50000, "192.0.2.2", 80)
	tx.ProcessURI(request.URI, request.Method, request.Version)
	for _, header := range request.Headers {
		tx.AddRequestHeader(header[0], header[1])
		if strings.EqualFold(header[0], "host") {
			tx.SetServerName(header[1])
		}
	}
	if it := tx.ProcessRequestHeaders(); it != nil {
		return true, nil
	}
	if len(request.Body) > 0 {
		if it, _, err := tx.WriteRequestBody(request.Body); err != nil {
			return false, fmt.Errorf("%s %s: %w", request.Method, url.QueryEscape(request.URI), err)
		} else if it != nil {
			return true, nil
		}
	}
	it, err := tx.ProcessRequestBody()
	if err != nil {
		return false, fmt.Errorf("%s %s: %w", request.Method, url.QueryEscape(request.URI), err)
	}
	return it != nil, nil
}
