package facts_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
)

const canary = "s3cret-canary-token"

// shop is a service that is asked, and the provider that asks it.
type shop struct {
	*httptest.Server
	asked atomic.Int32
	facts.Provider
}

// open makes a shop that answers with serve; change edits the look-up's text.
func open(t *testing.T, serve http.HandlerFunc, change func(string) string, allow ...string) *shop {
	t.Helper()
	s := &shop{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		serve(w, r)
	}))
	t.Cleanup(s.Close)
	if allow == nil {
		allow = []string{s.Listener.Addr().String()}
	}
	p, err := provider(t, lookup(s.URL), change, allow)
	if err != nil {
		t.Fatal(err)
	}
	s.Provider = p
	return s
}

func lookup(base string) string {
	return `lookup:
  slot: order
  key: order
  whose: customer
  http:
    url: "` + base + `/orders/{order}?who={customer}"
    headers: {Authorization: "Bearer {secret:SHOP_TOKEN}", X-Who: "{customer}"}
    timeout: 300ms
    denied: [410]
    answer:
      item: item.name
      price: {from: lines.0.total}
      status: {from: state, map: {SHIPPED: shipped}}
      customer: owner
`
}

func provider(t *testing.T, text string, change func(string) string, allow []string) (facts.Provider, error) {
	t.Helper()
	if change != nil {
		text = change(text)
	}
	f := asking(t, text)
	guard, err := facts.ParseGuard(allow)
	if err != nil {
		t.Fatal(err)
	}
	return facts.For(f, facts.Config{Guard: guard, Secret: func(name string) (string, bool) { return canary, name == "SHOP_TOKEN" }})
}

// asking is the small flow with this look-up in the place of its own.
func asking(t *testing.T, lookup string) *flow.Flow {
	t.Helper()
	f, err := flow.Parse(flowtest.WithLookup(lookup))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const whole = `{"item": {"name": "white\u202e lamp"}, "lines": [{"total": 42.50}], "state": "SHIPPED", "owner": "telegram:7", "extra": [1, 2]}`

func says(code int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

// TestAServiceIsAsked: what goes over the wire, and what comes of the answer.
func TestAServiceIsAsked(t *testing.T) {
	var got *http.Request
	s := open(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		says(200, "application/json; charset=utf-8", whole)(w, r)
	}, nil)
	fact, err := s.LookUp(t.Context(), facts.Query{Key: "48 2/13?x=1&y", Customer: "telegram:7"})
	if err != nil {
		t.Fatal(err)
	}
	want := dialog.Fact{Key: "48 2/13?x=1&y", Found: true, Row: map[string]string{
		"item": "white[U+202E] lamp", "price": "42.50", "status": "shipped", "customer": "telegram:7"}}
	if d := cmp.Diff(want, fact); d != "" {
		t.Error(d)
	}
	if got.URL.EscapedPath() != "/orders/48%202%2F13%3Fx%3D1%26y" || got.URL.Query().Get("who") != "telegram:7" || len(got.URL.Query()) != 1 {
		t.Errorf("asked for %s", got.URL)
	}
	if got.Header.Get("Authorization") != "Bearer "+canary || got.Header.Get("X-Who") != "telegram:7" || got.Method != http.MethodGet {
		t.Errorf("%s %v", got.Method, got.Header)
	}
}

// TestWhatAServiceMaySay: each answer is told apart, and only what may help is
// tried again.
func TestWhatAServiceMaySay(t *testing.T) {
	big := `{"item": {"name": "` + strings.Repeat("x", 1<<20) + `"}}`
	for name, c := range map[string]struct {
		serve   http.HandlerFunc
		want    dialog.Fact
		tries   int32
		failure string
	}{
		"found":           {says(200, "application/json", whole), dialog.Fact{Found: true}, 1, ""},
		"not there":       {says(404, "text/html", "<h1>no</h1>"), dialog.Fact{}, 1, ""},
		"theirs no more":  {says(410, "text/plain", ""), dialog.Fact{Trouble: dialog.FactNotTheirs}, 1, ""},
		"somebody else's": {says(200, "application/json", `{"owner": "telegram:8", "item": {"name": "secret"}}`), dialog.Fact{Trouble: dialog.FactNotTheirs}, 1, ""},
		"nobody's":        {says(200, "application/json", `{"state": "new"}`), dialog.Fact{Found: true, Unverified: true}, 1, ""},
		"shared":          {says(200, "application/json", `{"owner": "slack:1 telegram:7"}`), dialog.Fact{Found: true}, 1, ""},
		"broken":          {says(500, "text/plain", ""), dialog.Fact{Trouble: dialog.FactUnreachable}, 3, "answers 500"},
		"too often":       {says(429, "text/plain", ""), dialog.Fact{Trouble: dialog.FactUnreachable}, 3, "answers 429"},
		"a wrong secret":  {says(401, "text/plain", ""), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "answers 401"},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		}, dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "answers 302"},
		"a page":               {says(200, "text/html", whole), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "not JSON"},
		"nonsense":             {says(200, "application/json", `{"item": `), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "not JSON"},
		"two answers":          {says(200, "application/json", whole+whole), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "more than one"},
		"of another shape":     {says(200, "application/json", `{"item": {"name": ["lamp"]}}`), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "no plain value at item.name"},
		"far too much":         {says(200, "application/json", big), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "too large"},
		"a list":               {says(200, "application/json", `[]`), dialog.Fact{Found: true, Unverified: true}, 1, ""},
		"hanging":              {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, dialog.Fact{Trouble: dialog.FactUnreachable}, 3, "did not answer in time"},
		"breaking off":         {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, dialog.Fact{Trouble: dialog.FactUnreachable}, 3, "broke the connection off"},
		"a bad way on":         {raw("HTTP/1.1 302 Found\r\nLocation: http://login.example/%%zz?next=PATH&who=WHO\r\n\r\n"), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "not HTTP that can be read"},
		"a header that echoes": {raw("HTTP/1.1 200 OK\r\nLocation tok=AUTH PATH\r\n\r\n"), dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "not HTTP that can be read"},
		"half and then off":    {half, dialog.Fact{Trouble: dialog.FactUnreachable}, 1, "broke off"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, c.serve, nil)
			fact, err := s.LookUp(t.Context(), facts.Query{Key: "48213-private", Customer: "telegram:7"})
			c.want.Key = "48213-private"
			fact.Row = nil
			if d := cmp.Diff(c.want, fact); d != "" {
				t.Error(d)
			}
			if n := s.asked.Load(); n != c.tries {
				t.Errorf("asked %d times", n)
			}
			said := fmt.Sprint(err)
			if (err != nil) != (c.failure != "") || !strings.Contains(said, c.failure) {
				t.Errorf("says %q", said)
			}
			for _, private := range []string{canary, "48213", "telegram:7", s.URL} {
				if strings.Contains(said, private) {
					t.Errorf("%q holds %q", said, private)
				}
			}
		})
	}
}

