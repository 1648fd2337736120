package facts

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/accord-chat/accord/dialog/flow"
)

// Reach says whether the service a flow's look-up asks can be connected to,
// without asking it for anything: no secret and no customer's number is sent.
// where is its address without path and query, "" where the flow asks none; nil
// means that it answered something.
func Reach(ctx context.Context, f *flow.Flow, cfg Config) (where string, err error) {
	if f.Catalog.Lookup.HTTP == nil {
		return "", nil
	}
	u, err := url.Parse(flow.Fill(f.Catalog.Lookup.HTTP.URL, func(string) string { return "x" }))
	if err != nil {
		return "", fmt.Errorf("the address cannot be read")
	}
	where = u.Scheme + "://" + u.Host
	s, err := newService(f.Catalog.Lookup, cfg)
	if err != nil {
		return where, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, where+"/", http.NoBody)
	if err != nil {
		return where, fmt.Errorf("the address cannot be read")
	}
	res, err := s.client.Do(req)
	if err != nil {
		return where, bare(err)
	}
	return where, res.Body.Close()
}
