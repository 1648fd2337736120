package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/migrations"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// slow is how long the oldest of a queue may wait before somebody should look:
// a turn takes milliseconds, and platforms ask for pauses of seconds.
const slow = 2 * time.Minute

// server asks the running one, which knows most: it has the tokens, and the
// database is open there.
func (d *checkup) server(ctx context.Context, r *remote) {
	s, err := r.State(ctx)
	if err != nil {
		d.problem("server", err)
		return
	}
	d.add("server", gradeOK, fmt.Sprintf("running, version %s, on %s", s.Version, s.Address), "")
	d.flow(ctx, s.Flows, s.Flow)
	for _, part := range slices.Sorted(maps.Keys(s.Down)) {
		d.add(part, gradeWrong, "gave up: "+s.Down[part], "correct what it says and restart the server")
	}
	if !s.Unreached.IsZero() {
		d.add("hand-offs", gradeWrong, "agents' platform is out of reach since "+moment(s.Unreached)+"; hand-offs wait, and customers are told", "the lines about that platform say more")
	}
	d.database(ctx)
	d.queues(s)
	d.list = append(d.list, s.Findings...)
	d.answers(ctx, "http address", s.Address)
	d.public(ctx, s.Public, true)
}

// alone looks without a server. It opens the database only where that changes
// nothing: opening an older one would bring it up to date.
func (d *checkup) alone(ctx context.Context, folder, settings bool) {
	if folder && d.database(ctx) {
		d.opened(ctx)
	}
	if settings {
		d.platforms(ctx)
	}
	if settings {
		d.free(ctx)
	}
	d.public(ctx, d.cfg.PublicURL, false)
}

// database checks the file, and says whether it is there, whole and of this
// program's schema.
func (d *checkup) database(ctx context.Context) bool {
	if d.cfg.onServer() {
		return d.serverDatabase(ctx)
	}
	const what = "database"
	c, err := sqlite.Inspect(ctx, filepath.Join(d.cfg.Data, sqlite.FileName), true)
	latest, merr := latestSchema()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.add(what, gradeOK, "not there yet; the first start makes it", "")
	case errors.Is(err, sqlite.ErrDamaged):
		d.add(what, gradeWrong, cause(err), "put a backup in its place; keep the damaged file, it may still be read")
	case err != nil:
		d.add(what, gradeWrong, err.Error(), "run this as the user who runs accord")
	case merr != nil:
		d.problem(what, merr)
	case c.Schema > latest:
		d.add(what, gradeWrong, fmt.Sprintf("written by a newer accord (schema %d, this one knows %d)", c.Schema, latest), "use the newer program")
	case c.Schema < latest:
		d.add(what, gradeWarn, fmt.Sprintf("whole, of an older accord (schema %d of %d), %s", c.Schema, latest, size(c.Bytes+d.beside())), "the next start brings it up to date, or: accord migrate")
	default:
		d.add(what, gradeOK, fmt.Sprintf("whole, schema %d, %s, %s", c.Schema, size(c.Bytes+d.beside()), counted(c.Stats.Conversations, "conversation", "conversations")), "")
		return true
	}
	return false
}

// beside is how much SQLite keeps beside the database file: what was written
// last stands there.
func (d *checkup) beside() int64 {
	info, err := os.Stat(filepath.Join(d.cfg.Data, sqlite.FileName+"-wal"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// latestSchema is the schema this program writes into an embedded database.
func latestSchema() (int64, error) { return latestOf(migrations.SQLite()) }

// latestOf is the schema this program writes in a dialect.
func latestOf(d migrations.Dialect) (int64, error) {
	names, err := fs.Glob(migrations.For(d), "*.sql")
	if err != nil {
		return 0, err
	}
	latest := int64(0)
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		latest = max(latest, n)
	}
	return latest, nil
}

// opened looks into a database that nobody else works with.
func (d *checkup) opened(ctx context.Context) {
	db, err := openStore(ctx, d.cfg, zap.NewNop())
	if err != nil {
		if errors.Is(err, store.ErrLocked) {
			err = lockedProblem(d.cfg)
		}
		d.problem("database", err)
		return
	}
	k := localKeeper(d.cfg, zap.NewNop(), db)
	s, err := k.State(ctx)
	if err = errors.Join(err, k.Close()); err != nil {
		d.problem("database", err)
		return
	}
	d.queues(s)
}

// queues says what waits, and what did not go through.
func (d *checkup) queues(s state) {
	d.queue("incoming", "to be handled", s.Stats.Pending, s.Stats.OldestPending, s.Running)
	d.queue("outgoing", "to be sent", s.Stats.Unsent, s.Stats.OldestUnsent, s.Running)
	if s.Stats.Dead > 0 {
		d.add("dead letters", gradeWarn, fmt.Sprintf("%d did not go through", s.Stats.Dead), "accord dead list shows them; accord dead retry tries again, accord dead drop lets go of them")
	} else {
		d.add("dead letters", gradeOK, "none", "")
	}
	if s.Recent > 0 {
		d.add("unknown sends", gradeWarn, fmt.Sprintf("%d since yesterday may have arrived twice (%d in all)", s.Recent, s.Stats.Unknown),
			"connections broke in the middle; accord dead list shows which")
	} else {
		d.add("unknown sends", gradeOK, fmt.Sprintf("none since yesterday (%d in all)", s.Stats.Unknown), "")
	}
	d.add("at work", gradeOK, counted(s.Stats.Handoffs, "hand-off", "hand-offs")+" and "+counted(s.Stats.Promises, "promise", "promises")+" open", "")
	if s.Admins == 0 {
		d.add("console", gradeWarn, "no admin can sign in", "accord user add NAME --role admin, then accord user link NAME")
	} else {
		d.add("console", gradeOK, fmt.Sprintf("%d may sign in as admin", s.Admins), "")
	}
}

// queue judges one. What waits while no server runs is no wonder.
func (d *checkup) queue(what, todo string, n, oldest int64, running bool) {
	age := time.Since(time.UnixMilli(oldest)).Round(time.Second)
	switch {
	case n == 0:
		d.add(what, gradeOK, "nothing waits", "")
	case running && age > slow:
		d.add(what, gradeWarn, fmt.Sprintf("%d wait %s, the oldest for %v", n, todo, age), "the log says what holds them up; a platform may be out of reach")
	default:
		d.add(what, gradeOK, fmt.Sprintf("%d wait %s, the oldest for %v", n, todo, age), "")
	}
}
