package intents_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// manyWords is a flow of sixty sections with ten cues each.
func manyWords() intents.Words {
	w := shopWords()
	for i := range 54 {
		var e, z []string
		for k := range 5 {
			e = append(e, fmt.Sprintf("subject%c%c matter%c", 'a'+i%26, 'a'+i/26, 'a'+k))
			z = append(z, fmt.Sprintf("%c%c事项", rune(0x5100+i), rune(0x6200+k)))
		}
		w[fmt.Sprintf("section%02d", i)] = both(e, z)
	}
	return w
}

func BenchmarkUnderstand(b *testing.B) {
	u, err := intents.New(manyWords(), intents.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		expect     message.Expect
	}{
		{"yes", "yes please", message.Expect{Kind: "yesno", Currency: "USD"}},
		{"complaint", "the lamp you sent is BROKEN. second problem in a month!!", message.Expect{}},
		{"wish", "saturday. and my money back too, and someone to explain how you pack glass", message.Expect{}},
		{"hans", "说好周五送婴儿床,现在显示下周二,你们搞什么??", message.Expect{}},
		{"counter", "補 300 我就去拿", message.Expect{Kind: "yesno", Currency: "TWD"}},
		{"choice", "the black one please", message.Expect{Kind: "choice", Choices: choices("w", "White, Monday", "b", "Black, Friday", "n", "Neither")}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			ctx := intents.Context{Now: now, Expect: c.expect}
			for b.Loop() {
				u.Understand(c.text, ctx)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	w := manyWords()
	for b.Loop() {
		if _, err := intents.New(w, intents.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// customerLines gives what customers write: the unseen messages, and the lines of
// the conversations that ship with the default flow.
func customerLines(b *testing.B) []string {
	var out []string
	for _, lang := range message.Langs() {
		for _, m := range readUnseen(b, lang) {
			out = append(out, m.text)
		}
	}
	shipped, err := filepath.Glob("../dialog/lines/*/tests/*.chat")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range shipped {
		content, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			if said, ok := strings.CutPrefix(line, "customer: "); ok && !strings.HasPrefix(said, "[") {
				out = append(out, strings.TrimSpace(said))
			}
		}
	}
	if len(out) < 500 {
		b.Fatalf("%d lines", len(out))
	}
	return out
}

// BenchmarkReading gives the mean cost of one whole reading, with the model of the
// default flow in it; one operation is one message.
func BenchmarkReading(b *testing.B) {
	u, err := shopReader()
	if err != nil {
		b.Fatal(err)
	}
	said := customerLines(b)
	ctx := intents.Context{Now: now}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		u.Understand(said[i%len(said)], ctx)
	}
}

// BenchmarkYardstick does the same work on every machine and in every version: a
// cost of a reading that was measured on a busy machine means something beside it.
func BenchmarkYardstick(b *testing.B) {
	data := []byte(strings.Repeat("where is my order? ", 50))
	for b.Loop() {
		sha256.Sum256(data)
	}
}
