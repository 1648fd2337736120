package postgres_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
)

// TestMain runs the suite, or plays the process that crash_test.go kills.
func TestMain(m *testing.M) {
	if url := os.Getenv(childURL); url != "" {
		os.Exit(playVictim(url))
	}
	goleak.VerifyTestMain(pgtest.Run(m))
}
