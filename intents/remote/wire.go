package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"

	"github.com/accord-chat/accord/intents"
)

const (
	// maxBody is the most bytes of an answer that are read, with all that is around
	// the content.
	maxBody = 64 << 10
	// maxContent is the most bytes a content may have.
	maxContent = 4 << 10
	// maxTokens is the most a model may write: about three times the longest answer.
	maxTokens = 400
)

// prompt is one question to a model.
type prompt struct {
	system string
	data   string // JSON; what customers or flows wrote stands in it and nowhere else
	schema map[string]any
}

// complete asks once. Its errors are troubles and hold nothing of the exchange.
func (r *Reader) complete(ctx context.Context, p prompt) (string, error) {
	got, err := r.send(ctx, p, r.plain.Load())
	var refusal *openai.Error
	if errors.As(err, &refusal) && !r.plain.Load() &&
		(refusal.StatusCode == http.StatusBadRequest || refusal.StatusCode == http.StatusUnprocessableEntity) {
		// Older services know no schemas, and some models no temperature.
		if got, err = r.send(ctx, p, true); err == nil {
			r.plain.Store(true)
		}
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return "", intents.TroubleTimeout
	case err != nil:
		return "", intents.TroubleFailed
	}
	return content(got)
}

func (r *Reader) send(ctx context.Context, p prompt, plain bool) (*openai.ChatCompletion, error) {
	params := openai.ChatCompletionNewParams{
		Model:    r.cfg.Model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.SystemMessage(p.system), openai.UserMessage(p.data)},
	}
	if plain {
		return r.chat.New(ctx, params)
	}
	params.Temperature = openai.Float(0)
	params.MaxCompletionTokens = openai.Int(maxTokens)
	params.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{
		JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "answer", Strict: openai.Bool(true), Schema: p.schema},
	}
	return r.chat.New(ctx, params, option.WithMaxRetries(0))
}

// content takes the one text out of an answer. What was cut off, is a call of a
// tool or comes in several versions is refused.
func content(got *openai.ChatCompletion) (string, error) {
	if got == nil || len(got.Choices) != 1 {
		return "", intents.TroubleRefused
	}
	c := got.Choices[0]
	text := strings.TrimSpace(c.Message.Content)
	if c.FinishReason != "stop" || len(c.Message.ToolCalls) > 0 || c.Message.Refusal != "" || text == "" || len(text) > maxContent {
		return "", intents.TroubleRefused
	}
	return text, nil
}

// capped reads no more than maxBody of any answer, so that a huge one costs neither
// memory nor time.
type capped struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (c capped) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := c.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	res.Body = &cappedBody{ReadCloser: res.Body, left: maxBody}
	return res, nil
}

type cappedBody struct {
	io.ReadCloser
	left int
}

var errLong = errors.New("the answer is too long")

// Read implements io.Reader.
func (b *cappedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
