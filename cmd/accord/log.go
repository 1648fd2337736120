package main

import (
	"io"
	"regexp"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// tokenShaped is what platforms' tokens look like. Nothing logs one on
// purpose; this is the second net, for errors of libraries that quote what
// they were given.
var tokenShaped = regexp.MustCompile(`\d{5,}:[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|bot\d+:[A-Za-z0-9_-]+`)

// redacted is a zapcore.Core that takes token-shaped strings out of messages,
// strings and errors before they are written.
type redacted struct{ zapcore.Core }

func redact(s string) string { return tokenShaped.ReplaceAllString(s, "***") }

// With implements zapcore.Core.
func (r redacted) With(fs []zapcore.Field) zapcore.Core { return redacted{r.Core.With(clean(fs))} }

// Check implements zapcore.Core.
func (r redacted) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if r.Enabled(e.Level) {
		return ce.AddCore(e, r)
	}
	return ce
}

// Write implements zapcore.Core.
func (r redacted) Write(e zapcore.Entry, fs []zapcore.Field) error {
	e.Message = redact(e.Message)
	e.Stack = redact(e.Stack)
	return r.Core.Write(e, clean(fs))
}

func clean(fs []zapcore.Field) []zapcore.Field {
	out := make([]zapcore.Field, len(fs))
	for i, f := range fs {
		out[i] = f
		switch f.Type {
		case zapcore.StringType:
			out[i].String = redact(f.String)
		case zapcore.ErrorType:
			if err, ok := f.Interface.(error); ok && err != nil {
				out[i] = zap.String(f.Key, redact(err.Error()))
			}
		}
	}
	return out
}

// newLogger writes to w, which is standard error in production: standard
// output is for what a command was asked to print.
func newLogger(cfg *config, w io.Writer) *zap.Logger {
	level, err := zapcore.ParseLevel(cfg.LogLevel)
	if err != nil {
		level = zapcore.InfoLevel
	}
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	var encoder zapcore.Encoder
	if cfg.LogFormat == "json" {
		encoder = zapcore.NewJSONEncoder(enc)
	} else {
		enc.EncodeLevel = zapcore.CapitalLevelEncoder
		encoder = zapcore.NewConsoleEncoder(enc)
	}
	return zap.New(redacted{zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(w)), level)})
}
