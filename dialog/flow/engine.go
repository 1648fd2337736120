package flow

import (
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// ParseTime reads a day ("2026-11-28") or a day and hour
// ("2026-11-28T20:00") as facts hold them, in zone. A whole day comes back as
// its end, which lines write without an hour.
func ParseTime(s string, zone *time.Location) (time.Time, bool) {
	m, ok := parseTime(s, zone)
	if !ok {
		return time.Time{}, false
	}
	return m.deadline(), true
}

// Grants says whether the service can be granted at once at all.
func (s *Service) Grants() bool { return s.grant != nil }

// In gives the amount in a currency, in minor units; false where there is
// none.
func (m Money) In(currency string) (int64, bool) {
	v, ok := m.By[currency]
	return v, ok
}

// ParseDuration reads a span as flow files write it: "90s", "24h", "2d".
func ParseDuration(s string) (time.Duration, error) { return parseDuration(s) }

// When writes a time as the filter "when" of a line does.
func (f *Flow) When(lang message.Lang, at time.Time, zone *time.Location, now time.Time) string {
	return renderer{lang: f.speaks(lang), vars: Vars{"zone": zone, "now": now}}.plain(at)
}
