package remotetest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Says answers with a content as a model that has finished.
func Says(content string) Behaviour {
	return Answers(func(Asked) string { return content })
}

// Answers answers with a content made from the request.
func Answers(content func(Asked) string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, a Asked) { finish(w, content(a), "stop") }
}

// CutsOff answers with a content that ended because there was no more room.
func CutsOff(content string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ Asked) { finish(w, content, "length") }
}

// Hangs takes the request and never answers.
func Hangs() Behaviour {
	return func(_ http.ResponseWriter, r *http.Request, _ Asked) { <-r.Context().Done() }
}

// Fails answers with a status and a body that repeats everything it was sent, as
// some services do.
func Fails(status int) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, a Asked) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{
			"message": "cannot serve " + r.Header.Get("Authorization") + " " + a.Body, "type": "fault", "code": "fault"}})
	}
}

// Writes answers with 200 and a body as it stands.
func Writes(contentType, body string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ Asked) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

// Floods answers with a content that has no end.
func Floods() Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ Asked) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := w.Write([]byte(`{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"`)); err != nil {
			return
		}
		chunk := []byte(strings.Repeat("x", 32<<10))
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// Drips answers one byte after another, and never comes to the end in time.
func Drips() Behaviour {
	return func(w http.ResponseWriter, r *http.Request, _ Asked) {
		w.Header().Set("Content-Type", "application/json")
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			if _, err := w.Write([]byte(" ")); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush() // a connection that is gone ends it at the next write
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	}
}

// Breaks sends half an answer and closes the connection.
func Breaks() Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ Asked) {
		w.Header().Set("Content-Length", "4096")
		_, _ = w.Write([]byte(`{"choices":[{"finish_reason":"stop","mess`))
		panic(http.ErrAbortHandler)
	}
}

// Redirects sends the caller elsewhere.
func Redirects(to string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ Asked) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusTemporaryRedirect)
	}
}

// NeedsPlain refuses requests that ask for a certain form, as older services do,
// and hands the others on.
func NeedsPlain(next Behaviour) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, a Asked) {
		if a.Schema {
			Fails(http.StatusBadRequest)(w, r, a)
			return
		}
		next(w, r, a)
	}
}

func finish(w http.ResponseWriter, content, reason string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": "1", "object": "chat.completion", "created": 1, "model": "m",
		"choices": []any{map[string]any{"index": 0, "finish_reason": reason,
			"message": map[string]any{"role": "assistant", "content": content}}},
	})
}
