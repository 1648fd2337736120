package main

import (
	"context"
	"time"

	"github.com/accord-chat/accord/bot/store"
)

// operator is what commands ask of an installation. It is done in the running
// server, asked over its control socket, or where none runs by this process on
// the database itself; a command does not notice which. Errors that people
// cause are problems, with something to try. No method gives away a secret;
// only Show with payload gives what people wrote.
type operator interface {
	// Stuck lists up to max of each kind of what did not go through, newest
	// first: what could not be handled, what could not be sent, and what may
	// have been sent twice.
	Stuck(ctx context.Context, max int) ([]stuck, error)
	// Show finds one of them by its ID.
	Show(ctx context.Context, which showing) (stuck, error)
	// Retry handles or sends one of them again.
	Retry(ctx context.Context, id string) error
	// Drop lets go of one of them: it is stuck no more, and not tried again.
	Drop(ctx context.Context, id string) error

	// Users lists who may sign in to the console, in the order in which they
	// were made.
	Users(ctx context.Context) ([]account, error)
	AddUser(ctx context.Context, who newcomer) (account, error)
	// Link makes a one-time link for a user, who is named by name or "#ID".
	Link(ctx context.Context, name string) (link, error)
	// Disable ends a user's sessions and links for good. The last admin is
	// kept, unless it is forced.
	Disable(ctx context.Context, who leaver) (account, error)

	// Address is where the running server can be asked on this machine; a
	// problem where none runs.
	Address(ctx context.Context) (string, error)
	// State says how the installation stands; asking platforms takes a while.
	State(ctx context.Context) (state, error)
	// Backup writes a copy to dest, an absolute path where nothing exists yet.
	Backup(ctx context.Context, dest string) (backupReport, error)

	// Close ends the conversation with the installation, not the installation.
	Close() error
}

// stuck is one thing that did not go through. ID is "in-12" for the dead
// letter 12, which could not be handled, and "out-34" for the outbox row 34.
type stuck struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind"`
	Where string    `json:"where"` // a channel or a sender
	Why   string    `json:"why"`
	At    time.Time `json:"at"`
	Conv  int64     `json:"conversation,omitempty"`
	Retry bool      `json:"retry"` // it can be tried again; a dead send that cannot is too old to be sent
	// Payload is what the platform delivered or was to get; people's words
	// are in it.
	Payload string `json:"payload,omitempty"`
}

// Kinds of what is stuck.
const (
	kindLetter  = "not handled"
	kindSend    = "not sent"
	kindUnknown = "maybe twice" // the platform never said whether it had it, so it was sent again
)

// showing asks for one of them; Payload also for what people wrote.
type showing struct {
	ID      string `json:"id"`
	Payload bool   `json:"payload"`
}

// account is somebody who may sign in to the console.
type account struct {
	ID       int64      `json:"id"`
	Name     string     `json:"name"`
	Display  string     `json:"display,omitempty"` // the name customers read; "" = the name
	Role     store.Role `json:"role"`
	Created  time.Time  `json:"created"`
	Disabled bool       `json:"disabled"`
}

type newcomer struct {
	Name string     `json:"name"`
	Role store.Role `json:"role"`
}

// leaver is who is to be kept out, named by name or "#ID".
type leaver struct {
	Name  string `json:"name"`
	Force bool   `json:"force"` // also the last admin
}

// link signs one user in once. URL is a secret until it is used or Expires.
type link struct {
	Name    string    `json:"name"`
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
	Served  bool      `json:"served"` // a server runs that takes it
}

// state is how an installation stands. Running to Flow are those of a running
// server, and empty where there is none.
type state struct {
	Running bool              `json:"running"`
	Version string            `json:"version,omitempty"`
	Address string            `json:"address,omitempty"`
	Public  string            `json:"public,omitempty"` // ACCORD_PUBLIC_URL
	Flows   string            `json:"flows,omitempty"`  // ACCORD_FLOWS, absolute
	Flow    string            `json:"flow,omitempty"`   // flow.Flow.ID of what is served
	Data    string            `json:"data"`
	Stats   store.Stats       `json:"stats"`
	Down    map[string]string `json:"down,omitempty"` // parts that gave up, and why
	// Unreached is since when agents' platform is out of reach, zero = it is not.
	Unreached time.Time `json:"unreached,omitzero"`
	Recent    int       `json:"recent"` // sends of the last day that may have arrived twice
	Admins    int       `json:"admins"`
	Findings  []finding `json:"findings,omitempty"` // of the platforms
}
