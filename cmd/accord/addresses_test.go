package main

import (
	"net"
	"testing"
	"time"
)

// TestWhereTheConsoleIs: a link must lead somewhere a browser can go.
func TestWhereTheConsoleIs(t *testing.T) {
	at := func(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 8080} }
	for _, c := range []struct {
		cfg       config
		listening net.Addr
		want      string
	}{
		{config{PublicURL: "https://chat.example.com"}, at("127.0.0.1"), "https://chat.example.com"},
		{config{}, at("127.0.0.1"), "http://127.0.0.1:8080"},
		{config{}, at("0.0.0.0"), "http://127.0.0.1:8080"},
		{config{}, at("::"), "http://127.0.0.1:8080"},
		{config{}, at("10.1.2.3"), "http://10.1.2.3:8080"},
		{config{HTTPAddr: ":9000"}, nil, "http://127.0.0.1:9000"},
		{config{HTTPAddr: "127.0.0.1:0"}, nil, ""}, // the system picks one at the start
	} {
		if got := c.cfg.publicBase(c.listening); got != c.want {
			t.Errorf("%+v, %v: %q, want %q", c.cfg, c.listening, got, c.want)
		}
	}
}

func TestWhatStaysOnThisMachine(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:9": true, "http://localhost": true, "http://[::1]:8": true,
		"http://127.0.0.1.example.com": false, "http://localhost.example": false, "http://10.0.0.1": false, "": false,
	} {
		if got := local(address); got != want {
			t.Errorf("%q: %t", address, got)
		}
	}
}

func TestProgressIsDrawn(t *testing.T) {
	if got, want := progressLine("copying", 0, 0, 65*time.Second), "copying … 65 s"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := progressLine("trying again", 5, 10, time.Second), "trying again [###############...............] 5 of 10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := progressLine("x", 12, 10, time.Second); got != "x [##############################] 12 of 10" {
		t.Errorf("more than all is drawn as %q", got)
	}
}

// TestATableKeepsItsShape whatever others wrote into it.
func TestATableKeepsItsShape(t *testing.T) {
	if got := inline("a\nb\x1b[2Jc\td\u0085"); got != "a b [2Jc d " {
		t.Errorf("%q", got)
	}
}

// TestLinksLeadWhereSigningInWorks: without https that is this machine alone.
func TestLinksLeadWhereSigningInWorks(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{
		"": "http://127.0.0.1:9000", "http://chat.example.com": "http://127.0.0.1:9000",
		"https://chat.example.com": "https://chat.example.com", "http://127.0.0.1:7000": "http://127.0.0.1:7000",
	} {
		c := &config{PublicURL: public, HTTPAddr: "127.0.0.1:9000"}
		if got := c.signInBase(nil); got != want {
			t.Errorf("under %q the link begins with %q, want %q", public, got, want)
		}
	}
}
