package admin

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// words are everything the console says. Capital ones are read by templates.
type words struct {
	desk, due, link                   string
	People, Audit, State              string
	signIn, badLink, tooMany, needTLS string
	adminsOnly, notFound, trouble     string
	waiting, owned, somebody          string // owned: name
	overdueBy, dueIn                  string // a span
	badName, badRole, nameTaken       string
	noUser, notYourself, lastAdmin    string
	oldest                            string // a span
	countConversations, countHandoffs string
	countPromises, countPending       string
	countUnsent, countTimers          string
	countUnknown, countDead           string

	verdicts map[string]string
	date     func(time.Time) string
	units    [3]string // %d minutes, hours, days
	between  string    // two units

	Skip, Menu, SignedIn, SignOut, Console string
	SignInLead, SignInButton, SignInNone   string
	SignInBack                             string
	WorkedOn, OpenHandoffs, NoHandoffs     string
	OpenPromises, NoPromises, Conversation string
	Since, By, More                        string
	DueLead                                string
	PeopleLead, AddPerson, Name, Role      string
	AddButton, LinkButton, DisableButton   string
	RoleAdmin, RoleAgent                   string
	DisableAsk, Disabled, You              string
	LinkLead, LinkOnce, LinkFor, Back      string
	AuditLead, AuditNone, Nobody, About    string
	StateLead, ReadyYes, ReadyNo           string
	Display, NameTitle, NameLead           string
	NameButton, NameLater, NameSummary     string
	CustomersRead                          string
	DeadHint, DeadCommand, Counts          string
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

// role names what a user may do.
func (w *words) role(r store.Role) string {
	if r == store.RoleAdmin {
		return w.RoleAdmin
	}
	return w.RoleAgent
}

// span writes how long something is, in its two largest units: more would be
// noise beside a deadline.
func (w *words) span(d time.Duration) string {
	m := int(d.Round(time.Minute) / time.Minute)
	if m < 0 {
		m = 0
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
