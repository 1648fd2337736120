package slack

import (
	"context"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
)

const (
	lookupPage  = 200
	lookupPages = 5
)

// lookUp searches for the message posted under key k, in its thread or else
// among the channel's latest, and gives its ts, or "" if it is not there.
func (a *Adapter) lookUp(ctx context.Context, at place, k string) (string, *adapters.SendError) {
	return a.search(ctx, at, func(m slackapi.Message) bool {
		found, _ := m.Metadata.EventPayload[metadataKey].(string)
		return found == k && m.Metadata.EventType == metadataType
	})
}

// search gives the ts of the first message that is wanted. When the search
// itself fails nothing must be posted, so that is an error of the attempt; when
// we may not search at all, posting goes on (a message twice is better than one
// lost).
func (a *Adapter) search(ctx context.Context, at place, wanted func(slackapi.Message) bool) (string, *adapters.SendError) {
	cursor := ""
	for range lookupPages {
		msgs, next, err := a.page(ctx, at, cursor)
		if err != nil {
			return "", a.lookupFailed(err)
		}
		for _, m := range msgs {
			if wanted(m) {
				return m.Timestamp, nil
			}
		}
		if next == "" {
			return "", nil
		}
		cursor = next
	}
	return "", nil
}

func (a *Adapter) page(ctx context.Context, at place, cursor string) ([]slackapi.Message, string, error) {
	if at.thread != "" {
		msgs, _, next, err := a.post.GetConversationRepliesContext(ctx, &slackapi.GetConversationRepliesParameters{
			ChannelID: at.channel, Timestamp: at.thread, Cursor: cursor, Limit: lookupPage, IncludeAllMetadata: true,
		})
		return msgs, next, err
	}
	h, err := a.post.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{
		ChannelID: at.channel, Cursor: cursor, Limit: lookupPage, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return h.Messages, h.ResponseMetaData.NextCursor, nil
}

func (a *Adapter) lookupFailed(err error) *adapters.SendError {
	e := a.failed(err, false) // nothing of the post itself was written
	switch {
	case e.Outcome == adapters.Refused && !e.Fatal:
		a.log.Warn("cannot look up an earlier message; posting it again")
		return nil
	case e.Outcome == adapters.Unknown:
		e.Outcome = adapters.NotSent
	}
	e.Reason = "look-up before posting again: " + e.Reason
	return e
}
