package main_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait. It is far longer than anything takes, so that a
// busy machine does not fail a test, and short enough to be waited for.
const patience = 40 * time.Second

func deadline(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// complainer is what a process needs of a test, or of a script.
type complainer interface {
	Helper()
	Error(args ...any)
	Fatal(args ...any)
}

// process is one running `accord serve`.
type process struct {
	t       complainer
	cmd     *exec.Cmd
	base    string        // http://host:port
	address chan string   // the base, once printed
	ended   chan struct{} // closed when it has ended and was waited for
	err     error         // of Wait; read after ended
	out     buffer        // standard output
	log     *buffer       // standard error, which outlives the process
}

// buffer is a bytes.Buffer that may be read while a process writes to it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// launch is how a process is to be started.
type launch struct {
	program string
	dir     string   // "" = this folder
	env     []string // all of it
	args    []string // of serve
	log     *buffer  // takes standard error
}

// spawn starts the program. It does not wait for anything.
func spawn(t complainer, l launch) *process {
	t.Helper()
	return spawnAs(t, func(c *exec.Cmd) *exec.Cmd { return c }, l)
}

// spawnAs is spawn with a last change to the command.
func spawnAs(t complainer, change func(*exec.Cmd) *exec.Cmd, l launch) *process {
	t.Helper()
	p := &process{t: t, address: make(chan string, 1), ended: make(chan struct{}), log: l.log}
	p.cmd = exec.Command(l.program, append([]string{"serve"}, l.args...)...) //nolint:noctx // it is ended by the signals under test
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = l.dir, l.env, l.log
	p.cmd = change(p.cmd)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.watch(out)
	return p
}

// watch reads what is printed until the process ends.
func (p *process) watch(out io.Reader) {
	defer close(p.ended)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, _ = p.out.Write(append(lines.Bytes(), '\n'))
		if chat, ok := strings.CutPrefix(lines.Text(), "web chat:"); ok {
			p.address <- strings.TrimSuffix(strings.TrimSpace(chat), "/chat")
		}
	}
	p.err = p.cmd.Wait()
}

// up waits for the printed address and until the program calls itself ready.
// It says false where the process ended instead.
func (p *process) up(ctx context.Context) bool {
	p.t.Helper()
	select {
	case p.base = <-p.address:
	case <-p.ended:
		return false
	case <-ctx.Done():
		p.t.Fatal("no address was printed")
	}
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		if code, _ := fetch(ctx, p.base+"/readyz"); code == http.StatusOK {
			tick.Stop()
			return true
		}
		select {
		case <-tick.C:
		case <-p.ended:
			return false
		case <-ctx.Done():
			p.t.Fatal("never ready")
		}
	}
}

// fetch gets an address; code 0 means that nobody answered.
func fetch(ctx context.Context, url string) (code int, body string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err.Error()
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(b)
}

// kill ends the process as a power cut would. Killing one that has ended is
// fine.
func (p *process) kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	<-p.ended
}

// stop asks the process to end and gives its exit code and how long it took.
func (p *process) stop() (code int, took time.Duration) {
	p.t.Helper()
	start := time.Now()
	p.signal(syscall.SIGTERM)
	return p.wait(), time.Since(start)
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Error(err)
	}
}

// wait gives the exit code, -1 where a signal ended it.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.signal(syscall.SIGQUIT) // for its stacks
		<-p.ended
		p.t.Error("the process did not end when it was asked to")
	}
	return p.cmd.ProcessState.ExitCode()
}
