package console

import (
	"fmt"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// words are everything the desk says by itself; cards come worded. Capital
// ones are read by templates.
type words struct {
	Desk, Waiting, Mine, Others, Overdue, Tasks string
	NobodyWaits, NothingMine, NoTasks           string
	status                                      string // %d waiting, %d overdue
	waitingFor, overdueBy, dueIn, waitsForYou   string // a span
	answerBy, by                                string // a time
	news                                        string // %d messages
	stepIn, moment, dot                         string
	owned, somebody                             string // name
	Back, Choose, ChooseHint, Notices, NoCard   string
	Thread, Actions, Optional                   string
	SayMine, SayNote, SayTask                   string
	Related                                     string
	HintTask, ButtonDone, TellOn, TellOff       string
	TellNews                                    string
	HintKeys, HintTake, HintNote, Closed        string
	ButtonSend, ButtonNote, ButtonTask          string
	KeepNote, Refresh, Offline                  string
	Empty, TooLong, Gone, NotNow, NoFile        string
	missing                                     string // a field's label
	inZone, brackets                            string // a city; anything
	looksNote, past                             string
	internal, colon                             string

	zones   map[string]string // by the names of zones
	states  map[adapters.MarkState]string
	kinds   map[message.AttachmentKind]string
	date    func(time.Time) string
	units   [3]string // %d minutes, hours, days
	between string
}

// wordsOf gives the words of a language, English where there are none.
func wordsOf(lang message.Lang) *words {
	switch lang {
	case message.Simplified:
		return simplified()
	case message.Traditional:
		return traditional()
	}
	return english()
}

// span writes how long something is, in its two largest units.
func (w *words) span(d time.Duration) string {
	m := max(0, int(d.Round(time.Minute)/time.Minute))
	if m == 0 {
		return w.moment
	}
	values := [3]int{m % 60, m / 60 % 24, m / 60 / 24}
	top := 2
	for top > 0 && values[top] == 0 {
		top--
	}
	text := fmt.Sprintf(w.units[top], values[top])
	if top > 0 && values[top-1] > 0 {
		text += w.between + fmt.Sprintf(w.units[top-1], values[top-1])
	}
	return text
}

// zone is what people call the time of a zone: a known name, else that of its
// city.
func (w *words) zone(z *time.Location) string {
	id := z.String()
	if known := w.zones[id]; known != "" {
		return known
	}
	city := strings.ReplaceAll(id[strings.LastIndex(id, "/")+1:], "_", " ")
	return fmt.Sprintf(w.inZone, city)
}

func (w *words) bracket(text string) string { return fmt.Sprintf(w.brackets, text) }
