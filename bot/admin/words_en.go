package admin

import "time"

func english() *words {
	return &words{
		desk: "Desk", due: "Due", People: "People", Audit: "Audit", State: "State", link: "One-time link",
		signIn: "Sign in", tooMany: "There were too many tries from here. Please wait a quarter of an hour.",
		badLink:    "This link does not work. Links work once and for 15 minutes: ask an admin for a new one.",
		needTLS:    "Signing in works over https, or on the machine the server runs on. Over this address your session could be read on the way.",
		adminsOnly: "This page is for admins.", notFound: "There is no such page.",
		trouble: "Something of ours does not answer at the moment. Please try again shortly.",
		waiting: "Waiting", owned: "%s has it", somebody: "somebody",
		overdueBy: "Overdue by %s", dueIn: "Due in %s",
		badName: "Please write a name of at most 60 characters.", badRole: "Please choose a role.",
		nameTaken: "There is somebody of that name already. Names are how commands tell people apart.",
		noUser:    "There is no such user any more.", notYourself: "You cannot disable yourself. Another admin can.",
		lastAdmin: "This is the only admin who can still sign in. Make another one first.",
		Display:   "Name customers read", NameTitle: "Which name shall customers read?",
		NameLead:   "Customers read it when you take over and when you promise something, for example “Anna” or “Anna from the shop”. Colleagues see it too.",
		NameButton: "Save the name", NameLater: "Later", NameSummary: "Name", CustomersRead: "Customers read:",
		oldest:             "oldest: %s ago",
		countConversations: "Conversations", countHandoffs: "Open hand-offs", countPromises: "Open promises",
		countPending: "Received, not handled yet", countUnsent: "Written, not sent yet", countTimers: "Timers",
		countUnknown: "Sends whose outcome was unknown", countDead: "Dead letters",

		RoleAdmin: "Admin", RoleAgent: "Agent",
		verdicts: map[string]string{allowed: "allowed", denied: "denied", "not checked": "not checked"},
		date:     func(t time.Time) string { return t.Format("Mon 2 Jan 2006, ") },
		units:    [3]string{"%d min", "%d h", "%d d"}, between: " ",

		Skip: "Skip to the content", Menu: "Pages", SignedIn: "Signed in as", SignOut: "Sign out", Console: "Console",
		SignInLead: "Press the button to sign in. The link works once, so it is used up by that.", SignInButton: "Sign in",
		SignInNone: "To sign in, open the one-time link an admin gave you. On the server, “accord user link NAME” prints one.",
		SignInBack: "Signed in already? Open the desk",
		WorkedOn:   "Hand-offs are worked on in:", OpenHandoffs: "Open hand-offs", NoHandoffs: "Nobody is waiting for a person.",
		OpenPromises: "Open promises", NoPromises: "No promise is open.", Conversation: "Conversation",
		Since: "since", By: "by", More: "There are more; the first 200 are shown.",
		DueLead:    "What customers were promised, soonest first.",
		PeopleLead: "Who may use this console. Agents work at the desk; admins see everything here.",
		AddPerson:  "Add somebody", Name: "Name", Role: "Role", AddButton: "Add and make a link",
		LinkButton: "New link", DisableButton: "Disable",
		DisableAsk: "They are signed out at once, and cannot be enabled again.", Disabled: "Disabled", You: "you",
		LinkLead: "Give this link to %s. It signs in once and works for 15 minutes.",
		LinkOnce: "It is shown here only now and stored nowhere.", LinkFor: "One-time link for %s", Back: "Back to people",
		AuditLead: "Who did what, newest first. What was written is not in it.", AuditNone: "Nothing was noted yet.",
		Nobody: "not signed in", About: "on",
		StateLead: "How the service is doing.", ReadyYes: "Ready: messages are taken and answered.", ReadyNo: "Not ready:",
		DeadHint: "Dead letters could not be handled or sent. To see and retry them, on the server:", DeadCommand: "accord dead list", Counts: "Counts",
	}
}
