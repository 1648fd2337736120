package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	maxRedirects = 3
	sniffed      = 512 // bytes that http.DetectContentType looks at
)

var fileForm = regexp.MustCompile(`^F[A-Z0-9]{1,40}$`)

// goneCodes say that a file cannot be had any more.
var goneCodes = []string{"file_not_found", "file_deleted", "invalid_arguments", "not_visible"}

// Open implements adapters.Opener: it streams a file that stands in Slack. The
// bot token goes to Slack's own hosts and to the configured one, and nowhere
// else, wherever an answer points.
func (a *Adapter) Open(ctx context.Context, file message.Attachment) (adapters.File, error) {
	if !fileForm.MatchString(file.File) {
		return adapters.File{}, fmt.Errorf("slack file: not an id: %w", adapters.ErrNoFile)
	}
	info, _, _, err := a.read.GetFileInfoContext(ctx, file.File, 1, 1)
	switch {
	case slices.Contains(goneCodes, code(err)):
		return adapters.File{}, fmt.Errorf("slack file: %s: %w", code(err), adapters.ErrNoFile)
	case err != nil:
		return adapters.File{}, asking("files.info", err)
	case info.Mode == "tombstone" || info.Mode == "hidden_by_limit" || info.IsExternal:
		return adapters.File{}, fmt.Errorf("slack file: not kept by Slack: %w", adapters.ErrNoFile)
	case info.Size > adapters.MaxFile:
		return adapters.File{}, fmt.Errorf("slack file: %w", adapters.ErrTooLarge)
	}
	resp, err := a.download(ctx, first(info.URLPrivateDownload, info.URLPrivate))
	if err != nil {
		return adapters.File{}, err
	}
	f, err := opened(resp)
	if err != nil {
		_ = resp.Body.Close()
		return adapters.File{}, err
	}
	f.Name = message.CleanFile(first(info.Name, info.Title, file.Name))
	return f, nil
}

// opened looks into the beginning of the content and bounds the rest.
func opened(resp *http.Response) (adapters.File, error) {
	if resp.ContentLength > adapters.MaxFile {
		return adapters.File{}, fmt.Errorf("slack file: %w", adapters.ErrTooLarge)
	}
	head := make([]byte, sniffed)
	n, err := io.ReadFull(resp.Body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return adapters.File{}, fmt.Errorf("slack file: %s", reason(err))
	}
	if int64(n) < resp.ContentLength && n < sniffed {
		return adapters.File{}, errors.New("slack file: connection broke off")
	}
	body := &capped{r: io.MultiReader(bytes.NewReader(head[:n]), resp.Body), c: resp.Body, left: adapters.MaxFile}
	return adapters.File{Body: body, MIME: http.DetectContentType(head[:n]), Size: resp.ContentLength}, nil
}

// capped reads up to a limit and fails beyond it, so that a file whose size was
// told wrong does not pass for a whole one.
type capped struct {
	r    io.Reader
	c    io.Closer
	left int64
}

// Read implements io.Reader. Its errors name no address.
func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, adapters.ErrTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = errors.New("slack file: " + reason(err))
	}
	return n, err
}

// Close implements io.Closer.
func (c *capped) Close() error { return c.c.Close() }

// download asks for a file, following redirects by itself: each address is
// looked at before the token goes there.
func (a *Adapter) download(ctx context.Context, address string) (*http.Response, error) {
	for range maxRedirects + 1 {
		if !a.ours(address) {
			return nil, errors.New("slack file: it is not at an address of Slack's")
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, errors.New("slack file: not an address")
		}
		req.Header.Set("Authorization", "Bearer "+string(a.cfg.BotToken))
		resp, err := a.files.Do(req)
		if err != nil {
			return nil, fmt.Errorf("slack file: %s", reason(err))
		}
		if resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		_ = resp.Body.Close()
		if address, err = redirected(resp); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("slack file: too many redirects")
}

// redirected gives where an answer points, or what is wrong with it. Slack sends
// whoever may not read a file to the page for signing in.
func redirected(resp *http.Response) (string, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		to, err := resp.Location()
		if err != nil {
			return "", errors.New("slack file: a redirect to nowhere")
		}
		if to.Query().Has("redir") {
			return "", errors.New("slack file: the bot may not read files: is the scope files:read there?")
		}
		return to.String(), nil
	case http.StatusNotFound, http.StatusGone:
		return "", fmt.Errorf("slack file: %w", adapters.ErrNoFile)
	}
	return "", fmt.Errorf("slack file: %s", reason(slackapi.StatusCodeError{Code: resp.StatusCode}))
}

// ours says whether an address is Slack's own or on the configured host.
func (a *Adapter) ours(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	if api, err := url.Parse(a.cfg.APIURL); err == nil && u.Scheme == api.Scheme && strings.EqualFold(u.Host, api.Host) {
		return true
	}
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && (host == "slack.com" || strings.HasSuffix(host, ".slack.com"))
}
