package slackfake

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// File is something uploaded with a message.
type File struct {
	ID       string // "" = the fake makes one
	Name     string
	Mimetype string // what the uploader claims
	Size     int64  // what Slack says; 0 = the length of Content
	Content  []byte
	// Stream, when not 0, is how many bytes come in place of Content, without
	// their number being told first.
	Stream int64
}

// stored is a file the workspace has, or has a place for.
type stored struct {
	File
	owner   string
	ticket  string // of an upload that has not come yet
	length  int64  // that was announced
	arrived bool
	deleted bool
}

// keepFiles adds the files of a message. Called with mu held.
func (s *Server) keepFiles(owner string, files []File) []File {
	files = slices.Clone(files)
	for i := range files {
		f := &files[i]
		if f.ID == "" {
			f.ID = s.newID("F")
		}
		if f.Size == 0 {
			f.Size = int64(len(f.Content))
		}
		s.files[f.ID] = &stored{File: *f, owner: owner, arrived: true}
	}
	return files
}

// File gives a file by its id, with what is in it.
func (s *Server) File(id string) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil && f.arrived && !f.deleted {
		return f.File, true
	}
	return File{}, false
}

// DeleteFile takes a file away; messages keep a stone in its place.
func (s *Server) DeleteFile(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		f.deleted = true
	}
	s.touch()
}

func (s *Server) wireFiles(files []File) []map[string]any {
	var out []map[string]any
	for _, f := range files {
		out = append(out, s.wireFile(f))
	}
	return out
}

func (s *Server) wireFile(f File) map[string]any {
	address := strings.TrimSuffix(s.url, "/api/") + "/files/" + f.ID + "/" + url.PathEscape(f.Name)
	w := map[string]any{
		"id": f.ID, "name": f.Name, "title": f.Name, "mimetype": f.Mimetype, "size": f.Size, "mode": "hosted",
		"url_private": address, "url_private_download": address,
	}
	if x := s.files[f.ID]; x != nil && x.deleted {
		return map[string]any{"id": f.ID, "mode": "tombstone"}
	}
	return w
}

func (s *Server) fileInfo(q url.Values) (map[string]any, error) {
	f := s.files[q.Get("file")]
	switch {
	case f == nil || !f.arrived:
		return nil, refusal("file_not_found")
	case f.deleted:
		return nil, refusal("file_deleted")
	}
	return map[string]any{"file": s.wireFile(f.File)}, nil
}

// serveDownload gives a file to whoever holds the bot token and its scope, and
// sends everybody else to the page for signing in.
func (s *Server) serveDownload(w http.ResponseWriter, r *http.Request) {
	if f := s.counted("files.download"); f != nil && s.misbehave(w, r, f, map[string]any{}) {
		return
	}
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	allowed := r.Header.Get("Authorization") == "Bearer "+s.opt.BotToken && !s.revoked && slices.Contains(s.scopes, "files:read")
	s.mu.Unlock()
	switch {
	case !allowed:
		http.Redirect(w, r, "/signin?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
	case f == nil || f.deleted:
		http.NotFound(w, r)
	case f.Stream > 0:
		_, _ = io.CopyN(w, zeros{}, f.Stream) // the client may have had enough
	default:
		w.Header().Set("Content-Length", strconv.Itoa(len(f.Content)))
		_, _ = w.Write(f.Content)
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func (s *Server) uploadURL(q url.Values) (map[string]any, error) {
	length, err := strconv.ParseInt(q.Get("length"), 10, 64)
	switch {
	case q.Get("filename") == "" || err != nil || length <= 0:
		return nil, refusal("invalid_arguments")
	case q.Get("snippet_type") != "":
		return nil, refusal("unknown_snippet_type")
	}
	f := &stored{File: File{ID: s.newID("F"), Name: q.Get("filename"), Size: length}, owner: BotUser, ticket: s.newID("up"), length: length}
	s.files[f.ID] = f
	return map[string]any{"file_id": f.ID, "upload_url": strings.TrimSuffix(s.url, "/api/") + "/upload/" + f.ticket}, nil
}

// serveUpload takes the bytes that were announced, no more and no fewer.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	fault := s.counted("files.upload")
	if fault != nil && !fault.Process && s.misbehave(w, r, fault, map[string]any{}) {
		return
	}
	s.mu.Lock()
	var f *stored
	for _, x := range s.files {
		if x.ticket == r.PathValue("ticket") {
			f = x
		}
	}
	s.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, f.length+1))
	if err != nil || int64(len(body)) != f.length {
		http.Error(w, "not what was announced", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	f.Content, f.Mimetype, f.ticket = body, http.DetectContentType(body), ""
	s.mu.Unlock()
	if fault != nil && s.misbehave(w, r, fault, map[string]any{}) {
		return
	}
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(body)))
}

// completeUpload makes uploaded files a message.
func (s *Server) completeUpload(q url.Values) (map[string]any, error) {
	var list []struct{ ID, Title string }
	c := s.channels[q.Get("channel_id")]
	thread := q.Get("thread_ts")
	blocks := json.RawMessage(q.Get("blocks"))
	switch {
	case json.Unmarshal([]byte(q.Get("files")), &list) != nil || len(list) == 0:
		return nil, refusal("invalid_arguments")
	case c == nil:
		return nil, refusal("channel_not_found")
	case !c.has(BotUser):
		return nil, refusal("not_in_channel")
	case thread != "" && s.find(c.ID, thread) == nil:
		return nil, refusal("invalid_thread_ts")
	}
	if err := checkBlocks(blocks); err != nil {
		return nil, err
	}
	m := &Message{
		Channel: c.ID, ThreadTS: thread, User: BotUser, BotID: BotID, Blocks: blocks,
		Reactions: map[string][]string{}, Form: map[string]string{},
	}
	var answer []map[string]any
	for _, x := range list {
		f := s.files[x.ID]
		if f == nil || f.ticket != "" || f.arrived {
			return nil, refusal("file_not_found")
		}
		f.arrived = true
		m.Files = append(m.Files, f.File)
		answer = append(answer, map[string]any{"id": x.ID, "title": x.Title})
	}
	m.TS = s.newTS()
	s.keep(m)
	s.announce(m)
	return map[string]any{"files": answer}, nil
}
