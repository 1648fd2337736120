package main_test

import (
	"bytes"
	"testing"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestFilesGoBothWays: what a customer photographs is in the thread as they
// sent it, and what the owner puts there is in the customer's chat.
func TestFilesGoBothWays(t *testing.T) { bothWays(t, filesGoBothWays) }

func filesGoBothWays(t *testing.T, m mode) {
	r := setup(t, m)
	ann, anna := r.telegram.Customer(1005, "Ann", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	ann.Says("/human")
	r.next(ann, "@hand.asked")
	card := r.posted("Ann needs a person")
	r.clicks(anna, card, "Take")
	r.next(ann, "@owned.taken", "Anna")

	photo := telegramfake.Sample("image/jpeg", 300_000)
	ann.SendsFile(telegramfake.File{Kind: "photo", MIME: "image/jpeg", Content: photo}, "the crack")
	r.posted("the crack")
	post := r.withFile(card)
	if f, ok := r.slack.File(post.Files[0].ID); !ok || !bytes.Equal(f.Content, photo) {
		t.Errorf("the thread has a file %q of %d bytes (%t), want the photo's %d", f.Name, len(f.Content), ok, len(photo))
	}

	label := telegramfake.Sample("application/pdf", 20_000)
	ts, err := anna.Says(card.TS, "Print this label, please", slackfake.File{Name: "label.pdf", Mimetype: "application/pdf", Content: label})
	if err != nil {
		t.Fatal(err)
	}
	got, err := ann.Wait(deadline(t), func(m telegramfake.Message) bool { return m.File != nil })
	if err != nil {
		t.Fatalf("no file reaches the customer: %v\n%s", err, transcript(ann))
	}
	if got.File.Name != "label.pdf" || !bytes.Equal(got.File.Content, label) {
		t.Errorf("the customer has a file %q of %d bytes, want label.pdf of %d", got.File.Name, len(got.File.Content), len(label))
	}
	r.shows(ann, "Print this label, please")
	r.marked(ts, "white_check_mark")
	r.behaved()
}

// withFile waits for a post of ours with a file in the thread of a card.
func (r *rig) withFile(card slackfake.Message) slackfake.Message {
	r.t.Helper()
	m, err := r.slack.WaitMessage(deadline(r.t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.BotID != "" && m.ThreadTS == card.TS && len(m.Files) > 0
	})
	if err != nil {
		r.t.Fatalf("no file comes into the thread: %v", err)
	}
	return m
}
