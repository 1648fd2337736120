package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// maxSecretFile is the most a …_FILE may hold: a token is short, and a wrong
// path to something large should not be read into memory.
const maxSecretFile = 16 << 10

// addConfigFlags gives a command --config and a flag for every setting that is
// no secret: secrets on a command line show up in process lists.
func addConfigFlags(c *cobra.Command) {
	c.Flags().String("config", "", "configuration file (default accord.yaml, if it is there)")
	for _, s := range settings() {
		if !s.secret {
			c.Flags().String(s.flag(), "", fmt.Sprintf("%s (%s)", s.help, s.name))
		}
	}
}

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
	var found problems
	file, err := readConfigFile(c)
	if err != nil {
		found = append(found, asProblem(err))
	}
	cfg := &config{}
	known := map[string]bool{}
	for _, st := range settings() {
		known[st.key()] = true
		v, err := st.value(file, s, c)
		if err != nil {
			found = append(found, asProblem(err))
			continue
		}
		st.set(cfg, v)
		if st.idle && v != "" {
			cfg.Idle = append(cfg.Idle, st.name)
		}
	}
	for key := range file {
		if !known[key] {
			found = append(found, &problem{what: fmt.Sprintf("the configuration file has an unknown key %q", key), hint: nearestSetting(key)})
		}
	}
	if s.environ != nil {
		cfg.Strangers = strangers(s.environ())
	}
	return cfg, append(found, cfg.check()...)
}

// strangers lists variables that look like ours and are not: a mistyped name
// would otherwise just do nothing. ACCORD_FAULT belongs to crash tests.
func strangers(environ []string) []string {
	known := map[string]bool{"ACCORD_FAULT": true}
	for _, st := range settings() {
		known[st.name] = true
	}
	var out []string
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		key, ours := strings.CutPrefix(name, "ACCORD_")
		if !ours || known[name] || known[strings.TrimSuffix(name, "_FILE")] {
			continue
		}
		out = append(out, name+": "+nearestSetting(strings.ToLower(key)))
	}
	return out
}

// value finds a setting: flag over environment over file over default.
func (st setting) value(file map[string]string, s streams, c *cobra.Command) (string, error) {
	if f := c.Flags().Lookup(st.flag()); f != nil && f.Changed {
		return f.Value.String(), nil
	}
	if v, ok := s.env(st.name); ok && v != "" {
		return v, nil
	}
	if path, ok := s.env(st.name + "_FILE"); ok && path != "" {
		return readSecret(st.name, path)
	}
	if v, ok := file[st.key()]; ok {
		return v, nil
	}
	return st.def, nil
}

func readSecret(name, path string) (string, error) {
	b, err := readAtMost(path, maxSecretFile+1)
	if err != nil {
		return "", &problem{what: fmt.Sprintf("%s_FILE: %v", name, err), hint: "the file must hold the value and be readable by the process"}
	}
	if len(b) > maxSecretFile {
		return "", &problem{what: fmt.Sprintf("%s_FILE: %s holds more than %d bytes", name, path, maxSecretFile), hint: "is it the right file?"}
	}
	return strings.TrimSpace(string(b)), nil
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

// readConfigFile reads accord.yaml or what --config names. Only a file that
// was asked for has to be there.
func readConfigFile(c *cobra.Command) (map[string]string, error) {
	path, _ := c.Flags().GetString("config")
	asked := path != ""
	if !asked {
		path = "accord.yaml"
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return nil, nil
	}
	if err != nil {
		return nil, &problem{what: err.Error(), hint: "--config names a YAML file of settings"}
	}
	values := map[string]string{}
	if err := yaml.Unmarshal(b, &values); err != nil {
		return nil, &problem{what: path + ": " + withoutValues(err), hint: `it holds one setting a line, such as "http_addr: 127.0.0.1:8080"`}
	}
	return values, nil
}

// withoutValues words a mistake in a file that may hold secrets: the reader's
// own words quote what stands there.
func withoutValues(err error) string {
	var mistyped *yaml.TypeError
	if !errors.As(err, &mistyped) || len(mistyped.Errors) == 0 {
		what, _, _ := strings.Cut(err.Error(), "`") // what stands in backquotes is the value
		return strings.TrimSpace(what)
	}
	line, _, _ := strings.Cut(mistyped.Errors[0], ":")
	return line + ": not a setting and its value"
}

func asProblem(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	return &problem{what: err.Error()}
}

// nearestSetting suggests the key that was probably meant.
func nearestSetting(key string) string {
	best, least := "", len(key)/2+1
	for _, s := range settings() {
		if d := distance(key, s.key()); d < least {
			best, least = s.key(), d
		}
	}
	if best == "" {
		return "the keys are listed in the README"
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// distance is the number of single-letter edits between a and b
// (Levenshtein 1966).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
