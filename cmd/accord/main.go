// Command accord runs Accord, a chatbot backend that manages what a customer
// expects. `accord serve` is the whole service in one process; the other
// commands try flows, check them, and look after an installation.
//
// This package is the only place where everything meets: it reads the
// configuration, builds the parts and connects them. No other package reads
// the environment.
//
// Every command exits with 0 (fine), 1 (found wanting) or 2 (could not run),
// and reports trouble as an "error:" line that says what happened and, where
// there is something to try, a "hint:" line.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones are known on machines that have no tz database
)

func main() {
	privately()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], system())
	stop()
	os.Exit(code)
}
