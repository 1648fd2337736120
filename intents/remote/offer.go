package remote

import (
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// What a reading must not have lost for another opinion to be asked for: from here
// on it is sure enough, or too serious, to be left to the rules alone.
const (
	sure   = 0.6 // confidence in an intent
	heated = 0.6 // anger
)

// offer is the closed list a model may choose from.
type offer struct {
	intents []string
	choices []message.Choice
	slot    message.SlotKind // "" = no value is asked for
}

func (o offer) empty() bool { return len(o.intents) == 0 && len(o.choices) == 0 && o.slot == "" }

// Unsure implements intents.Second.
func (r *Reader) Unsure(local message.Reading, c intents.Context) bool {
	return open(local, c) && !r.offer(local, c).empty()
}

// open says that the rules left open what a text is about. What they did hear
// stands: an answer, a wish for a person, anger, something given up.
func open(r message.Reading, c intents.Context) bool {
	if r.Empty || r.Person || r.Correction || r.Choice != "" || r.Side != message.NoSide || r.Answer != message.NoAnswer || r.Anger >= heated {
		return false
	}
	for _, m := range r.Mentions {
		if m.Dropped || m.Cue != "" && !strings.ContainsAny(m.Name, ".:") {
			return false
		}
	}
	kind, isSlot := strings.CutPrefix(c.Expect.Kind, "slot:")
	if !isSlot {
		return r.Confidence < sure || len(r.Mentions) == 0
	}
	switch k := message.SlotKind(kind); k {
	case "text", message.SlotName, message.SlotAddress:
		return false // any words answer these
	default:
		_, found := r.Slot(k)
		return !found && r.Confidence < sure
	}
}

// offer lists what may be chosen: the intents the local model took for likely, the
// others where the state waits for any, and what the state asks for. Sections that end a conversation, call it off or
// are known to nobody here are never among it.
func (r *Reader) offer(local message.Reading, c intents.Context) offer {
	var o offer
	for _, l := range local.Ranked {
		if r.offered(l.Name) && !slices.Contains(o.intents, l.Name) {
			o.intents = append(o.intents, l.Name)
		}
	}
	if c.Expect.Kind == "" || c.Expect.Kind == "intent" { // any matter may come; a colleague is called only where we half heard it ourselves
		for _, name := range slices.Sorted(maps.Keys(r.cfg.Sentences)) {
			if name != "human_agent" && r.offered(name) && !slices.Contains(o.intents, name) {
				o.intents = append(o.intents, name)
			}
		}
	}
	o.choices = c.Expect.Choices
	if kind, ok := strings.CutPrefix(c.Expect.Kind, "slot:"); ok {
		switch k := message.SlotKind(kind); k {
		case message.SlotOrder, message.SlotPhone, message.SlotEmail, message.SlotNumber, message.SlotMoney, message.SlotDate, message.SlotTime:
			o.slot = k
		}
	}
	return o
}

func (r *Reader) offered(section string) bool {
	switch section {
	case "", "outside", "withdraw", "thanks_bye":
		return false
	}
	_, known := r.cfg.Sentences[section]
	_, narrow := r.cfg.Broader[section]
	return known && !narrow && !strings.ContainsAny(section, ".:")
}
