package main

import (
	"context"
	"net"
	"path/filepath"
	"time"
)

// operator is the server's own answer to commands.
func (s *service) operator(addr net.Addr) operator {
	return &keeper{
		store: s.store, data: s.cfg.Data, now: time.Now, close: func() error { return nil }, address: localBase(addr.String()),
		bot:  func(context.Context) (retrier, error) { return s.bot, nil },
		link: linker(s.store, s.cfg.signInBase(addr), true),
		about: func(ctx context.Context, st *state) (err error) {
			stats, err := s.bot.Stats(ctx)
			if err != nil {
				return err
			}
			st.Running, st.Version, st.Address, st.Down = true, version(), localBase(addr.String()), stats.Down
			st.Unreached, st.Findings = stats.Unreached, s.examine(ctx)
			st.Public, st.Flow = s.cfg.PublicURL, s.flow.ID
			if s.cfg.Flows != "" { // "" means the built-in one, not a folder
				if st.Flows, err = filepath.Abs(s.cfg.Flows); err != nil {
					return err
				}
			}
			st.Data, err = filepath.Abs(s.cfg.Data)
			return err
		},
	}
}
