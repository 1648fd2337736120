package main_test

import (
	"debug/elf"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// containerUser runs the program in the image, and here where we may choose.
const containerUser = 65532

// TestInAnEmptyFolder runs the static binary where there is nothing but itself
// and a data folder: no libraries, no zones, no /etc, no /dev, no /tmp. That is
// what the container image is.
func TestInAnEmptyFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cell := filepath.Join(dir, "cell")
	if err := errors.Join(os.Chmod(dir, 0o755), os.Mkdir(cell, 0o755), os.Mkdir(filepath.Join(cell, "data"), 0o700)); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(cell, "accord")
	// A whole build may take its time on a busy machine: go test bounds it.
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	static(t, program)
	jail := jailIn(t, cell)
	out, err := jail(exec.CommandContext(deadline(t), program, "version")).CombinedOutput()
	if denied(err) { // a machine that lets nobody but root do it: what is left to try is tried
		jail = func(c *exec.Cmd) *exec.Cmd { c.Dir = cell; return c }
		out, err = jail(exec.CommandContext(deadline(t), program, "version")).CombinedOutput()
	}
	if err != nil || !strings.HasPrefix(string(out), "accord ") {
		t.Fatalf("accord version: %v\n%s", err, out)
	}
	log := &buffer{}
	env := []string{"ACCORD_DATA=data", "ACCORD_HTTP_ADDR=127.0.0.1:0", "ACCORD_TIMEZONE=Asia/Taipei", "ZONEINFO=/nowhere"}
	p := spawnAs(t, jail, launch{program: program, env: env, log: log})
	t.Cleanup(p.kill)
	if !p.up(deadline(t)) {
		t.Fatalf("accord serve ended: %v\n%s", p.err, log)
	}
	for _, path := range []string{"/healthz", "/chat"} {
		if code, body := fetch(deadline(t), p.base+path); code != http.StatusOK || body == "" {
			t.Errorf("%s answers %d", path, code)
		}
	}
	if code, _ := p.stop(); code != 0 {
		t.Errorf("it ended with code %d\n%s", code, log)
	}
	if left, err := os.ReadDir(cell); err != nil || len(left) != 2 {
		t.Errorf("beside its data it left %v, err %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(cell, "data", "accord.db")); err != nil {
		t.Error(err)
	}
}

// static holds that a program asks for no interpreter and no library.
func static(t *testing.T, program string) {
	t.Helper()
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	libraries, err := f.ImportedLibraries()
	if err != nil || len(libraries) > 0 {
		t.Errorf("it needs %v, err %v", libraries, err)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("it needs an interpreter")
		}
	}
}

// denied says whether the system does not let us make a user namespace.
func denied(err error) bool {
	return os.Getuid() != 0 && (errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) ||
		errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSYS))
}

// jailIn gives a function that makes a command see dir as all there is. Root
// does that by itself, and goes on as somebody who may do nothing; others need
// a user namespace for it.
func jailIn(t *testing.T, dir string) func(*exec.Cmd) *exec.Cmd {
	t.Helper()
	sys := syscall.SysProcAttr{Chroot: dir}
	if os.Getuid() == 0 {
		sys.Credential = &syscall.Credential{Uid: containerUser, Gid: containerUser}
		if err := os.Chown(filepath.Join(dir, "data"), containerUser, containerUser); err != nil {
			t.Fatal(err)
		}
	} else {
		sys.Cloneflags = syscall.CLONE_NEWUSER
		sys.UidMappings = []syscall.SysProcIDMap{{ContainerID: containerUser, HostID: os.Getuid(), Size: 1}}
		sys.GidMappings = []syscall.SysProcIDMap{{ContainerID: containerUser, HostID: os.Getgid(), Size: 1}}
	}
	return func(c *exec.Cmd) *exec.Cmd {
		own := sys
		c.SysProcAttr, c.Dir = &own, "/"
		if c.Path, c.Err = strings.TrimPrefix(c.Path, dir), nil; c.Env == nil {
			c.Env = []string{}
		}
		return c
	}
}
