package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthTimeout bounds the whole question.
const healthTimeout = 5 * time.Second

// condition is what a running server says of itself.
type condition struct {
	Status  string `json:"status"` // "ready" or "not ready"
	Reason  string `json:"reason,omitempty"`
	Address string `json:"address"` // where it was asked
}

func healthCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "health", Short: "Ask a running Accord whether it is ready",
		Long: `Asks the running server whether it takes and answers messages. It is found by
its data folder, or asked at --http-addr where that is given. Exits with 0 if it
is ready, 1 if not, 2 if nobody answers.`,
		Example: "  accord health\n  accord health --http-addr 127.0.0.1:9000",
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON object")
	addFewConfigFlags(c, "http-addr")
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := configFor(c, s)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(c.Context(), healthTimeout)
		defer cancel()
		base, err := whereToAsk(ctx, cfg, typed(c, "http-addr"))
		if err != nil {
			return err
		}
		h, err := askHealth(ctx, base)
		if err != nil {
			return err
		}
		if asJSON {
			err = printJSON(s.out, h)
		} else {
			fmt.Fprintf(s.out, "%s, %s\n", h.Status, h.Address)
		}
		return errors.Join(err, h.verdict())
	}
	return c
}

func (h condition) verdict() error {
	if h.Status == "ready" {
		return nil
	}
	what := "Accord is running but not ready"
	if h.Reason != "" {
		what += ": " + h.Reason
	}
	return &problem{what: what, hint: "accord doctor says more", code: exitWanting}
}

// whereToAsk finds the server as other commands do, by its socket. An address
// that was typed is asked whatever the socket says; the one of the settings is
// for servers whose socket cannot be used from here.
func whereToAsk(ctx context.Context, cfg *config, asked bool) (string, error) {
	if !asked {
		server, err := reach(ctx, cfg.Data)
		if err == nil && server != nil {
			if base, err := server.Address(ctx); errors.Join(err, server.Close()) == nil {
				return base, nil
			}
		}
	}
	if _, port, err := net.SplitHostPort(cfg.HTTPAddr); err == nil && port == "0" {
		return "", &problem{what: "no Accord runs on the data folder " + cfg.Data, hint: "--data names the folder that accord serve prints, --http-addr its address"}
	}
	return localBase(cfg.HTTPAddr), nil
}

func askHealth(ctx context.Context, base string) (condition, error) {
	h := condition{Address: base}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", nil)
	if err != nil {
		return h, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return h, &problem{what: "no Accord answers on " + base, hint: "is it running, and is --http-addr the address it listens on?"}
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&h); err != nil || h.Status == "" {
		return h, &problem{what: "what answers on " + base + " is no Accord", hint: "is --http-addr the address it listens on?"}
	}
	h.Reason, h.Address = inline(h.Reason), base
	return h, nil
}
