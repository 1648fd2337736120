//go:build !linux

package pgtest

import "os/exec"

// dieWithUs can do nothing here: a test that is killed leaves its server.
func dieWithUs(*exec.Cmd) {}
