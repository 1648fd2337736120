package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// reachTimeout bounds each look at an address.
const reachTimeout = 5 * time.Second

// free looks whether a server could listen.
func (d *checkup) free(ctx context.Context) {
	l, err := listen(ctx, d.cfg.HTTPAddr)
	if err != nil {
		d.problem("http address", err)
		return
	}
	_ = l.Close()
	if _, port, err := net.SplitHostPort(d.cfg.HTTPAddr); err == nil && port == "0" {
		d.add("http address", gradeOK, "any free port, as "+d.cfg.HTTPAddr+" asks for", "")
		return
	}
	d.add("http address", gradeOK, d.cfg.HTTPAddr+" is free", "")
}

// answers asks whether an address leads to an accord that lives.
func (d *checkup) answers(ctx context.Context, what, base string) {
	switch err := alive(ctx, base); {
	case err == nil:
		d.add(what, gradeOK, base+" answers", "")
	case errors.Is(err, errOther):
		d.add(what, gradeWrong, "something else answers on "+base, "is another program on that address, or the proxy set up for another one?")
	default:
		d.add(what, gradeWrong, base+" does not answer: "+cause(err), "is a firewall or a proxy in the way?")
	}
}

// public judges the address the outside knows. That this machine cannot reach
// it can have a harmless cause, so it is a warning.
func (d *checkup) public(ctx context.Context, base string, running bool) {
	const what = "public address"
	u, err := url.Parse(base)
	switch {
	case base == "":
		d.add(what, gradeOK, "none; only this machine and its network reach the server", "")
		return
	case err != nil || !isWeb(u): // among the settings it is said what is the matter
		return
	case u.Scheme != "https" && !local(base):
		d.add(what, gradeWarn, base+" is not https: what people write can be read on the way, and nobody can sign in to the console under it",
			"put a proxy with TLS in front, and write https:// into ACCORD_PUBLIC_URL")
		if !running {
			return
		}
	}
	if !running {
		d.add(what, gradeOK, base+"; whether it leads here shows once the server runs", "")
		return
	}
	var certificate *tls.CertificateVerificationError
	switch err := alive(ctx, base); {
	case err == nil:
		d.add(what, gradeOK, base+" leads here", "")
	case errors.As(err, &certificate):
		d.add(what, gradeWrong, base+" has a certificate that is not trusted", "renew it; browsers and platforms refuse it as well")
	case errors.Is(err, errOther):
		d.add(what, gradeWrong, "something else answers on "+base, "does the proxy pass everything on to ACCORD_HTTP_ADDR?")
	default:
		d.add(what, gradeWarn, base+" cannot be reached from here: "+cause(err), "try it from outside; some networks do not let a machine reach itself that way")
	}
}

// errOther: what answered is no accord.
var errOther = errors.New("the answer is not accord's")

// alive asks /healthz below base.
func alive(ctx context.Context, base string) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	if resp.StatusCode != http.StatusOK || !strings.Contains(string(body), `"alive"`) {
		return errOther
	}
	return nil
}
