package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestEveryPackageIsExplained holds the first thing a reader meets: what a
// package is for, what to use first, what it will not do. That takes more than
// a line.
func TestEveryPackageIsExplained(t *testing.T) {
	const least = 3
	_, packages := tree(t)
	for _, p := range packages {
		explained := map[string]int{}
		p.each(func(name string, f *ast.File) {
			if f.Doc != nil {
				explained[name] = worded(f.Doc.Text())
			}
		})
		if len(explained) > 1 {
			t.Errorf("%s is explained in %d files; one is read, the others are missed", p.dir, len(explained))
		}
		longest := 0
		for _, n := range explained {
			longest = max(longest, n)
		}
		if longest < least {
			t.Errorf("%s: its package comment has %d lines; what is it for, what is used first, what will it not do?", p.dir, longest)
		}
	}
}

func TestLinesOfAComment(t *testing.T) {
	f := parsed(t, token.NewFileSet(), "// One.\n//\n// Two\n// and on.\npackage p")
	if got := worded(f.Doc.Text()); got != 3 {
		t.Errorf("got %d lines, want 3", got)
	}
}

// worded counts lines with words in them.
func worded(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

func parsed(t *testing.T, set *token.FileSet, text string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(set, "p.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
