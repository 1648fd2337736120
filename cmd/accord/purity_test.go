package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pure are the packages whose functions give the same result for the same
// arguments, always: a conversation is replayed from its journal to the
// letter, and that is only possible if neither the clock, nor chance, nor
// anything remembered takes part. intents is among them because a reading is
// part of what is replayed when a flow is tried on recorded conversations.
var pure = []string{"dialog/...", "intents/..."}

// notPure are packages below those that are for tests or for measuring, and the
// one that asks a language model elsewhere: what it answers is in the journal.
var notPure = []string{"dialog/dialogtest", "dialog/flow/flowtest", "intents/intentstest", "intents/eval", "intents/remote/..."}

// impure are packages a pure one has no use for.
var impure = []string{
	"os/...", "net/...", "log/...", "math/rand/...", "crypto/rand", "database/sql/...", "syscall",
	"runtime/...", "sync/atomic", "testing/...", "path/filepath", "unsafe", "go.uber.org/zap/...",
}

// clock are the functions of package time that ask what time it is, or wait.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

func TestPurePackages(t *testing.T) {
	set, packages := tree(t)
	checked := 0
	for _, p := range packages {
		if !withinAny(p.dir, pure) || withinAny(p.dir, notPure) {
			continue
		}
		checked++
		c := check(set, p)
		p.each(func(name string, f *ast.File) {
			for _, imported := range imports(f) {
				if withinAny(imported, impure) && imported != "net/url" { // it reads texts and opens nothing
					t.Errorf("%s imports %s; %s is pure", name, imported, p.dir)
				}
			}
			for _, what := range c.impurities(f) {
				t.Error(what)
			}
		})
	}
	if checked < 8 {
		t.Errorf("only %d pure packages were found", checked)
	}
}

// TestPurityIsChecked shows the check what it is there to find.
func TestPurityIsChecked(t *testing.T) {
	for _, body := range []string{
		`func f() { _ = clock.Now() }`,
		`func f() { g := clock.Since; _ = g }`,
		`func f() { go f() }`,
		`func init() {}`,
		`var n int; func f() { n = 1 }`,
		`var n int; func f() { n++ }`,
		`var m = map[string]int{}; func f() { m["a"] = 1 }`,
		`var m = map[string]int{}; func f() { delete(m, "a") }`,
		`var m = map[string]int{}; func f() { clear(m) }`,
		`var v struct{ n int }; func f() { v.n = 1 }`,
		`var n int; func f() *int { return &n }`,
		`var mu sync.Mutex`,
		`var cache = make(map[string]int)`,
		`var seen = load()`,
		`var pool = &sync.Pool{}`,
	} {
		if got := checkText(t, body); len(got) == 0 {
			t.Errorf("nothing was found in: %s", body)
		}
	}
	for _, body := range []string{
		`var m = map[string]int{"a": 1}; func f() int { m := map[string]int{}; m["b"] = 2; return m["b"] }`,
		`var form = regexp.MustCompile("a"); func f() bool { return form.MatchString("a") }`,
		`var tables = sync.OnceValue(load)`,
		`var wait = 2 * clock.Second`,
	} {
		if got := checkText(t, body); len(got) > 0 {
			t.Errorf("%v was found in: %s", got, body)
		}
	}
}

// checked is a package with its names resolved.
type checked struct {
	set  *token.FileSet
	pkg  *types.Package
	info *types.Info
}

// check resolves the names of one package. What it imports is left empty: only
// where a name comes from matters here, and errors over the rest are expected.
func check(set *token.FileSet, p sources) *checked {
	c := &checked{set: set, info: &types.Info{Uses: map[*ast.Ident]types.Object{}}}
	var files []*ast.File
	p.each(func(_ string, f *ast.File) { files = append(files, f) })
	conf := types.Config{Importer: hollow{}, Error: func(error) {}}
	c.pkg, _ = conf.Check(p.dir, set, files, c.info)
	return c
}

// hollow imports packages with a name and nothing in them.
type hollow struct{}

var major = regexp.MustCompile(`^v\d+$`)

func (hollow) Import(imported string) (*types.Package, error) {
	name := path.Base(imported)
	if major.MatchString(name) {
		name = path.Base(path.Dir(imported))
	}
	p := types.NewPackage(imported, name)
	p.MarkComplete()
	return p, nil
}

