package facts

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// Guard says which addresses a flow's look-up may reach. A flow is written by
// admins, and whoever can make the program call an address of its own network
// reads what stands behind the firewall; so such addresses are refused at the
// moment of connecting, when it is known where a name really leads. The zero
// Guard allows every public address and nothing else.
type Guard struct{ allowed []rule }

// rule is an address range, with one port or all (0).
type rule struct {
	in   netip.Prefix
	port uint16
}

// ParseGuard reads what an operator allows besides public addresses: "10.1.2.3",
// "10.1.0.0/16", "127.0.0.1:8090", "[fd00::1]:443".
func ParseGuard(list []string) (Guard, error) {
	var g Guard
	for _, item := range list {
		r, err := parseRule(item)
		if err != nil {
			return Guard{}, err
		}
		g.allowed = append(g.allowed, r)
	}
	return g, nil
}

func parseRule(item string) (rule, error) {
	if p, err := netip.ParsePrefix(item); err == nil {
		return rule{in: p.Masked()}, nil
	}
	if a, err := netip.ParseAddr(item); err == nil {
		return rule{in: netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen())}, nil
	}
	host, port, err := net.SplitHostPort(item)
	if err == nil {
		a, aerr := netip.ParseAddr(host)
		n, perr := strconv.ParseUint(port, 10, 16)
		if aerr == nil && perr == nil && n > 0 {
			return rule{in: netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), port: uint16(n)}, nil
		}
	}
	return rule{}, fmt.Errorf("%q is no address such as 10.1.2.3, 10.1.2.3:8080 or 10.1.0.0/16", item)
}

// Allows says whether the operator allows this address although it is not
// public.
func (g Guard) Allows(at netip.AddrPort) bool {
	a := at.Addr().Unmap().WithZone("")
	for _, r := range g.allowed {
		if r.in.Contains(a) && (r.port == 0 || r.port == at.Port()) {
			return true
		}
	}
	return false
}

// errRefused says that an address was not allowed. It names the address and not
// what was asked there.
type errRefused struct {
	at    netip.AddrPort
	plain bool
}

func (e errRefused) Error() string {
	if e.plain && Public(e.at.Addr()) {
		return fmt.Sprintf("%v is asked without TLS; write https:// or allow it with ACCORD_LOOKUP_ALLOW", e.at)
	}
	return fmt.Sprintf("%v is not a public address; ACCORD_LOOKUP_ALLOW can allow it", e.at)
}

// control is for net.Dialer: it sees the address that is really connected to,
// after every name was resolved. Without TLS only what the operator named is
// allowed: on the open internet anybody on the way reads secret and answer.
func (g Guard) control(plain bool) func(network, address string, c syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("address: %w", err)
		}
		if g.Allows(at) || Public(at.Addr()) && !plain {
			return nil
		}
		return errRefused{at, plain}
	}
}

// closed are ranges that are not the open internet beside those that netip
// knows: IANA's special-purpose registries (RFC 6890 and its successors).
var closed = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20",
	"5f00::/16", "fec0::/10")

// tunnels carry an IPv4 address inside: where they lead, that address decides.
// at is the byte it begins with.
var tunnels = []struct {
	in netip.Prefix
	at int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, // NAT64, RFC 6052
	{netip.MustParsePrefix("2002::/16"), 2},     // 6to4, RFC 3056
	{netip.MustParsePrefix("::/96"), 12},        // IPv4-compatible, RFC 4291
}

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, 0, len(list))
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// Public says whether an address belongs to the open internet.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || a.IsUnspecified() || a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() ||
		a.IsInterfaceLocalMulticast() || a.IsLinkLocalMulticast() {
		return false
	}
	for _, t := range tunnels {
		if t.in.Contains(a) {
			b := a.As16()
			inside, _ := netip.AddrFromSlice(b[t.at : t.at+4])
			return Public(inside)
		}
	}
	for _, p := range closed {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
