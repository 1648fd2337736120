package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Free space below which it is time to act, in bytes. A full disk stops
// everything: nothing is acknowledged that cannot be stored.
const (
	littleSpace = 1 << 30
	noSpace     = 100 << 20
)

// folder looks at ACCORD_DATA without changing it, but for a file it writes
// and takes away again: only writing shows that writing works. It says whether
// it makes sense to look into it.
func (d *checkup) folder() bool {
	const what = "data folder"
	info, err := os.Stat(d.cfg.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.unmade()
		return true
	case err != nil:
		d.add(what, gradeWrong, err.Error(), "--data or ACCORD_DATA must name a folder of the user who runs accord")
		return false
	case !info.IsDir():
		d.add(what, gradeWrong, d.cfg.Data+" is no folder", "--data or ACCORD_DATA must name a folder")
		return false
	}
	f, err := os.CreateTemp(d.cfg.Data, ".doctor-*")
	if err != nil {
		d.add(what, gradeWrong, "nothing can be written into "+d.cfg.Data+": "+cause(err), "run this as the user who runs accord; the folder must belong to that user")
		return true
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		d.add(what, gradeWrong, cause(err), "is the disk in order?")
		return true
	}
	if others := info.Mode().Perm() & 0o077; others != 0 {
		p := ajar(d.cfg.Data, info)
		d.add(what, gradeWarn, p.what, p.hint)
	} else {
		d.add(what, gradeOK, d.cfg.Data+", writable, closed to others", "")
	}
	d.space()
	return true
}

// unmade judges whether the first start can make the folder: in the nearest
// one above it that is there.
func (d *checkup) unmade() {
	const what = "data folder"
	above, err := filepath.Abs(d.cfg.Data)
	for err == nil {
		above = filepath.Dir(above)
		if _, serr := os.Stat(above); !errors.Is(serr, fs.ErrNotExist) {
			break
		}
	}
	if err == nil {
		var probe string
		if probe, err = os.MkdirTemp(above, ".doctor-*"); err == nil {
			err = os.Remove(probe)
		}
	}
	if err != nil {
		d.add(what, gradeWrong, fmt.Sprintf("%s is not there, and cannot be made in %s: %s", d.cfg.Data, above, cause(err)),
			"run this as the user who runs accord; --data or ACCORD_DATA must name a folder that user can make")
		return
	}
	d.add(what, gradeOK, d.cfg.Data+" is not there yet; the first start makes it", "")
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
