package main

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/bot/store/sqlite"
)

// manifestName is the file that says what a backup is to somebody who finds it
// years later.
const manifestName = "README.txt"

// backupReport is what a backup holds, as it was read back from the copy.
type backupReport struct {
	Dest    string    `json:"dest"`
	Version string    `json:"version"` // of the program that wrote it
	Schema  int64     `json:"schema"`
	At      time.Time `json:"at"`
	Bytes   int64     `json:"bytes"` // of the database

	Files     int64 `json:"files"` // that customers sent in the web chat
	FileBytes int64 `json:"file_bytes"`

	Conversations int64 `json:"conversations"`
	Promises      int64 `json:"promises"` // open
	Handoffs      int64 `json:"handoffs"` // queued or owned
	Pending       int64 `json:"pending"`  // inputs not handled yet
	Unsent        int64 `json:"unsent"`
	Timers        int64 `json:"timers"`
	Dead          int64 `json:"dead"`
}

func reportOf(at time.Time, found sqlite.Contents, files copied) backupReport {
	st := found.Stats
	return backupReport{Version: version(), Schema: found.Schema, At: at, Bytes: found.Bytes,
		Files: files.files, FileBytes: files.bytes,
		Conversations: st.Conversations, Promises: st.Promises, Handoffs: st.Handoffs,
		Pending: st.Pending, Unsent: st.Unsent, Timers: st.Timers, Dead: st.Dead}
}

// inWords lists what is in a backup, a line each.
func (r backupReport) inWords() string {
	return fmt.Sprintf(`written:        %s
by:             accord %s
schema:         %d
database:       %s
files:          %d, %s
checked:        read back, whole
conversations:  %d
open promises:  %d
open hand-offs: %d
not yet handled: %d, not yet sent: %d, timers set: %d, dead letters: %d
`, moment(r.At), r.Version, r.Schema, size(r.Bytes), r.Files, size(r.FileBytes), r.Conversations, r.Promises, r.Handoffs,
		r.Pending, r.Unsent, r.Timers, r.Dead)
}

// manifest is the text of [manifestName].
func (r backupReport) manifest() string {
	return "A backup of an Accord installation\n\n" + r.inWords() + `
It holds what customers wrote: keep it as closely as the data folder.

To restore: stop the server, copy this folder to where the new data folder shall
be, and start with that,

    cp -r . /path/of/the/new/folder
    accord serve --data /path/of/the/new/folder

with this version of accord or a newer one. Before you start it, look at

    accord user list --data /path/of/the/new/folder

because who may sign in is as it was at the time above: disable again whom you
disabled since. Nobody is signed in, and no link is left: accord user link NAME
makes one. What was said and promised after that time is not in it. What was on
its way may be sent a second time; what fell due since then is made up for at
the start. Never start two servers with copies of one database: both would
answer.
`
}
