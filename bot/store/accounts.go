package store

import "context"

// Role says what a user of the console may do.
type Role string

// Roles of the console. An admin may do what an agent may.
const (
	RoleAdmin Role = "admin"
	RoleAgent Role = "agent"
)

// User is somebody who signs in to the console. ID is stable and never given
// again; Name is what commands and colleagues call them and proves nothing;
// Display is the name customers read, empty where none was chosen.
type User struct {
	ID       int64
	Name     string
	Display  string
	Role     Role
	Created  int64
	Disabled bool
}

// AuditRow is one act of a person, allowed or not. Rows are only ever added.
// What was written is not in it.
type AuditRow struct {
	ID      int64
	At      int64
	Who     string // a person's stable id: "slack:T1/U1", "console:3"; "" = nobody known
	Act     string // what was done or tried: "take", "reply", "sign_in"
	About   string // on what: a card's anchor, a conversation; "" = nothing in particular
	Verdict string // "allowed", "denied" or "not checked"
}

// Accounts keeps who may use the console and what people did. Links and
// sessions are stored as hashes only: who reads the database cannot sign in
// with it. All methods are safe for concurrent use.
type Accounts interface {
	// AddUser makes a user and gives their ID.
	AddUser(ctx context.Context, u User) (int64, error)
	// Users lists all, in the order in which they were made.
	Users(ctx context.Context) ([]User, error)
	// NameUser sets the name customers read; empty takes it away. ErrNotFound
	// where there is no such user.
	NameUser(ctx context.Context, id int64, display string) error
	// DisableUser ends all sessions and links of a user for good.
	DisableUser(ctx context.Context, id, now int64) error
	// AddLink keeps the hash of a one-time link of a user until expires.
	AddLink(ctx context.Context, hash string, user, expires int64) error
	// UseLink uses a link up and begins a session in the same transaction.
	// ErrNotFound: unknown, used, expired, or its user is disabled.
	UseLink(ctx context.Context, link, session string, now, sessionExpires int64) (User, error)
	// Session finds the user of a session; ErrNotFound as with UseLink.
	Session(ctx context.Context, hash string, now int64) (User, error)
	// EndSession forgets a session; one that is not there is no error.
	EndSession(ctx context.Context, hash string) error

	// Audit adds rows; Audits reads the newest max, newest first.
	Audit(ctx context.Context, rows []AuditRow) error
	Audits(ctx context.Context, max int) ([]AuditRow, error)
}
