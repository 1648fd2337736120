package flow

import (
	"fmt"
	"io"
	"io/fs"
)

// maxFiles is the most files a flow folder may have.
const maxFiles = 200

// ReadFS reads a flow folder's files. Others are left alone, but a name that
// looks like a mistyped one of ours is taken up without content, so that
// [Parse] can point at it. A link or anything else that is no regular file is
// refused, and so are files larger than 1 MiB and folders of more than 200.
func ReadFS(fsys fs.FS) (Files, error) {
	files := Files{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (name[0] == '.' || deep(name)):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		role, _, _ := roleOf(name)
		if role == foreign {
			return nil
		}
		if len(files) == maxFiles {
			return fmt.Errorf("more than %d files", maxFiles)
		}
		if role == misnamed {
			files[name] = nil
			return nil
		}
		files[name], err = readFile(fsys, name, entry)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read flow folder: %w", err)
	}
	return files, nil
}

// deep says whether a folder lies below the ones a flow has.
func deep(name string) bool {
	for i := range len(name) {
		if name[i] == '/' {
			return true
		}
	}
	return false
}

func readFile(fsys fs.FS, name string, entry fs.DirEntry) (content []byte, err error) {
	if !entry.Type().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("not a regular file")}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	// What is opened may differ from what the folder listed a moment ago.
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("not a regular file")}
	}
	content, err = io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("larger than %d bytes", maxFile)}
	}
	return content, nil
}
