package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func versionCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Example: "  accord version",
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(s.out, "accord "+version())
			return nil
		},
	}
}

// version is what the build knows of itself: a module version, or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && !strings.Contains(v, s.Value[:12]) {
			v += " (" + s.Value[:12] + ")"
		}
	}
	return strings.TrimSpace(v + " " + info.GoVersion)
}

func healthCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use: "health", Short: "Ask a running Accord whether it is ready",
		Long:    "Asks the running server whether it takes and answers messages. Exits with 0 if\nso, 1 if not, 2 if nobody answers.",
		Example: "  accord health\n  accord health --http-addr 127.0.0.1:9000",
	}
	addConfigFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := loadConfig(c, s)
		if err != nil {
			return err
		}
		return health(c.Context(), cfg, s.out)
	}
	return c
}

func health(ctx context.Context, cfg *config, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, localBase(cfg.HTTPAddr)+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return &problem{what: "no Accord answers on " + cfg.HTTPAddr, hint: "is it running, and is --http-addr the address it listens on?"}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return err
	}
	fmt.Fprint(out, string(body))
	if resp.StatusCode != http.StatusOK {
		return &problem{what: "Accord is running but not ready", code: exitWanting}
	}
	return nil
}
