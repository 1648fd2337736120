package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// addressOf gives the address whose limits a request counts against. Behind a
// proxy of ours it is the right-most entry of X-Forwarded-For, the one that
// proxy wrote itself; all others anybody can invent. An IPv6 address counts
// with its whole /64, which is what one household is given.
func addressOf(r *http.Request, proxied bool) netip.Addr {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{} // not TCP: all of it counts as one
	}
	addr := remote.Addr().Unmap()
	if proxied && (addr.IsLoopback() || addr.IsPrivate()) {
		if told, ok := forwarded(r); ok {
			addr = told
		}
	}
	addr = addr.WithZone("")
	if addr.Is6() {
		if net, err := addr.Prefix(64); err == nil {
			return net.Addr()
		}
	}
	return addr
}

// forwarded reads the last entry of X-Forwarded-For, however many headers of
// that name there are. Some proxies write a port with it.
func forwarded(r *http.Request) (netip.Addr, bool) {
	all := r.Header.Values("X-Forwarded-For")
	if len(all) == 0 {
		return netip.Addr{}, false
	}
	last := all[len(all)-1]
	if i := strings.LastIndexByte(last, ','); i >= 0 {
		last = last[i+1:]
	}
	last = strings.TrimSpace(last)
	if a, err := netip.ParseAddr(last); err == nil {
		return a.Unmap(), true
	}
	if ap, err := netip.ParseAddrPort(last); err == nil {
		return ap.Addr().Unmap(), true
	}
	return netip.Addr{}, false
}
