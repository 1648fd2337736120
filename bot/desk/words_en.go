package desk

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func english() *words {
	return &words{
		colon: ": ", comma: ", ", semicolon: "; ", dash: " – ", brackets: " (%s)",
		customer: "Customer", somebody: "Somebody",
		date: func(t time.Time) string { return t.Format("Monday, 2 January, ") },

		needs:        "%s needs a person",
		waiting:      "Waiting since %s",
		owned:        "%s has it",
		taken:        "%s has taken this. What they write in this thread goes to the customer; lines that start with // stay here.",
		returned:     "%s has given it back to the bot",
		closed:       "%s has closed this",
		stillWaiting: "%s is still waiting for a person, since %s.",
		lostRace:     "%s was a moment faster and has it now.",
		notYours:     "%s has this hand-off, so only they can do that.",
		takeFirst:    "Nobody has taken this yet. Press Take on the card first.",
		over:         "This hand-off is no longer open, so nothing was sent or changed.",
		notOnQueue:   "You are not on this queue, so nothing was changed. An admin can add you.",
		story:        "In the customer's words",
		wishes:       "What is expected, most important first",
		facts:        "What we know",
		promises:     "Promised so far",
		refused:      ". Offered and not taken: ",

		fieldCustomer: "Customer", fieldLanguage: "Language", fieldWhy: "Why", fieldMood: "Mood", fieldCase: "Case",
		fieldOrder: "Order", fieldIncident: "What happened", fieldOwner: "Owner", fieldDue: "By",
		buttonTake: "Take", buttonReturn: "Return to bot", buttonClose: "Close",
		confirmClose: "Only colleagues see the reason. The conversation ends and the customer is told so; promises stand.",
		buttonDone:   "Done", buttonMore: "More time",

		taskTitle:     "Promise %s",
		taskPromised:  "What the customer was told",
		taskHow:       "Reply in this thread with what the customer should hear, then press Done.",
		taskSoon:      "Due soon: %s",
		taskDue:       "The deadline has passed without a result, and the customer was told so.",
		taskEscalated: "Still without a result. A supervisor should look at this now.",
		taskDone:      "Done by %s. The customer has been told.",
		taskAssigned:  "This is now with %s.",
		taskReworded:  "The customer has told more",
		taskWithdrawn: "The customer has called this off. Nothing more is to be done.",
		taskNoted:     "Noted. It goes to the customer when Done is pressed.",
		taskNoMove:    "The deadline was moved before and cannot move again. Write what there is and press Done.",
		taskClosed:    "This promise is closed already, so nothing was changed.",
		holdAsk:       "it starts with “note:”, which may be meant for colleagues. Write it again without that to send it, or start with // to keep it here",
		holdEdited:    "it is still kept here, and the customer has not seen it. To send the new wording, write it as a new message",
		holdEmpty:     "there is nothing in it that could be passed on",
		holdFile:      "what is told when a task is done is told in words, and these came with a file. Write them again without it",

		nudged:        "%s is still waiting, since %s. Whoever is free: press Take on the card.",
		escalated:     "Nobody has taken this yet: %s has been waiting since %s. Somebody has to step in now.",
		escalatedIdle: "%s has it, and %s is still without an answer. Somebody has to step in now.",
		idle:          "%s is waiting for an answer from %s. Anybody may take over.",
		released:      "%s has put %s back into the queue",
		takenOver:     "Taken over from %s. ",
		asked:         "The offer is with the customer, who answers with a button. The answer appears here.",
		unheard:       "While this place could not be reached, the customer was told so, and that the request is kept.",
		taskAsking:    "%s asked for more time. The customer is being asked whether %s is all right.",
		taskRenewed:   "Renewed until %s with the customer's consent. A new task has taken its place.",
		taskDeclined:  "The customer would rather not wait longer, so the deadline stays: %s. A supervisor should look at this now.",
		editLost:      "This edit did not reach the customer: %s.",
		deleteLost:    "The message was deleted here, and the customer still has it: %s.",
		wasBefore:     "before", isNow: "now",
		keptHere:   "Kept here. The customer does not see it.",
		wordsGone:  "The words can no longer be found. Please write them again.",
		formEmpty:  "Nothing was written, so nothing was sent or changed.",
		formNoTime: "The time could not be read, so nothing was sent or changed.",

		dueTitle: "Promised and open, soonest first", dueNone: "Nothing is promised and open at present.",
		overdue: "overdue", dueMore: "and %d more",

		buttonTakeOver: "Take over", buttonRelease: "Back to queue", buttonOffer: "Offer", buttonPromise: "Promise",
		buttonDue: "What is due", buttonAgain: "Send again", buttonAnyway: "Send to customer", buttonKeep: "Keep here",

		formOffer: "Make an offer", formSendOffer: "Send offer", formOfferText: "What you offer",
		formOfferHint: "The customer reads this as it stands and answers with Yes or No.", formOfferBy: "Done by",
		formPromise: "Make a promise", formSendPromise: "Promise", formPromiseText: "What you promise",
		formPromiseHint: "The customer reads this as it stands, with the time. It becomes a task.", formPromiseBy: "By when",
		formReturn: "Return to the bot", formReturnText: "What was settled",
		formReturnHint: "The customer reads this, and the bot goes on from it.",
		formRelease:    "Back to the queue", formReleaseText: "Note for whoever takes it next",
		formReleaseHint: "Only colleagues see it. The customer hears that they keep their place.",
		formClose:       "Close", formCloseText: "Why it is closed", formByHint: "Day and time",

		lost: "A message in conversation %d did not safely reach the customer: %s.",

		moods:  [4]string{"calm", "annoyed", "angry", "furious"},
		trends: map[string]string{"rising": "getting angrier", "falling": "calming down", "steady": "steady"},
		causes: map[string]string{
			"asked": "asked for a person", "anger": "very angry", "misread": "the bot did not understand",
			"limit": "the bot reached its limits", "refused": "no offer was acceptable", "unknown": "not in the catalog",
			"authority": "above what the bot may decide", "agent": "handed over by a colleague",
		},
		verdicts: map[expect.Verdict]string{expect.Meet: "can be met", expect.Part: "in part", expect.Later: "later than asked",
			expect.Cannot: "cannot be met", expect.Unknown: "needs your decision"},
		statuses: map[expect.Status]string{expect.Open: "open", expect.Granted: "granted", expect.Agreed: "agreed",
			expect.Shelved: "answer promised", expect.Withdrawn: "given up", expect.HandedOff: "handed over"},
		languages: own(),
		whats: map[string]string{"edited": "edited", "deleted": "deleted a message", "tap": "pressed", "command": "command", "blocked": "has blocked us",
			"accepted": "accepts the offer", "declined": "does not accept the offer", "wait": "keeps waiting", "call": "asks to be called back", "answer": "would like an answer by message"},
		kinds: map[message.AttachmentKind]string{message.Photo: "Photo", message.Voice: "Voice message", message.Video: "Video",
			message.Document: "File", message.Location: "Location", message.Contact: "Contact", message.Sticker: "Sticker", message.Other: "Attachment"},
		troubles: map[Trouble]string{
			TroubleInput:  "Something of ours failed in conversation %d, and what came in last was not handled. It is being handed over: please ask the customer what they need. An operator can see what failed.",
			TroubleState:  "Conversation %d could not be read any more and begins anew with a hand-off. Its earlier cards no longer answer, and of its promises only those are kept that could still be read: please look at its open tasks, and ask the customer where you were.",
			TroubleRescue: "Something of ours failed in conversation %d, and handing it over failed too. Nobody has it now: please ask an operator, who can see it, to reach the customer.",
		},
		failures: map[Failure]string{
			FailedGone:     "the customer has blocked us or left the chat",
			FailedRefused:  "the platform refused it",
			FailedUnsure:   "the platform gave no clear answer, so it may or may not have arrived",
			FailedLate:     "the platform could not be reached for a day",
			FailedMoved:    "the chat has moved to another place",
			FailedUnsaid:   "the message itself did not arrive",
			FailedInternal: "something of ours failed; it is kept and an operator can see it",
		},
	}
}
