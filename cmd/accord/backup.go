package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

func backupCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "backup DEST", Short: "Copy everything that must not be lost, while the server runs",
		Long: `Writes a copy of the database and of the files customers sent into the new
folder DEST, reads it back, and says what is in it. The server goes on
meanwhile; the copy is of one moment. Nothing else has to be kept: flows and the
configuration are yours already.

The copy holds what customers wrote: keep it as closely as the data folder. To
restore, stop the server, copy the backup to where a new data folder shall be,
and start the server with that.`,
		Example: "  accord backup /backups/accord-monday\n  accord backup --data /var/lib/accord /var/lib/accord/backups/monday",
		Args:    oneArg("the folder to write, where nothing exists yet"),
	}
	c.Flags().BoolVar(&asJSON, "json", false, "say what was written as a JSON object")
	addFewConfigFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		cfg, err := configFor(c, s)
		if err != nil {
			return err
		}
		r, err := backup(c.Context(), cfg, s, args[0])
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, r)
		}
		fmt.Fprintf(s.out, "%s\n%s", r.Dest, r.inWords())
		return nil
	}
	return c
}

// backup asks the running server for a copy, or copies the database file where
// none runs. It does not open a store for that: a backup made before an upgrade
// must not be the upgrade.
func backup(ctx context.Context, cfg *config, s streams, dest string) (backupReport, error) {
	if cfg.onServer() {
		return backupReport{}, errDump()
	}
	dest, err := filepath.Abs(dest)
	if err != nil {
		return backupReport{}, err
	}
	bar := startProgress(s.err, "copying", 0)
	defer bar.end()
	server, err := reach(ctx, cfg.Data)
	if err != nil {
		return backupReport{}, err
	}
	if server == nil {
		return backupFile(ctx, cfg, dest)
	}
	r, err := server.Backup(ctx, dest)
	if err := errors.Join(err, server.Close()); err != nil {
		return backupReport{}, err
	}
	return r, visible(dest)
}

// visible makes sure that what the server wrote is where the caller will look
// for it: a server in a container or under systemd may see other folders.
func visible(dest string) error {
	if _, err := os.Stat(dest); errors.Is(err, fs.ErrNotExist) {
		return &problem{what: "the server wrote the backup, but not where you can see it: its " + dest + " is another folder than yours",
			hint: "choose a folder inside the data folder", code: exitWanting}
	}
	return nil
}

// backupFile copies a database that no server has open.
func backupFile(ctx context.Context, cfg *config, dest string) (backupReport, error) {
	from := filepath.Join(cfg.Data, sqlite.FileName)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return backupReport{}, &problem{what: "there is no database in " + cfg.Data, hint: "--data names the folder that accord serve prints"}
	}
	r, err := writeBackup(ctx, cfg.Data, dest, func(ctx context.Context, to string) error { return sqlite.Copy(ctx, from, to) })
	if errors.Is(err, sqlite.ErrDamaged) {
		return r, storeProblem(cfg, err)
	}
	return r, err
}

// backupTo writes a backup of an open store and of what stands beside it in
// the data folder into the new folder dest.
func backupTo(ctx context.Context, db store.Store, data, dest string) (backupReport, error) {
	return writeBackup(ctx, data, dest, db.Backup)
}

// writeBackup has copyTo write the database, checks the copy and puts it under
// its name only then: what has the name of a backup is a whole one.
func writeBackup(ctx context.Context, data, dest string, copyTo func(context.Context, string) error) (backupReport, error) {
	if _, err := os.Lstat(dest); err == nil {
		return backupReport{}, &problem{what: dest + " exists already", hint: "name a folder that is not there yet; a backup replaces nothing"}
	}
	part, err := os.MkdirTemp(filepath.Dir(dest), ".accord-backup-*") // of mode 0700
	if err != nil {
		return backupReport{}, backupProblem(dest, err)
	}
	r, err := fillBackup(ctx, data, part, copyTo)
	if err == nil {
		err = os.Rename(part, dest)
	}
	if err == nil {
		err = flush(filepath.Dir(dest))
	}
	if err != nil {
		return backupReport{}, errors.Join(backupProblem(dest, err), os.RemoveAll(part))
	}
	r.Dest = dest
	return r, nil
}

func backupProblem(dest string, err error) error {
	return &problem{what: fmt.Sprintf("no backup was written to %s: %v", dest, err),
		hint: "the folder above it must be there, writable for the user who runs the server, and have room for the whole database"}
}

// fillBackup writes what belongs into the folder of a backup.
func fillBackup(ctx context.Context, data, dir string, copyTo func(context.Context, string) error) (backupReport, error) {
	at := time.Now().UTC().Truncate(time.Second)
	path := filepath.Join(dir, sqlite.FileName)
	if err := copyTo(ctx, path); err != nil {
		return backupReport{}, err
	}
	// Whoever was kept out after the backup must not come back in with it, and
	// pages in browsers must notice that it is another database.
	if err := sqlite.Forget(ctx, path, instance); err != nil {
		return backupReport{}, fmt.Errorf("the copy: %w", err)
	}
	found, err := sqlite.Inspect(ctx, path, false)
	if err != nil {
		return backupReport{}, fmt.Errorf("the copy, read back: %w", err)
	}
	files, err := copyFiles(ctx, data, dir)
	if err != nil {
		return backupReport{}, err
	}
	r := reportOf(at, found, files)
	if err := writeFlushed(filepath.Join(dir, manifestName), r.manifest()); err != nil {
		return backupReport{}, err
	}
	return r, flush(dir)
}

// writeFlushed writes a new file that is on the disk when it returns.
func writeFlushed(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // inside a folder we made
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// flush makes the names in a folder outlive a power cut.
func flush(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the folder of a backup, or the one above
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
