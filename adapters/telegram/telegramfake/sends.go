package telegramfake

// SendsFile sends a file and gives the message's id. What [Bot.Chat] shows of
// it has the id the file got.
func (c *Customer) SendsFile(f File, caption string) int64 {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	m := &Message{Text: caption, File: c.bot.keep(f)}
	c.add(m)
	return c.deliver(m, nil)
}

// SendsPhoto sends a picture in two sizes, with a caption where it is not "".
func (c *Customer) SendsPhoto(caption string) int64 {
	return c.SendsFile(File{Kind: "photo", Content: Sample("image/jpeg", 90_000)}, caption)
}

// SendsVoice sends a voice message.
func (c *Customer) SendsVoice() int64 {
	return c.SendsFile(File{Kind: "voice", MIME: "audio/ogg", Content: Sample("audio/ogg", 8_000)}, "")
}

// SendsVideo sends a video, with a caption where it is not "".
func (c *Customer) SendsVideo(caption string) int64 {
	return c.SendsFile(File{Kind: "video", MIME: "video/mp4", Content: Sample("video/mp4", 40_000)}, caption)
}

// SendsDocument sends a file under a name, with a caption where it is not "".
func (c *Customer) SendsDocument(name, caption string) int64 {
	return c.SendsFile(File{Kind: "document", Name: name, MIME: "application/pdf", Content: Sample("application/pdf", 20_000)}, caption)
}

// SendsSticker sends a sticker that stands for emoji.
func (c *Customer) SendsSticker(emoji string) int64 {
	return c.SendsFile(File{Kind: "sticker", Emoji: emoji, Content: Sample("image/webp", 5_000)}, "")
}
