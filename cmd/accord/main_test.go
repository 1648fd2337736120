package main_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// built is the program these tests are about: the real one, built once for all
// of them, because what is tested here is what people start. cache is a setting
// that lets what one has learned from a flow serve the others.
var built struct{ dir, accord, cache string }

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	flag.Parse()
	sideBySide()
	dir, err := os.MkdirTemp("", "accord-built-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	built.dir, built.cache = filepath.Join(dir, "bin"), "XDG_CACHE_HOME="+filepath.Join(dir, "cache")
	if built.accord, err = build(built.dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := learnOnce(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// learnOnce lets one program learn from the flow that most tests serve. Dozens
// that start at once would else learn the same side by side.
func learnOnce() error {
	c := exec.Command(built.accord, "intents", "read") //nolint:noctx // it ends with its input
	c.Env = []string{"HOME=/", built.cache}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("learning the flow: %w\n%s", err, out)
	}
	return nil
}

// sideBySide lets these tests run in parallel beyond the number of processors,
// unless the command line says otherwise: they mostly wait for the limits that
// platforms set and the program keeps.
func sideBySide() {
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		_ = flag.Set("test.parallel", "16") // the flag is there, or there is no testing
	}
}

// build puts the program into dir and gives its path.
func build(dir string, more ...string) (string, error) {
	path := filepath.Join(dir, "accord")
	args := append([]string{"build", "-o", path}, more...)
	out, err := exec.Command("go", append(args, ".")...).CombinedOutput() //nolint:noctx // go test ends it
	if err != nil {
		return "", fmt.Errorf("building accord %s: %w\n%s", strings.Join(more, " "), err, out)
	}
	return path, nil
}
