package sqlite_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain runs the suite, or plays the process that crash_test.go kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(playVictim(dir))
	}
	goleak.VerifyTestMain(m)
}
