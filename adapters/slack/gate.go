package slack

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

const (
	maxRequest = 1 << 20 // the largest body that is read, in bytes
	// maxBodies bounds the bodies being read at once: whoever sends one proves
	// only with its last byte that it is Slack, and holds memory until then.
	maxBodies = 64
	readTime  = 5 * time.Second // for a whole body; Slack waits three for its answer
	maxAge    = 5 * time.Minute // of a signature, either way
)

// Headers that sign a request.
const (
	signatureHeader = "X-Slack-Signature"
	stampHeader     = "X-Slack-Request-Timestamp"
)

var signatureForm = regexp.MustCompile(`^v0=[0-9a-fA-F]{64}$`)

// gate stands before the routes, which anybody can reach. It turns away by the
// headers alone whoever cannot be Slack, and reads a bounded number of bodies at
// once and for a bounded time of those who might be.
type gate struct {
	secret Token
	log    *zap.Logger
	time   time.Duration // for one body
	places chan struct{} // one for each body being read

	strangers, crowd adapters.Spell
}

func newGate(secret Token, log *zap.Logger) *gate {
	return &gate{secret: secret, log: log, time: readTime, places: make(chan struct{}, maxBodies)}
}

// refusal is the answer to a request that is not let in.
type refusal struct {
	status int
	words  string
}

// read gives the body of a request that Slack signed, or answers it.
func (g *gate) read(w http.ResponseWriter, r *http.Request, contentType string) (body []byte, ok bool) {
	// Where the deadline cannot be set the server's own must do. It comes first:
	// the server reads on behind a refusal.
	patience := http.NewResponseController(w)
	_ = patience.SetReadDeadline(time.Now().Add(g.time))
	body, no := g.admit(w, r, contentType)
	if no != nil {
		g.note(no, r.URL.Path)
		w.Header().Set("Connection", "close") // nothing more is read of a stranger
		http.Error(w, no.words, no.status)
		return nil, false
	}
	_ = patience.SetReadDeadline(time.Time{}) // it would cut the storing short
	if n := g.strangers.Over(time.Now()); n > 0 {
		g.log.Warn("requests without Slack's signature were turned away", zap.Int("count", n))
	}
	return body, true
}

// admit checks in the order of what costs us least.
func (g *gate) admit(w http.ResponseWriter, r *http.Request, contentType string) ([]byte, *refusal) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != contentType {
		return nil, &refusal{http.StatusUnsupportedMediaType, "unsupported content type"}
	}
	if !looksSigned(r.Header, time.Now()) {
		return nil, &refusal{http.StatusUnauthorized, "not signed"}
	}
	if r.ContentLength > maxRequest {
		return nil, &refusal{http.StatusRequestEntityTooLarge, "too large"}
	}
	select {
	case g.places <- struct{}{}:
		defer func() { <-g.places }()
	default:
		return nil, &refusal{http.StatusServiceUnavailable, "too many at once"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, &refusal{http.StatusRequestEntityTooLarge, "too large"}
	case err != nil:
		return nil, &refusal{http.StatusBadRequest, "cannot be read"}
	case !g.signed(r.Header, body):
		return nil, &refusal{http.StatusUnauthorized, "not signed"}
	}
	return body, nil
}

// looksSigned says whether the headers have the form of a signature that is not
// older than five minutes, nor from further ahead.
func looksSigned(h http.Header, now time.Time) bool {
	stamp, err := strconv.ParseInt(h.Get(stampHeader), 10, 64)
	first, last := now.Add(-maxAge).Unix(), now.Add(maxAge).Unix()
	return err == nil && stamp >= first && stamp <= last && signatureForm.MatchString(h.Get(signatureHeader))
}

// signed checks the signature over the raw body, in constant time, and its age.
func (g *gate) signed(h http.Header, body []byte) bool {
	v, err := slackapi.NewSecretsVerifier(h, string(g.secret))
	if err != nil {
		return false
	}
	if _, err := v.Write(body); err != nil {
		return false
	}
	return v.Ensure() == nil
}

// note logs refusals, a line for each spell of them: who knocks often would
// otherwise fill the disk.
func (g *gate) note(no *refusal, path string) {
	if no.status == http.StatusServiceUnavailable {
		if n, say := g.crowd.Note(time.Now()); say {
			g.log.Warn("too many requests are being read at once; Slack has to come again", zap.Int("count", n))
		}
		return
	}
	if n, say := g.strangers.Note(time.Now()); say {
		g.log.Warn("a request without Slack's signature was turned away",
			zap.String("path", path), zap.Int("status", no.status), zap.Int("count", n))
	}
}
