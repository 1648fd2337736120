package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the import path of the repository's root, which lies two folders
// up from here.
const (
	module = "github.com/accord-chat/accord"
	root   = "../.."
)

// sources are one package's files without its tests, by their path from the
// root.
type sources struct {
	dir   string // from the root, with slashes
	files map[string]*ast.File
}

// each calls do for every file in the order of their names.
func (s sources) each(do func(name string, f *ast.File)) {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		do(name, s.files[name])
	}
}

// tree parses every package of the repository. Files that only some builds
// have are among them: a rule holds for all builds.
func tree(t *testing.T) (*token.FileSet, []sources) {
	t.Helper()
	set, found := token.NewFileSet(), map[string]sources{}
	repository := os.DirFS(root)
	err := fs.WalkDir(repository, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata"):
			return fs.SkipDir
		case e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(set, filepath.Join(root, filepath.FromSlash(name)), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		dir := path.Dir(name)
		if _, ok := found[dir]; !ok {
			found[dir] = sources{dir: dir, files: map[string]*ast.File{}}
		}
		found[dir].files[name] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 { // a walk that sees nothing would let everything pass
		t.Fatalf("only %d packages found under %s", len(found), root)
	}
	packages := make([]sources, 0, len(found))
	for _, dir := range slices.Sorted(maps.Keys(found)) {
		packages = append(packages, found[dir])
	}
	return set, packages
}

// within says whether name is dir or lies below it, where dir ends with
// "/..."; else whether they are the same.
func within(name, dir string) bool {
	above, below := strings.CutSuffix(dir, "/...")
	return name == above || below && strings.HasPrefix(name, above+"/")
}

func withinAny(name string, dirs []string) bool {
	return slices.ContainsFunc(dirs, func(d string) bool { return within(name, d) })
}
