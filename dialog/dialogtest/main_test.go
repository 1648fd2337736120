package dialogtest_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws the same inputs in every run, so that a change is judged by what
// it changes. Other inputs are drawn with -rapid.seed=N, and more of them with
// -rapid.checks=N.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == "0" {
		if err := flag.Set("rapid.seed", "20261122"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
