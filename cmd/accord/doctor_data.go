package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Free space below which it is time to act, in bytes. A full disk stops
// everything: nothing is acknowledged that cannot be stored.
const (
	littleSpace = 1 << 30
	noSpace     = 100 << 20
)

// folder looks at ACCORD_DATA without changing it, but for a file it writes
// and takes away again: only writing shows that writing works.
func (d *checkup) folder() {
	const what = "data folder"
	info, err := os.Stat(d.cfg.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.add(what, gradeOK, d.cfg.Data+" is not there yet; the first start makes it", "")
		return
	case err != nil:
		d.add(what, gradeWrong, err.Error(), "--data or ACCORD_DATA must name a folder of the user who runs accord")
		return
	case !info.IsDir():
		d.add(what, gradeWrong, d.cfg.Data+" is no folder", "--data or ACCORD_DATA must name a folder")
		return
	}
	f, err := os.CreateTemp(d.cfg.Data, ".doctor-*")
	if err != nil {
		d.add(what, gradeWrong, "nothing can be written into "+d.cfg.Data+": "+cause(err), "run this as the user who runs accord; the folder must belong to that user")
		return
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		d.add(what, gradeWrong, cause(err), "is the disk in order?")
		return
	}
	if others := info.Mode().Perm() & 0o077; others != 0 {
		d.add(what, gradeWarn, fmt.Sprintf("%s is open to other users of this machine (mode %04o)", d.cfg.Data, info.Mode().Perm()), "chmod 700 "+d.cfg.Data)
	} else {
		d.add(what, gradeOK, d.cfg.Data+", writable, closed to others", "")
	}
	d.space()
}

func (d *checkup) space() {
	free, err := freeSpace(d.cfg.Data)
	hint := fmt.Sprintf("make room on the disk of %s; backups belong elsewhere", d.cfg.Data)
	switch says := size(free) + " free"; {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		d.add("disk space", gradeWarn, "cannot be found out: "+cause(err), "")
	case free < noSpace:
		d.add("disk space", gradeWrong, says, hint)
	case free < littleSpace:
		d.add("disk space", gradeWarn, says, hint)
	default:
		d.add("disk space", gradeOK, says, "")
	}
}

// size is a number of bytes for people.
func size(n int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 40, "TiB"}, {1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= unit.bytes {
			return fmt.Sprintf("%.1f %s", float64(n)/float64(unit.bytes), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