// raw answers with bytes that hold what was asked.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = fmt.Fprint(c, strings.NewReplacer("%%", "%", "PATH", r.URL.Path, "WHO", r.URL.Query().Get("who"), "AUTH", r.Header.Get("Authorization")).Replace(answer))
		_ = c.Close()
	}
}

func half(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"item":`))
}

// TestSomebodyElsesRowIsNotHandedOut: not even for a moment.
func TestSomebodyElsesRowIsNotHandedOut(t *testing.T) {
	s := open(t, says(200, "application/json", whole), nil)
	for _, who := range []message.UserRef{"telegram:8", "", "telegram:77"} {
		if fact, err := s.LookUp(t.Context(), facts.Query{Key: "1", Customer: who}); err != nil || fact.Row != nil || fact.Found {
			t.Errorf("%q: %+v, %v", who, fact, err)
		}
	}
}

// TestAddressesOfOurOwnNetworkAreRefused: the zero guard lets nobody in here.
func TestAddressesOfOurOwnNetworkAreRefused(t *testing.T) {
	s := open(t, says(200, "application/json", whole), nil, "10.0.0.0/8")
	fact, err := s.LookUp(t.Context(), facts.Query{Key: "1", Customer: "telegram:7"})
	if fact.Trouble != dialog.FactUnreachable || err == nil || !strings.Contains(err.Error(), "not a public address") {
		t.Errorf("%+v, %v", fact, err)
	}
	// A name that leads here is refused when it is connected to.
	p, err := provider(t, lookup(strings.Replace(s.URL, "127.0.0.1", "localhost", 1)), nil, []string{"10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	if fact, err = p.LookUp(t.Context(), facts.Query{Key: "1"}); fact.Trouble != dialog.FactUnreachable || err == nil {
		t.Errorf("%+v, %v", fact, err)
	}
	if n := s.asked.Load(); n != 0 {
		t.Errorf("reached %d times", n)
	}
}

// TestTextsThatAreNoNumber: they would lead elsewhere on the way.
func TestTextsThatAreNoNumber(t *testing.T) {
	s := open(t, says(200, "application/json", whole), nil)
	for _, key := range []string{"", ".", "..", "...", "1\r\nHost: evil", "\x00"} {
		if fact, err := s.LookUp(t.Context(), facts.Query{Key: key}); err == nil || fact.Trouble != dialog.FactUnreachable {
			t.Errorf("%q: %+v", key, fact)
		}
	}
	if n := s.asked.Load(); n != 0 {
		t.Errorf("asked %d times", n)
	}
}

// TestPostedQuestions: a body is JSON whatever the customer wrote.
func TestPostedQuestions(t *testing.T) {
	var body string
	s := open(t, func(w http.ResponseWriter, r *http.Request) {
		b := new(strings.Builder)
		_, _ = fmt.Fprint(b, r.Method, " ", r.Header.Get("Content-Type"), " ")
		buf := make([]byte, 1000)
		n, _ := r.Body.Read(buf)
		body = b.String() + string(buf[:n])
		says(200, "application/vnd.shop+json", whole)(w, r)
	}, func(text string) string {
		return strings.Replace(text, "    timeout:", "    method: POST\n    body: '{\"no\": \"{order}\"}'\n    timeout:", 1)
	})
	if fact, err := s.LookUp(t.Context(), facts.Query{Key: `1", "admin": "yes`, Customer: "telegram:7"}); err != nil || !fact.Found {
		t.Fatal(fact, err)
	}
	if want := `POST application/json {"no": "1\", \"admin\": \"yes"}`; body != want {
		t.Errorf("sent %s", body)
	}
}

// TestAnswersAreKeptForTheirCustomer: and for a while only.
func TestAnswersAreKeptForTheirCustomer(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	s := &shop{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		says(200, "application/json", whole)(w, r)
	}))
	t.Cleanup(s.Close)
	f := asking(t, strings.Replace(lookup(s.URL), "    timeout:", "    cache: 1m\n    timeout:", 1))
	guard, err := facts.ParseGuard([]string{s.Listener.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	p, err := facts.For(f, facts.Config{Guard: guard, Now: func() time.Time { return now }, Secret: func(string) (string, bool) { return "x", true }})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(key string, who message.UserRef, asked int32) {
		t.Helper()
		fact, err := p.LookUp(t.Context(), facts.Query{Key: key, Customer: who})
		if err != nil || fact.Found != (who == "telegram:7") {
			t.Errorf("%+v, %v", fact, err)
		}
		if fact.Row != nil {
			fact.Row["item"] = "spoiled" // what is handed out belongs to the caller
		}
		if n := s.asked.Load(); n != asked {
			t.Errorf("asked %d times, not %d", n, asked)
		}
	}
	ask("1", "telegram:7", 1)
	ask("1", "telegram:7", 1)
	ask("1", "telegram:8", 2)
	ask("2", "telegram:7", 3)
	now = now.Add(59 * time.Second)
	ask("1", "telegram:7", 3)
	now = now.Add(time.Second)
	ask("1", "telegram:7", 4)
}

// TestWithoutItsSecretNothingStarts: the name is said, and how to set it.
func TestWithoutItsSecretNothingStarts(t *testing.T) {
	_, err := facts.For(asking(t, lookup("https://shop.example")), facts.Config{})
	if err == nil || !strings.Contains(err.Error(), "ACCORD_SECRET_SHOP_TOKEN") {
		t.Error(err)
	}
}

// TestTheEndIsWaitedForByNobody: a look-up ends with its context.
func TestTheEndIsWaitedForByNobody(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := open(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}, nil)
	if fact, err := s.LookUp(ctx, facts.Query{Key: "1"}); err == nil || fact.Trouble != dialog.FactUnreachable || s.asked.Load() != 1 {
		t.Errorf("%+v, %v, asked %d times", fact, err, s.asked.Load())
	}
}

// TestReachingAsksForNothing: no path, no secret.
func TestReachingAsksForNothing(t *testing.T) {
	var got *http.Request
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r }))
	defer srv.Close()
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	guard, err := facts.ParseGuard([]string{u.Host})
	if err != nil {
		t.Fatal(err)
	}
	where, err := facts.Reach(t.Context(), asking(t, lookup(srv.URL)), facts.Config{Guard: guard, Secret: func(string) (string, bool) { return canary, true }})
	if err != nil || where != srv.URL || got.URL.Path != "/" || got.Header.Get("Authorization") != "" {
		t.Errorf("%q %v %v", where, err, got)
	}
	if _, err := facts.Reach(t.Context(), asking(t, lookup(srv.URL)), facts.Config{Secret: func(string) (string, bool) { return canary, true }}); err == nil {
		t.Error("reached what nobody allows")
	}
}
