package postgres

import "strings"

// clean makes words fit for PostgreSQL, which takes neither NUL nor broken
// UTF-8: a customer who sends one must not stop their own conversation. It does
// so wherever words go in, so that what was written is found again.
func clean(args []any) []any {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = word(v)
		case []string:
			args[i] = words(v)
		}
	}
	return args
}

func word(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// words cleans a list. It is one of ours, made for a statement.
func words(list []string) []string {
	for i, s := range list {
		list[i] = word(s)
	}
	return list
}
