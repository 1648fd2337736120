package facts

import (
	"errors"
	"testing"
)

// TestWithoutTLSOnlyWhatTheOperatorNamed: on the open internet anybody on the
// way would read the secret and the answer.
func TestWithoutTLSOnlyWhatTheOperatorNamed(t *testing.T) {
	g, err := ParseGuard([]string{"93.184.216.34:80", "10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at      string
		plain   bool
		allowed bool
	}{
		{"93.184.216.35:443", false, true}, {"93.184.216.35:80", true, false}, {"93.184.216.34:80", true, true}, {"93.184.216.34:81", true, false},
		{"10.1.2.3:80", true, true}, {"10.1.2.3:443", false, true}, {"127.0.0.1:443", false, false}, {"127.0.0.1:80", true, false},
		{"[2606:2800:220:1:248:1893:25c8:1946]:80", true, false}, {"nonsense", false, false},
	} {
		err := g.control(c.plain)("tcp", c.at, nil)
		var refused errRefused
		if (err == nil) != c.allowed || err != nil && c.at != "nonsense" && !errors.As(err, &refused) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
