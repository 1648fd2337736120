package console

import (
	"net/http"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// TestNothingOnTheDeskDeceives: names, words and names of files that hide
// something, turn it around, or run from right to left.
func TestNothingOnTheDeskDeceives(t *testing.T) {
	const turned, isolated, blank = "\u202E", "\u2067", "\u200B"
	d := start(t)
	d.world.mu.Lock()
	d.world.cards[0].Owner, d.world.cards[0].OwnerName = "console:4", "Be"+turned+"n"
	d.world.history["handoff:1:1"] = []Entry{card(5, "handoff:1:1", "Ann"+turned+"niwda needs a person", take)}
	d.world.files["f1"] = "MZ"
	d.world.mu.Unlock()
	d.world.put("handoff:1:1",
		Entry{ID: 7, Post: &adapters.Post{Blocks: []adapters.Block{
			{Kind: adapters.Quote, Label: "Ann" + turned, Text: "one" + isolated + "two"},
			{Kind: adapters.Fields, Items: []string{"Cus" + blank + "tomer: An" + blank + "n"}},
			{Kind: adapters.List, Items: []string{"שלום A-7K3Q"}},
		}}},
		Entry{ID: 8, Post: &adapters.Post{Files: []message.Attachment{{Kind: message.Document, Held: "telegram", File: "f1", Name: "../in\"voice" + turned + "fdp.exe"}}}},
		Entry{Wrote: &message.Inbound{ID: "w1", Kind: message.KindAgentText, Text: "hel" + blank + "lo",
			From: message.Person{Ref: "console:4", Name: "Ben" + turned}}})
	a := d.get("/admin/desk/handoff:1:1")
	for _, bad := range []string{turned, isolated, blank} {
		if strings.Contains(a.body, bad) {
			t.Errorf("%+q stands on the page: %s", bad, a.body)
		}
	}
	for _, want := range []string{
		`<bdi dir="auto">Ann[U+202E]niwda needs a person</bdi>`, `<bdi dir="auto">one[U+2067]two</bdi>`, `<bdi dir="auto">An[U+200B]n</bdi>`,
		`<bdi dir="auto">שלום <span class="whole">A-7K3Q</span></bdi>`, `<bdi dir="auto">hel[U+200B]lo</bdi>`, `<bdi dir="auto">Ben</bdi>`,
		`invoicefdp.exe`,
	} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	f := d.get("/admin/desk/handoff:1:1/files/8/0")
	if got := f.header.Get("Content-Disposition"); f.status != http.StatusOK || got != "attachment; filename=invoicefdp.exe" {
		t.Errorf("the file answers %d as %q", f.status, got)
	}
}