// impurities lists what a pure package must not hold, with its place.
func (c *checked) impurities(f *ast.File) []string {
	var found []string
	add := func(n ast.Node, what string) {
		found = append(found, c.set.Position(n.Pos()).String()+": "+what)
	}
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			c.variables(g, add)
		}
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			add(fn, "an init function")
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		c.node(n, add)
		return true
	})
	return found
}

func (c *checked) node(n ast.Node, add func(ast.Node, string)) {
	switch n := n.(type) {
	case *ast.GoStmt:
		add(n, "a goroutine")
	case *ast.SelectorExpr:
		if from, name := c.foreign(n); from == "time" && slices.Contains(clock, name) {
			add(n, "time."+name+": time comes in with the input")
		}
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			c.changed(left, add)
		}
	case *ast.IncDecStmt:
		c.changed(n.X, add)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.changed(n.X, add)
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "delete" || f.Name == "clear") && len(n.Args) > 0 {
			c.changed(n.Args[0], add)
		}
	}
}

// changed reports an expression that reaches into a variable of the package.
func (c *checked) changed(x ast.Expr, add func(ast.Node, string)) {
	switch x := x.(type) {
	case *ast.IndexExpr:
		c.changed(x.X, add)
	case *ast.SelectorExpr:
		c.changed(x.X, add)
	case *ast.StarExpr:
		c.changed(x.X, add)
	case *ast.ParenExpr:
		c.changed(x.X, add)
	case *ast.Ident:
		if v, ok := c.info.Uses[x].(*types.Var); ok && v.Parent() == c.pkg.Scope() {
			add(x, "the package's variable "+x.Name+" is changed, or may be")
		}
	}
}

// makers are the functions that may make a package's variable: what they give
// cannot be changed from outside. OnceValue is a table that is read on first
// use and is the same ever after.
var makers = []string{"regexp.MustCompile", "errors.New", "sync.OnceValue", "sync.OnceValues", "strings.NewReplacer"}

// variables checks a package's variables: each must be fixed from the start.
func (c *checked) variables(g *ast.GenDecl, add func(ast.Node, string)) {
	for _, s := range g.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if len(v.Values) == 0 && !embedded(g, v) {
			add(v, "a variable that starts empty can only be filled later")
		}
		for _, x := range v.Values {
			if call, ok := x.(*ast.CallExpr); ok && !c.made(call.Fun) {
				add(call, "a variable made by a call may remember things")
			}
			c.guards(x, add)
		}
		if v.Type != nil {
			c.guards(v.Type, add)
		}
	}
}

// embedded says whether the compiler fills the variable from a file.
func embedded(g *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{g.Doc, v.Doc} {
		if doc == nil {
			continue
		}
		for _, line := range doc.List {
			if strings.HasPrefix(line.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

// guards reports what is only needed around something that changes.
func (c *checked) guards(x ast.Expr, add func(ast.Node, string)) {
	ast.Inspect(x, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && !c.made(s) {
			if from, name := c.foreign(s); from == "sync" {
				add(s, "sync."+name+" guards something that changes")
			}
		}
		return true
	})
}

// made says whether x is one of makers.
func (c *checked) made(x ast.Expr) bool {
	if g, ok := x.(*ast.IndexExpr); ok { // a generic function with its type
		x = g.X
	}
	s, ok := x.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, name := c.foreign(s)
	return slices.Contains(makers, from+"."+name)
}

// foreign says which package's name s is; from is "" where it is no package's.
func (c *checked) foreign(s *ast.SelectorExpr) (from, name string) {
	if id, ok := s.X.(*ast.Ident); ok {
		if p, ok := c.info.Uses[id].(*types.PkgName); ok {
			return p.Imported().Path(), s.Sel.Name
		}
	}
	return "", s.Sel.Name
}

func checkText(t *testing.T, body string) []string {
	t.Helper()
	set := token.NewFileSet()
	text := strings.Join([]string{"package p", `import clock "time"`, `import "regexp"`, `import "sync"`, body}, "\n")
	f := parsed(t, set, text)
	return check(set, sources{dir: "p", files: map[string]*ast.File{"p.go": f}}).impurities(f)
}
