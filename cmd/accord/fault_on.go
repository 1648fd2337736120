//go:build accordfault

package main

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// faultHook lets a crash test kill the process at a named point, as if the
// power had gone: ACCORD_FAULT="outbox.sent:3" dies on the third pass of that
// point. Only binaries built with the tag accordfault have it.
func faultHook() func(string) {
	point, count, _ := strings.Cut(os.Getenv("ACCORD_FAULT"), ":")
	if point == "" {
		return nil
	}
	left, err := strconv.Atoi(count)
	if err != nil {
		left = 1
	}
	var passed atomic.Int64
	return func(p string) {
		if p == point && passed.Add(1) == int64(left) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // nothing may happen between the signal and the end
		}
	}
}
