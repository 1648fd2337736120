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
// of them, because what is tested here is what people start.
var built struct{ dir, accord string }

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
	built.dir = filepath.Join(dir, "bin")
	if built.accord, err = build(built.dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
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
