package telegram

import (
	"fmt"
	"strings"
)

// Secret is a bot token. However it is printed, logged or marshalled it reads
// "***"; only a conversion to string gives it away.
type Secret string

const mask = "***"

// Format implements fmt.Formatter, so that no verb at all shows the value.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// String implements fmt.Stringer, for loggers that look for it.
func (Secret) String() string { return mask }

// MarshalText implements encoding.TextMarshaler (JSON, YAML).
func (Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// redact takes the secret half of the token out of s. The half after the
// colon is what matters, and it reads the same when the colon was escaped.
func (s Secret) redact(text string) string {
	_, key, ok := strings.Cut(string(s), ":")
	if !ok || key == "" {
		return text
	}
	return strings.ReplaceAll(text, key, mask)
}
