package telegramfake

import (
	"strconv"
	"time"
)

// What a bot does to messages beside sending them.

// takeBackTime is how long a bot may delete what it sent.
const takeBackTime = 48 * time.Hour

func (b *Bot) sendLocation(f map[string]string) answer {
	c, a := b.reach(f)
	if c == nil {
		return a
	}
	lat, err := strconv.ParseFloat(f["latitude"], 64)
	lon, err2 := strconv.ParseFloat(f["longitude"], 64)
	if err != nil || err2 != nil || lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return badRequest("latitude and longitude must be degrees")
	}
	rows, a := checkMarkup(f["reply_markup"])
	if !a.ok() {
		return a
	}
	m := &Message{FromBot: true, Place: true, Lat: lat, Lon: lon, Rows: rows}
	c.add(m)
	return success(c.show(m))
}

func (b *Bot) editCaption(f map[string]string) answer {
	c, m, a := b.editable(f)
	if !a.ok() {
		return a
	}
	if m.File == nil {
		return badRequest("there is no caption in the message to edit")
	}
	caption, a := checkCaption(f["caption"])
	if !a.ok() {
		return a
	}
	return b.edit(c, m, caption, f)
}

func (b *Bot) deleteMessage(f map[string]string) answer {
	c, a := b.reach(f)
	if c == nil {
		return a
	}
	id, _ := strconv.ParseInt(f["message_id"], 10, 64)
	m := c.find(id)
	switch {
	case m == nil || m.Deleted:
		return badRequest("message to delete not found")
	case time.Since(m.At) > takeBackTime:
		return badRequest("message can't be deleted for everyone")
	}
	m.Deleted = true
	c.news.fire()
	return success(true)
}
