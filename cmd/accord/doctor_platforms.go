package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// examineTimeout bounds how long platforms may take to say how they stand.
const examineTimeout = 30 * time.Second

// platforms asks them what the running server would have asked.
func (d *checkup) platforms(ctx context.Context) {
	s, err := prepare(d.cfg, zap.NewNop())
	if err != nil {
		if _, flow := err.(problems); !flow { //nolint:errorlint // of loadFlow, wrapped by nobody; the flow has a line already
			d.problem("platforms", err)
		}
		return
	}
	d.list = append(d.list, s.examine(ctx)...)
}

// examine has every platform look at how our account is set up there, all at
// once: one that does not answer must not use up the time of the others.
func (s *service) examine(ctx context.Context) []finding {
	ctx, cancel := context.WithTimeout(ctx, examineTimeout)
	defer cancel()
	all := append(s.customers[:len(s.customers):len(s.customers)], s.desk)
	found := make([][]finding, len(all))
	var asking sync.WaitGroup
	for i, a := range all {
		if e, ok := a.(adapters.Examiner); ok {
			asking.Go(func() { found[i] = examined(string(a.Channel()), e.Examine(ctx)) })
		}
	}
	asking.Wait()
	list := slices.Concat(found...)
	if s.cfg.TelegramToken == "" {
		list = append(list, finding{What: "telegram", Grade: gradeOK, Says: "not set up"})
	}
	if s.cfg.SlackBotToken == "" {
		list = append(list, finding{What: "slack", Grade: gradeOK, Says: "not set up; hand-offs go to the console's desk"})
	}
	return list
}

// examined turns what an adapter found into lines of a check-up, each with the
// platform's name in it.
func examined(platform string, found []adapters.Finding) []finding {
	list := make([]finding, 0, len(found))
	for _, f := range found {
		line := finding{What: f.What, Grade: gradeOK, Says: redact(cmp.Or(f.Says, "as it should be")), Hint: redact(f.Hint)}
		if !strings.Contains(strings.ToLower(f.What), platform) {
			line.What = platform + " " + f.What
		}
		if !f.OK {
			line.Grade = gradeWrong
		}
		list = append(list, line)
	}
	return list
}
