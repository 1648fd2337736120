package pgtest

import (
	"os/exec"
	"syscall"
)

// dieWithUs ends cmd when the thread that starts it ends: a test that is killed
// leaves no server behind.
func dieWithUs(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
}
