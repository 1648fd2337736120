package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// writePatience is how long one event may take to leave. A page that takes
// longer is cut off and catches up when it is back; without the limit a
// sleeping phone would hold a stream for ever.
const writePatience = 10 * time.Second

// event is one server-sent event. The browser remembers id, where it is set,
// and names it when it reconnects.
type event struct {
	id       int64
	key      string // tells entries apart; empty for events that are no entry
	name     string
	data     []byte // one line of JSON
	fleeting bool   // may be dropped where a page is slow
}

// noData stands where an event has nothing to say; browsers pass over events
// without any data.
var noData = []byte("{}")

// entryEvent encodes e. A customer's own message has no event id: ids are
// outbox rows, and naming another kind would lose rows at the next reconnect.
func entryEvent(e Entry) (event, error) {
	ev := event{id: e.ID, key: e.key(), name: "entry"}
	if e.From == Customer {
		ev.id, e.ID = 0, 0
	}
	switch {
	case e.Settled != 0:
		ev.name = "settle"
	case e.Amends != 0:
		ev.name = "amend"
	}
	data, err := compact(e)
	if err != nil {
		return event{}, fmt.Errorf("web: encode entry: %w", err)
	}
	ev.data = data
	return ev, nil
}

// epochEvent says which epoch a stream is of.
func epochEvent(epoch string) (event, error) {
	data, err := json.Marshal(map[string]string{"epoch": epoch})
	if err != nil {
		return event{}, fmt.Errorf("web: encode epoch: %w", err)
	}
	return event{name: "epoch", data: data}, nil
}

// compact encodes v without making six bytes of each "<", ">" and "&": none of
// it is ever put into a page as markup.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// wire gives the event as it goes over the line. JSON has no raw line breaks,
// so data is always one line.
func (ev event) wire() []byte {
	b := make([]byte, 0, len(ev.data)+64)
	if ev.id > 0 {
		b = append(b, "id: "...)
		b = strconv.AppendInt(b, ev.id, 10)
		b = append(b, '\n')
	}
	b = append(b, "event: "...)
	b = append(b, ev.name...)
	b = append(b, "\ndata: "...)
	b = append(b, ev.data...)
	return append(b, "\n\n"...)
}

// eventWriter writes events to one response.
type eventWriter struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// startEvents sends the head of a stream. The read deadline is lifted because
// a server-wide one would end every stream when it passes.
func startEvents(w http.ResponseWriter) (eventWriter, error) {
	out := eventWriter{w: w, rc: http.NewResponseController(w)}
	if err := supported(out.rc.SetReadDeadline(time.Time{})); err != nil {
		return out, fmt.Errorf("web: stream: %w", err)
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // proxies hold back what they buffer
	w.WriteHeader(http.StatusOK)
	return out, out.send([]byte("retry: 2000\n\n"))
}

func (out eventWriter) write(ev event) error { return out.send(ev.wire()) }

func (out eventWriter) send(b []byte) error {
	if err := supported(out.rc.SetWriteDeadline(time.Now().Add(writePatience))); err != nil {
		return fmt.Errorf("web: stream: %w", err)
	}
	if _, err := out.w.Write(b); err != nil {
		return fmt.Errorf("web: stream: %w", err)
	}
	if err := out.rc.Flush(); err != nil {
		return fmt.Errorf("web: stream: %w", err)
	}
	return nil
}

// supported passes over deadlines that a wrapped response cannot set.
func supported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
