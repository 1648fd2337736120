package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionsAreReadable(t *testing.T) {
	vcs := func(revision, at, modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.time", Value: at}, {Key: "vcs.modified", Value: modified}}
	}
	for _, c := range []struct {
		module   string
		settings []debug.BuildSetting
		want     string
	}{
		{"v1.4.0", vcs("8797a05318c3aabbccdd", "2026-11-22T15:47:44Z", "false"), "v1.4.0"},
		{"v0.0.0-20261122154744-8797a05318c3+dirty", vcs("8797a05318c3aabbccdd", "2026-11-22T15:47:44Z", "true"), "unreleased 8797a05318c3 of 2026-11-22, changed"},
		{"v1.4.1-0.20261122154744-8797a05318c3", nil, "unreleased 8797a05318c3 of 2026-11-22"},
		{"(devel)", nil, "unreleased"},
	} {
		got := editionOf(&debug.BuildInfo{Main: debug.Module{Version: c.module}, Settings: c.settings, GoVersion: "go1.26"})
		if got.Version != c.want || got.Module != c.module || got.Go != "go1.26" {
			t.Errorf("%s reads %+v, want %q", c.module, got, c.want)
		}
	}
}
