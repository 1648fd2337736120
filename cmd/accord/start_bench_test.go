package main_test

import (
	"path/filepath"
	"testing"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// BenchmarkStart measures a start on a database that exists: from the moment
// the process is asked for to its first poll at Telegram. Taps expire after
// 150 s, so a restart must be short.
func BenchmarkStart(b *testing.B) {
	telegram := telegramfake.New()
	b.Cleanup(telegram.Close)
	env := []string{"HOME=" + b.TempDir(), "ACCORD_DATA=" + filepath.Join(b.TempDir(), "data"), "ACCORD_HTTP_ADDR=127.0.0.1:0",
		"ACCORD_TELEGRAM_TOKEN=" + telegramfake.Token, "ACCORD_TELEGRAM_API_URL=" + telegram.URL()}
	log := &buffer{}
	start := func() *process {
		before := len(telegram.Calls("getUpdates"))
		p := spawn(b, launch{program: built.accord, env: env, log: log})
		polled := func() bool { return telegram.Polling() || len(telegram.Calls("getUpdates")) > before }
		if err := telegram.Await(deadline(b), polled); err != nil {
			b.Fatalf("never polled: %v\n%s", err, log)
		}
		return p
	}
	end := func(p *process) {
		if code, _ := p.stop(); code != 0 {
			b.Fatalf("exit code %d\n%s", code, log)
		}
		if err := telegram.Await(deadline(b), func() bool { return !telegram.Polling() }); err != nil {
			b.Fatal(err)
		}
	}
	end(start()) // the database is made
	for b.Loop() {
		p := start()
		b.StopTimer()
		end(p)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/start")
}
