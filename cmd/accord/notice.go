package main

import (
	"context"
	"errors"
	"fmt"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

// lastFlow is the name under which the store keeps the ID of the flow that was
// served last.
const lastFlow = "flow served last"

// notice says at a start what an operator would not notice otherwise: settings
// that do nothing yet, and a flow that is not the one served before. It comes
// after everything that can still refuse the start, so that a flow counts as
// served only once it is.
func (s *service) notice(ctx context.Context) error {
	for _, name := range s.cfg.Idle {
		s.log.Warn("this setting does nothing in this version", zap.String("setting", name))
	}
	for _, name := range s.cfg.Strangers {
		s.log.Warn("there is no such setting", zap.String("variable", name))
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
