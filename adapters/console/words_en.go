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
		Back: "All hand-offs and tasks", Choose: "Nothing is open", ChooseHint: "Open a hand-off or a task from the list.",
		Notices: "Notices", NoCard: "There is no such card.",
		Thread: "Thread", Actions: "What you can do", Optional: "optional",
		SayMine: "Answer to the customer", SayNote: "Note for colleagues", SayTask: "What the customer shall hear when this is done",
		HintKeys: "Ctrl + Enter sends. Lines that start with // stay among colleagues.",
		HintTake: "Take the hand-off to answer the customer. Until then, what you write stays here.",
		HintNote: "A colleague has this customer. What you write stays here.",
		Closed:   "This is closed. Nothing can be written here any more.", ButtonSend: "Send to customer", ButtonNote: "Keep as a note",
		ButtonTask: "Note it", KeepNote: "Keep as a note",
		Refresh: "Look again", Offline: "The line is down. This page is brought up to date when it is back.",
		Empty: "There is nothing in it yet.", TooLong: "This is too long: at most 8,000 characters.",
		Gone:   "This is no longer there; the page shows how things stand now. Nothing was sent.",
		NotNow: "It could not be stored just now, so nothing was sent. Please try again.", NoFile: "This file is not there any more.",
		missing: "Please fill in: %s", inZone: "Times are in %s.", internal: "Only for colleagues", colon: ": ",
		states: map[adapters.MarkState]string{adapters.MarkSent: "On its way", adapters.MarkDelivered: "Delivered",
			adapters.MarkFailed: "Not delivered", adapters.MarkHeld: "Held back"},
		kinds: map[message.AttachmentKind]string{message.Photo: "Photo", message.Voice: "Voice message", message.Video: "Video",
			message.Document: "File", message.Location: "Location", message.Contact: "Contact", message.Sticker: "Sticker", message.Other: "Attachment"},
		date:  func(t time.Time) string { return t.Format("Mon 2 Jan, ") },
		units: [3]string{"%d min", "%d h", "%d d"}, between: " ",
	}
}
