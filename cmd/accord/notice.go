package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

// lastFlow is the name under which the store keeps the ID of the flow that was
// served last.
const lastFlow = "flow served last"

// exposed lists what lets others read what they should not.
func (c *config) exposed() (list problems) {
	if c.plainPublic() {
		list = append(list, &problem{what: "ACCORD_PUBLIC_URL is not https: what people write can be read on the way, and nobody can sign in to the console under it",
			hint: "put a proxy with TLS in front, and write https:// into ACCORD_PUBLIC_URL"})
	}
	if info, err := os.Stat(c.Data); err == nil && info.Mode().Perm()&0o077 != 0 {
		list = append(list, ajar(c.Data, info))
	}
	return list
}

// ajar says that others can look into a folder.
func ajar(dir string, info os.FileInfo) *problem {
	return &problem{what: fmt.Sprintf("%s is open to other users of this machine (mode %04o)", dir, info.Mode().Perm()), hint: "chmod 700 " + quoted(dir)}
}

// notice says at a start what an operator would not notice otherwise: settings
// that do nothing yet, and a flow that is not the one served before. It comes
// after everything that can still refuse the start, so that a flow counts as
// served only once it is.
func (s *service) notice(ctx context.Context) error {
	for _, p := range slices.Concat(s.cfg.Warnings, s.cfg.exposed(), s.cfg.unusedSecrets(s.flow)) {
		s.log.Warn(p.what, zap.String("hint", p.hint))
	}
	before, err := s.store.Meta(ctx, lastFlow)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("the flow served last: %w", err)
	}
	if before == s.flow.ID {
		return nil
	}
	if before != "" {
		s.log.Warn("the flow changed since the last start; open conversations go on with the new one",
			zap.String("was", before), zap.String("is", s.flow.ID))
	}
	if err := s.store.SetMeta(ctx, lastFlow, s.flow.ID); err != nil {
		return fmt.Errorf("the flow served last: %w", err)
	}
	return nil
}
