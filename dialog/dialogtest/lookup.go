package dialogtest

import (
	"fmt"

	"github.com/accord-chat/accord/dialog"
)

// LookUps is how look-ups fare in a session. The zero LookUps are answered at
// once, from the flow's facts.csv.
type LookUps string

// What can be the matter with look-ups.
const (
	LookUpsUp   LookUps = ""
	LookUpsDown LookUps = "down" // whoever knows cannot be asked
	LookUpsSlow LookUps = "slow" // they are answered once they are up again
)

// LookUpsAre changes how look-ups fare from now on. What waited for an answer
// gets it when they are up again.
func (s *Session) LookUpsAre(how LookUps) error {
	switch how {
	case LookUpsUp, LookUpsDown, LookUpsSlow:
	default:
		return fmt.Errorf("look-ups are up, down or slow, not %q", how)
	}
	s.lookUps = how
	if how == LookUpsSlow {
		return nil
	}
	waiting := s.asked
	s.asked = nil
	for _, e := range waiting {
		if err := s.look(e); err != nil {
			return err
		}
	}
	return nil
}

// look answers a look-up.
func (s *Session) look(e dialog.LookUp) error {
	if s.lookUps == LookUpsSlow {
		s.asked = append(s.asked, e)
		return nil
	}
	fact := dialog.Fact{Key: e.Key, Trouble: dialog.FactUnreachable}
	if s.lookUps == LookUpsUp {
		row, found := s.Flow.Fact(e.Key, s.Now, s.Settings.Zone)
		fact = dialog.FactOf(s.Flow.Catalog.Lookup, e.Key, e.Customer, row, found)
	}
	return s.Do(dialog.Input{Kind: dialog.InFact, Fact: &fact})
}
