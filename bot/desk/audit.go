package desk

import (
	"errors"
	"strings"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// verdictOf is what the door said, in the word the books have for it.
func verdictOf(denied error) string {
	switch {
	case denied == nil:
		return "allowed"
	case errors.Is(denied, ErrUnchecked):
		return "not checked"
	}
	return "denied"
}

// audit notes who did what on which card, allowed or not; never what was
// written. The row is for the books, the line for whoever reads along.
func (h *Handler) audit(verdict string, in message.Inbound, r Ref, at int64) store.AuditRow {
	row := store.AuditRow{At: at, Who: h.who(in.From.Ref), Act: actOf(in, r), About: r.anchor(""), Verdict: verdict}
	h.Logger.Info("agent act", zap.String("verdict", verdict), zap.String("kind", string(in.Kind)), zap.String("act", row.Act),
		zap.String("person", string(in.From.Ref)), zap.String("about", row.About))
	return row
}

// who is a person's stable id with the platform it is one of; some platforms
// say so themselves.
func (h *Handler) who(ref message.UserRef) string {
	prefix := string(h.Adapter.Channel()) + ":"
	if strings.HasPrefix(string(ref), prefix) {
		return string(ref)
	}
	return prefix + string(ref)
}

// actOf names an act.
func actOf(in message.Inbound, r Ref) string {
	switch in.Kind {
	case message.KindEdited:
		return "edit"
	case message.KindDeleted:
		return "delete"
	case message.KindAgentTap:
		if p, ok := parsePress(in.Tap.Data); ok {
			return string(p.action)
		}
	case message.KindAgentText:
		if r.Kind == TaskCard {
			return "note"
		}
	}
	return "reply"
}
