package flow

// StateID numbers the states of a flow in the order of their names.
type StateID uint8

// Control is everything that transitions read: where the machine is and how
// much of each shared budget is used. Keeping it to a few small integers is
// what makes a flow provable; texts, amounts and dates live in the matter.
//
// Three rules keep its space small: settled expectations leave Open, a
// counter that neither a state nor what follows it can read is zeroed on the
// way there, and turns are not counted (no cycle leaves every budget as it
// was, so the longest path bounds them).
type Control struct {
	// The numbers of states belong to one compiled flow and are never stored;
	// what is kept of them are names.
	At   StateID `json:"-"`
	Back StateID `json:"-"`             // where soothing leads back to, within a step; 0 = by what is known
	Open uint8   `json:"open,omitzero"` // unsettled expectations, known from restating on

	Refusals    uint8 `json:"refusals,omitzero"`
	Tries       uint8 `json:"tries,omitzero"`
	Questions   uint8 `json:"questions,omitzero"`
	Misread     uint8 `json:"misread,omitzero"`
	Side        uint8 `json:"side,omitzero"`
	Soothing    uint8 `json:"soothing,omitzero"`
	Corrections uint8 `json:"corrections,omitzero"`
	Reminded    uint8 `json:"reminded,omitzero"`
	Looks       uint8 `json:"looks,omitzero"`  // look-ups, each of another order
	Singly      uint8 `json:"singly,omitzero"` // expectations taken one by one, by a ladder or a shelf of their own
}

// Bounds that no flow changes.
const (
	maxOpen   = 6 // expectations in a matter: people take in no more
	maxLooks  = 3 // look-ups in a matter
	maxSingly = 2 // expectations taken one by one; the rest is put aside together
)

// used points at the counter of a budget.
func (c *Control) used(b Budget) *uint8 {
	switch b {
	case SpendRefusals:
		return &c.Refusals
	case SpendTries:
		return &c.Tries
	case SpendMisread:
		return &c.Misread
	case SpendSide:
		return &c.Side
	case SpendSoothing:
		return &c.Soothing
	case SpendCorrections:
		return &c.Corrections
	case SpendReminder:
		return &c.Reminded
	}
	return nil
}

// allowed says how often an edge may spend b before its else is taken.
// Refusals and tries name the number at which the other way is taken (the
// third refusal is answered with the question whether to shelve; a question
// is put twice in all), the others how often a thing may happen.
func (l Limits) allowed(b Budget) int {
	switch b {
	case SpendRefusals:
		return l.Refusals - 1
	case SpendTries:
		return l.Tries - 1
	case SpendMisread:
		return l.Misunderstood
	case SpendSide:
		return l.SideTurns
	case SpendSoothing:
		return l.Soothing
	case SpendCorrections:
		return l.Corrections
	case SpendReminder:
		return 1
	}
	return 0
}

// spend uses b up by one and says whether that was still allowed. A
// misunderstanding also counts as a side turn, whatever it spends, because
// both together bound how long a conversation may walk beside its matter.
func (c *Control) spend(b Budget, class ClassName, l Limits) bool {
	used := c.used(b)
	if used == nil || int(*used) >= l.allowed(b) {
		return false
	}
	if class == Misread && b != SpendSide {
		if int(c.Side) >= l.SideTurns {
			return false
		}
		c.Side++
	}
	*used++
	return true
}
