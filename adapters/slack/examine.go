package slack

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
)

const (
	skewSeen  = time.Minute     // worth saying
	skewBreak = 5 * time.Minute // Slack's signatures are not believed any more
)

// NeededScopes are the scopes of the bot token that the adapter uses, sorted.
func NeededScopes() []string {
	return []string{
		"channels:history", "channels:read", "chat:write", "files:read", "files:write", "groups:history", "groups:read",
		"metadata.message:read", "reactions:write", "usergroups:read", "users:read",
	}
}

// Examine implements adapters.Examiner: the bot token, its scopes, the clock,
// the queue's channel, and the app token where there is one to be used. What
// cannot be looked at because the token is refused is left out.
func (a *Adapter) Examine(ctx context.Context) []adapters.Finding {
	var who struct {
		Team   string `json:"team"`
		TeamID string `json:"team_id"`
		User   string `json:"user"`
	}
	began := a.cfg.Now()
	h, err := a.ask(ctx, "auth.test", url.Values{}, &who)
	ended := a.cfg.Now()
	var found []adapters.Finding
	if err != nil {
		found = append(found, tokenFinding("bot token", tokenError("bot", "auth.test", err), err))
	} else {
		found = append(found,
			adapters.Finding{What: "bot token", OK: true, Says: fmt.Sprintf("%s in the team %s (%s)", who.User, who.Team, who.TeamID)},
			scopesFinding(h))
	}
	if f, ok := clockFinding(h, began, ended); ok {
		found = append(found, f)
	}
	if err == nil {
		found = append(found, a.channelFinding(ctx))
	}
	if a.cfg.Mode == ModeSocket {
		found = append(found, a.appFinding(ctx))
	}
	return found
}

func tokenFinding(what string, said, err error) adapters.Finding {
	f := adapters.Finding{What: what, Says: said.Error(), Hint: "is the network there? Slack is asked at ACCORD_SLACK_API_URL"}
	if isFatal(err) {
		f.Hint = "install the app anew and copy the token from its settings"
	}
	return f
}

// scopesFinding compares what the token may do with what we need. A proxy may
// have taken the header away; then nothing is known.
func scopesFinding(h http.Header) adapters.Finding {
	f := adapters.Finding{What: "scopes"}
	list := h.Get("X-OAuth-Scopes")
	if list == "" {
		f.Says, f.Hint = "Slack did not say which scopes the bot token has", "compare them with the manifest in the README"
		return f
	}
	var have, missing []string
	for s := range strings.SplitSeq(list, ",") {
		have = append(have, strings.TrimSpace(s))
	}
	for _, s := range NeededScopes() {
		if !slices.Contains(have, s) {
			missing = append(missing, s)
		}
	}
	if f.OK = len(missing) == 0; !f.OK {
		f.Says = "missing: " + strings.Join(missing, ", ")
		f.Hint = "add them under OAuth & Permissions of the Slack app, and install it anew"
	}
	return f
}

// clockFinding compares our clock with the Date of an answer, which is exact to
// a second and was written while we waited.
func clockFinding(h http.Header, began, ended time.Time) (adapters.Finding, bool) {
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return adapters.Finding{}, false
	}
	var off time.Duration
	switch {
	case theirs.Before(began.Add(-time.Second)):
		off = began.Sub(theirs)
	case theirs.After(ended):
		off = ended.Sub(theirs)
	}
	f := adapters.Finding{What: "clock", OK: off.Abs() <= skewSeen}
	if f.OK {
		return f, true
	}
	way := "ahead of"
	if off < 0 {
		way = "behind"
	}
	f.Says = fmt.Sprintf("this machine is %s %s Slack", off.Abs().Round(time.Second), way)
	f.Hint = "set the clock by the network (NTP)"
	if off.Abs() > skewBreak {
		f.Hint += ": requests from Slack are refused beyond five minutes, and promised times are wrong"
	}
	return f, true
}

func (a *Adapter) channelFinding(ctx context.Context) adapters.Finding {
	f := adapters.Finding{What: "channel " + a.cfg.Channel}
	if err := a.checkChannel(ctx); err != nil {
		f.Says, f.Hint = err.Error(), "open the channel in Slack and type /invite with the bot's name; check ACCORD_SLACK_CHANNEL"
		return f
	}
	f.OK, f.Says = true, "the bot is in it"
	return f
}

func (a *Adapter) appFinding(ctx context.Context) adapters.Finding {
	if _, _, err := a.read.StartSocketModeContext(ctx); err != nil {
		return tokenFinding("app token", tokenError("app", "apps.connections.open", err), err)
	}
	return adapters.Finding{What: "app token", OK: true, Says: "a connection can be opened"}
}
