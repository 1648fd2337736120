package console

import (
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func english() *words {
	return &words{
		Desk: "Desk", Waiting: "Waiting", Mine: "Yours", Others: "With colleagues", Overdue: "Overdue", Tasks: "Due next",
		NobodyWaits: "Nobody is waiting.", NothingMine: "You have no customer at the moment.", NoTasks: "Nothing is due.",
		status: "Waiting for a person: %d. Overdue: %d.", waitingFor: "Waiting for %s", overdueBy: "Overdue by %s", dueIn: "Due in %s",
		owned: "%s has it", somebody: "A colleague",
		Back: "All hand-offs and tasks", Choose: "Choose a hand-off or a task", ChooseHint: "The list shows who is waiting, and what was promised by when.",
		Notices: "Notices", NoCard: "There is no such card.",
		Thread: "Thread", Actions: "What you can do", Optional: "optional",
		SayMine: "Answer to the customer", SayNote: "Note for colleagues", SayTask: "What the customer should hear when this is done",
		HintKeys: "Ctrl + Enter sends. A message that begins with // stays among colleagues.",
		HintTake: "Only colleagues see it. To answer the customer, take the hand-off first.",
		HintNote: "Only colleagues see it. A colleague has this customer.",
		Closed:   "This is closed. Nothing can be written here any more.", ButtonSend: "Send to customer", ButtonNote: "Keep as a note",
		ButtonTask: "Save the answer", KeepNote: "Keep as a note",
		Refresh: "Look again", Offline: "The server cannot be reached. This page catches up by itself when it answers again.",
		Empty: "There is nothing in it yet.", TooLong: "This is too long: at most 8,000 characters.",
		Gone:   "This is no longer there; the page shows how things stand now. Nothing was sent.",
		NotNow: "It could not be stored just now, so nothing was sent. Please try again.", NoFile: "This file is not there any more.",
		missing: "Please fill in: %s", inZone: "%s time", internal: "Only for colleagues", colon: ": ",
		states: map[adapters.MarkState]string{adapters.MarkSent: "On its way", adapters.MarkDelivered: "Delivered",
			adapters.MarkFailed: "Not delivered", adapters.MarkHeld: "Held back"},
		kinds: map[message.AttachmentKind]string{message.Photo: "Photo", message.Voice: "Voice message", message.Video: "Video",
			message.Document: "File", message.Location: "Location", message.Contact: "Contact", message.Sticker: "Sticker", message.Other: "Attachment"},
		date:     func(t time.Time) string { return t.Format("Mon 2 Jan, ") },
		Related:  "Also open with this customer:",
		HintTask: "Done tells the customer. Ctrl + Enter saves the answer for later. What begins with // stays among colleagues.", ButtonDone: "Done",
		TellOn: "Tell me about new hand-offs", TellOff: "Stop telling me about new hand-offs", TellNews: "A customer is waiting for a person.",
		waitsForYou: "Waiting for you: %s", answerBy: "answer promised by %s", by: "by %s", news: "%d new", stepIn: "Somebody has to step in now",
		moment: "less than a minute", dot: " · ", brackets: " (%s)", past: "That time is past. Please choose a later one.",
		looksNote: "It begins like a note for colleagues, so nothing was sent. Take that beginning away to send it.",
		zones:     map[string]string{"UTC": "UTC", "Asia/Shanghai": "Shanghai time", "Asia/Taipei": "Taipei time", "Asia/Hong_Kong": "Hong Kong time"},
		units:     [3]string{"%d min", "%d h", "%d d"}, between: " ",
	}
}
