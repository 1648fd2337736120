package desk

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// words is everything the desk says in one language. Fields that end a
// sentence hold one; %s and %d stand where the comment says.
type words struct {
	colon, comma, dash, brackets, quoted string // brackets and quoted: %s
	customer, somebody                   string
	date                                 func(time.Time) string

	needs                                                string // customer's name
	needsOne                                             string // of a customer nothing is known of
	waiting                                              string // since when
	owned                                                string // agent
	taken, returned, closed                              string // agent
	stillWaiting                                         string // customer, since when
	lostRace, notYours                                   string // owner
	takeFirst, over, notOnQueue                          string
	story, wishes, ranked, facts, promises               string
	refused                                              string
	refusedOf                                            string // which wish
	theirOffer, theirRefused, unansweredOffer            string // of colleagues
	settledBefore, saidBefore, theBot                    string
	passedOn                                             string // agent
	orderOf                                              string // its number
	by                                                   string // deadline
	fieldCustomer, fieldLanguage, fieldWhy               string
	fieldMood, fieldCase, fieldOrder                     string
	fieldIncident, fieldOwner, fieldDue                  string
	buttonTake, buttonReturn, buttonClose                string
	confirmClose, buttonDone, buttonMore                 string
	taskTitle                                            string // case number
	taskPromised, taskHow, taskDue                       string
	taskSoon                                             string // deadline
	taskChased                                           string
	taskEscalated, taskNoted, taskNoMove                 string
	taskDone                                             string // agent
	taskAssigned                                         string // owner
	taskReworded, taskWithdrawn                          string
	taskClosed, holdAsk, holdEdited, holdEmpty, holdFile string
	holdTaken                                            string // owner
	formAsk, formRemark, formPast, formBlocked           string
	lost                                                 string // %d conversation, %s why
	lostOffer, lostPromise, lostNews, lostWord, lostNote string // why

	taskDueWaits                string // owner
	taskAskingWaits             string // agent, the new deadline, owner
	taskDoneWaits               string // agent, owner
	taskOwned                   string // owner of the hand-off
	taskUnowned, taskOfThatWait string

	nudged, escalated                        string // customer, since when
	escalatedIdle                            string // owner, customer
	idle                                     string // customer, owner
	released                                 string // agent, customer
	lapsed                                   string // customer, agent
	takenOver                                string // the former owner; goes before taken
	offered, promised                        string // agent
	asked, unheard                           string
	taskAsking                               string // agent, the new deadline
	taskRenewed                              string // the new deadline
	taskDeclined                             string // the deadline
	editLost, deleteLost                     string // why
	wasBefore, isNow                         string // of words that were changed
	keptHere, keptGone, wordsGone, formEmpty string
	notYourWords                             string
	formNoTime                               string

	dueTitle, dueNone, overdue string
	dueMore                    string // %d how many

	buttonTakeOver, buttonRelease, buttonOffer, buttonPromise string
	buttonDue, buttonAgain, buttonAnyway, buttonKeep          string
	buttonResult                                              string

	formOffer, formSendOffer, formOfferText, formOfferHint, formOfferBy           string
	formOfferByHint                                                               string
	formPromise, formSendPromise, formPromiseText, formPromiseHint, formPromiseBy string
	formReturn, formReturnText, formReturnHint                                    string
	formRelease, formReleaseText, formReleaseHint                                 string
	formClose, formCloseText, formByHint                                          string

	moods     [4]string // calm to furious
	trends    map[string]string
	causes    map[string]string
	verdicts  map[expect.Verdict]string
	statuses  map[expect.Status]string
	languages map[message.Lang]string
	whats     map[string]string // of a relay
	kinds     map[message.AttachmentKind]string
	failures  map[Failure]string
	troubles  map[Trouble]string // %d conversation
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

// own are the languages by their own names, which every agent can match with
// what the customer writes.
func own() map[message.Lang]string {
	return map[message.Lang]string{message.English: "English", message.Simplified: "简体中文", message.Traditional: "繁體中文"}
}
