package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// maxSecretFile is the most a …_FILE may hold: a token is short, and a wrong
// path to something large should not be read into memory.
const maxSecretFile = 16 << 10

// loadConfig reads and checks the configuration. Everything that is wrong is
// reported at once.
func loadConfig(c *cobra.Command, s streams) (*config, error) {
	cfg, found := readConfig(c, s)
	if len(found) > 0 {
		return nil, found
	}
	return cfg, nil
}

// readConfig reads defaults, file, environment and flags, in that order, and
// says what is wrong with the result; with that it is no use to a server.
func readConfig(c *cobra.Command, s streams) (*config, problems) {
	file, found := readConfigFile(c)
	cfg := &config{given: map[string]given{}}
	unread := map[string]bool{}
	for _, st := range settings() {
		v, from, err := st.value(file, s, c)
		if err != nil {
			found = append(found, asProblem(err))
			unread[st.name], v = true, st.def
		}
		if from.where != "" {
			from.usual = v == st.def
			cfg.given[st.name] = from
		}
		st.set(cfg, v)
	}
	var unreadable problems
	cfg.lookupSecrets, unreadable = lookupSecrets(s)
	found = append(found, unreadable...)
	found = append(found, cfg.placed(cfg.check(), unread)...)
	if s.environ != nil {
		cfg.Warnings = strangers(s.environ())
	}
	cfg.Warnings = append(cfg.Warnings, cfg.warnings()...)
	return cfg, found
}

// placed names in each mistake the place where the setting was given: who wrote
// it into a file looks for it there. Of a setting that could not be read it is
// said already what is the matter.
func (c *config) placed(ps problems, unread map[string]bool) problems {
	return slices.DeleteFunc(ps, func(p *problem) bool {
		name := p.what[:len(p.what)-len(strings.TrimLeft(p.what, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"))]
		if from, ok := c.given[name]; ok {
			p.what = from.where + strings.TrimPrefix(p.what, name)
		}
		return unread[name]
	})
}

// value finds a setting: flag over environment over file over default. What is
// empty was not given.
func (st setting) value(file map[string]entry, s streams, c *cobra.Command) (string, given, error) {
	if f := c.Flags().Lookup(st.flag()); f != nil && f.Changed {
		return f.Value.String(), given{where: "--" + st.flag()}, nil
	}
	if v, ok := s.env(st.name); ok && v != "" {
		return v, given{where: st.name}, nil
	}
	if path, ok := s.env(st.name + "_FILE"); ok && path != "" {
		v, err := readSecret(st.name, path)
		return v, given{where: st.name + "_FILE"}, err
	}
	if e, ok := file[st.key()]; ok && e.value != "" {
		return e.value, given{where: e.where, file: true}, nil
	}
	return st.def, given{}, nil
}

func readSecret(name, path string) (string, error) {
	b, err := readAtMost(path, maxSecretFile+1)
	if err != nil {
		return "", &problem{what: fmt.Sprintf("%s_FILE: %v", name, err), hint: "the file must hold the value and be readable by the process"}
	}
	if len(b) > maxSecretFile {
		return "", &problem{what: fmt.Sprintf("%s_FILE: %s holds more than %d bytes", name, path, maxSecretFile), hint: "is it the right file?"}
	}
	v := strings.TrimSpace(string(b))
	if v == "" { // taken for "not set", it would switch something off that was wanted
		return "", &problem{what: fmt.Sprintf("%s_FILE: the file %s is empty", name, path), hint: "write the value into it, or leave the variable out"}
	}
	return v, nil
}

// readAtMost reads the beginning of a file, however long it is: a device has no
// end, and reading it whole would take all memory.
func readAtMost(path string, n int64) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, n))
}

func asProblem(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	return &problem{what: err.Error()}
}
