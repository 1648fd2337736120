package facts_test

import (
	"net/netip"
	"testing"

	"github.com/accord-chat/accord/bot/facts"
)

// TestOnlyTheOpenInternetIsPublic: what a flow must not reach, in every disguise.
func TestOnlyTheOpenInternetIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1:248:1893:25c8:1946": true, "64:ff9b::5db8:d822": true, "2002:5db8:d822::1": true,
		"127.0.0.1": false, "127.8.8.8": false, "::1": false, "0.0.0.0": false, "::": false, "0.1.2.3": false,
		"10.0.0.1": false, "172.16.5.4": false, "192.168.1.1": false, "fd00::1": false, "fc00::1": false,
		"169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "100.64.0.1": false, "100.127.255.255": false,
		"198.18.0.1": false, "192.0.2.1": false, "203.0.113.9": false, "240.0.0.1": false, "255.255.255.255": false,
		"224.0.0.1": false, "ff02::1": false, "2001:db8::1": false, "fec0::1": false,
		"::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false, "::ffff:93.184.216.34": true,
		"::127.0.0.1": false, "64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "2002:7f00:1::": false,
		"2002:a9fe:a9fe::1": false, "2001::1": false,
	} {
		if got := facts.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public %v", address, got)
		}
	}
	if facts.Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestWhatTheOperatorAllows(t *testing.T) {
	g, err := facts.ParseGuard([]string{"10.1.0.0/16", "127.0.0.1:8090", "fd00::5"})
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{
		"10.1.200.3:443": true, "10.2.0.1:443": false, "127.0.0.1:8090": true, "127.0.0.1:8091": false,
		"[::ffff:10.1.0.9]:80": true, "[fd00::5]:1": true, "[fd00::6]:1": false, "169.254.169.254:80": false,
	} {
		if got := g.Allows(netip.MustParseAddrPort(at)); got != want {
			t.Errorf("%s: %v", at, got)
		}
	}
	for _, bad := range []string{"localhost", "shop.example:443", "10.0.0.0/33", "127.0.0.1:0", "127.0.0.1:99999", "", "*"} {
		if _, err := facts.ParseGuard([]string{bad}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
