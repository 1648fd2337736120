package telegram

import (
	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// attachments lists what came beside the words. A contact's phone number is
// its Name, a sticker's emoji and a venue's title likewise.
func attachments(m *wireMessage) []message.Attachment {
	switch {
	case len(m.Photo) > 0:
		return []message.Attachment{file(message.Photo, largest(m.Photo))}
	case m.Voice != nil:
		return []message.Attachment{file(message.Voice, *m.Voice)}
	case m.Video != nil:
		return []message.Attachment{file(message.Video, *m.Video)}
	case m.VideoNote != nil:
		return []message.Attachment{file(message.Video, *m.VideoNote)}
	case m.Animation != nil: // before Document: Telegram sets both
		return []message.Attachment{file(message.Video, *m.Animation)}
	case m.Audio != nil:
		return []message.Attachment{file(message.Document, *m.Audio)}
	case m.Document != nil:
		return []message.Attachment{file(message.Document, *m.Document)}
	case m.Sticker != nil:
		return []message.Attachment{{Kind: message.Sticker, Held: Channel, File: m.Sticker.FileID, Name: message.CleanName(m.Sticker.Emoji), Size: m.Sticker.Size}}
	}
	return places(m)
}

// places lists what has no file.
func places(m *wireMessage) []message.Attachment {
	switch {
	case m.Venue != nil: // before Location: Telegram sets both
		return []message.Attachment{{Kind: message.Location, Name: message.CleanName(m.Venue.Title), Lat: m.Venue.Location.Lat, Lon: m.Venue.Location.Lon}}
	case m.Location != nil:
		return []message.Attachment{{Kind: message.Location, Lat: m.Location.Lat, Lon: m.Location.Lon}}
	case m.Contact != nil && m.From != nil && m.Contact.UserID == m.From.ID:
		return []message.Attachment{{Kind: message.Contact, Name: message.CleanName(m.Contact.Phone)}}
	case m.Contact != nil: // somebody else's: acknowledged, and not taken for the sender's
		return []message.Attachment{{Kind: message.Other, Name: "contact"}}
	}
	for _, o := range []struct {
		sent *anything
		name string
	}{{m.Dice, "dice"}, {m.Game, "game"}, {m.Poll, "poll"}, {m.Story, "story"}, {m.PaidMedia, "paid media"}, {m.Checklist, "checklist"}} {
		if o.sent != nil {
			return []message.Attachment{{Kind: message.Other, Name: o.name}}
		}
	}
	return nil
}

func file(kind message.AttachmentKind, f wireFile) message.Attachment {
	return message.Attachment{Kind: kind, Held: Channel, File: f.FileID, Name: message.CleanFile(f.Name), MIME: f.MIME, Size: max(f.Size, 0)}
}

// largest picks the best of the sizes Telegram offers of one photo, of those
// that can be passed on at all.
func largest(sizes []wireFile) wireFile {
	best := sizes[0]
	for _, s := range sizes[1:] {
		fits, bestFits := s.Size <= adapters.MaxFile, best.Size <= adapters.MaxFile
		if fits && !bestFits || fits == bestFits && s.Width*s.Height > best.Width*best.Height {
			best = s
		}
	}
	return best
}

// asForwarded keeps a forwarded file, which may be the proof of a matter, and
// stands in for forwarded words, which are not the customer's. A forwarded
// contact is nobody's.
func asForwarded(list []message.Attachment) []message.Attachment {
	if len(list) == 0 || list[0].Kind == message.Contact {
		return []message.Attachment{{Kind: message.Other, Name: "forwarded"}}
	}
	return list
}
