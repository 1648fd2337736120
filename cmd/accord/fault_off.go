//go:build !accordfault

package main

// faultHook is nil in every real build; see fault_on.go.
func faultHook() func(string) { return nil }
