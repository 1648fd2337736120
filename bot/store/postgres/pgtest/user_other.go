//go:build !unix

package pgtest

import "os/exec"

// person is as whom the server runs: as we do, here.
type person struct{}

func somebody() (*person, error)    { return &person{}, nil }
func (p *person) give(string) error { return nil }
func (p *person) as(*exec.Cmd)      {}
