//go:build linux || darwin

package main

import "syscall"

// freeSpace is how many bytes may still be written to the disk of a folder.
func freeSpace(dir string) (int64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil //nolint:unconvert // their types differ between systems
}

// privately makes everything this process creates readable by its own user
// alone, also in the moment before a mode is set.
func privately() { syscall.Umask(0o077) }
