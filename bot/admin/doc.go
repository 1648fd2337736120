// Package admin is the console's frame under /admin: who may come in, and the
// pages around the agents' desk.
//
// Start with [New], mount [Admin.Handler] at "/admin" and "/admin/". Nobody
// has a password. A user signs in by a one-time link, valid for [LinkLasts]:
// [FirstLink] makes the first one on an empty table, [NewLink] every other;
// both need only the accounts, so that commands can make links with and
// without a running server. [Link] writes the address:
//
//	token, made, err := admin.FirstLink(ctx, db, time.Now())
//	if made {
//		fmt.Println(admin.Link("http://127.0.0.1:8080", token))
//	}
//
// The pages: Desk (every agent), Due (every agent), Name (every agent: the name
// customers read, asked for at the first sign-in), and for admins People,
// Audit and State. Without Slack the desk is the console adapter's; it needs
// this frame and the frame mounts it, so the one knows the other by closures:
//
//	var frame *admin.Admin
//	desk, err := console.New(console.Config{
//		Who:   func(r *http.Request) (message.Person, bool) { return frame.Who(r) },
//		Agent: func(ctx context.Context, ref message.UserRef) (message.Person, error) { return frame.Agent(ctx, ref) },
//		Frame: func(w http.ResponseWriter, r *http.Request, status int, title string, head, body template.HTML) {
//			frame.Frame(w, r, status, title, head, body)
//		},
//		…
//	})
//	frame, err = admin.New(admin.Config{Store: db, Desk: desk.Handler(), …})
//
// With Slack, leave Config.Desk nil and say in Config.Where where hand-offs
// are worked on; the page then lists what is open.
//
// What holds everywhere: a session is 256 random bits in a cookie that scripts
// cannot read and other sites cannot send; the store has only hashes of
// sessions and links. A link that is unknown, used up, expired or of a
// disabled user is answered in the same words. Opening a link does not use it
// up, because chat programs open links to draw previews; its button does.
// Signing in works over https and on this machine itself, nowhere else. Every
// sign-in, sign-out, act on people and denial is in the audit.
//
// What it will not do: keep passwords, decide who wins a hand-off, change
// anything in a conversation, or show what customers wrote (the desk does).
package admin
