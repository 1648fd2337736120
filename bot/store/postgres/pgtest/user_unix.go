//go:build unix

package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// person is as whom the server runs; nil = as we do.
type person struct{ uid, gid int }

// somebody gives an unprivileged user where we are root: a server refuses to
// run as root.
func somebody() (*person, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // nil means "as we are"
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errU := strconv.Atoi(u.Uid)
		gid, errG := strconv.Atoi(u.Gid)
		if errU == nil && errG == nil {
			return &person{uid: uid, gid: gid}, nil
		}
	}
	return nil, fmt.Errorf("no unprivileged user to run the server as")
}

// give hands a folder over.
func (p *person) give(path string) error {
	if p == nil {
		return nil
	}
	return os.Chown(path, p.uid, p.gid)
}

// as lets cmd run as p.
func (p *person) as(cmd *exec.Cmd) {
	if p == nil {
		return
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(p.uid), Gid: uint32(p.gid)}
}
