package main_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// waiting counts what is stored and not handled or not sent.
func (c *crash) waiting() (n int) {
	c.t.Helper()
	const q = `SELECT (SELECT count(*) FROM inbox WHERE done_at = 0) + (SELECT count(*) FROM outbox WHERE sent_at = 0)`
	if err := c.number(q, &n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

// audit compares the journal with what the platforms' fakes have seen.
func (c *crash) audit() {
	c.t.Helper()
	if dead := c.deadLetters(); len(dead) > 0 {
		c.t.Errorf("given up: %q", dead)
	}
	s := c.books()
	ids := replayAll(deadline(c.t), c.t, s, readFlow(c.t, c.flows))
	wrote, said, promises := map[string]int{}, map[message.Chat]map[string]int{}, 0
	for _, id := range ids {
		it, err := s.Conversation(deadline(c.t), id)
		if err != nil {
			c.t.Fatal(err)
		}
		p := c.read(s, id)
		for text, n := range p.wrote {
			wrote[string(it.Chat)+"\x00"+text] += n
		}
		said[it.Chat] = p.said
		promises += p.promises
		for n := range p.promises {
			c.hasTask(s, id, n+1)
		}
	}
	doubled := c.compareSaid(said) + c.doubledPosts()
	c.compareWrote(wrote)
	c.agentsWords()
	unknown := c.unknown()
	if doubled > unknown {
		c.t.Errorf("%d came twice, but only %d outcomes were unknown", doubled, unknown)
	}
	if promises == 0 || len(wrote) == 0 {
		c.t.Errorf("nothing happened: %d promises, %d messages", promises, len(wrote))
	}
	c.t.Logf("%d messages taken in, %d promises, %d unknown outcomes, %d came twice", len(wrote), promises, unknown, doubled)
}

// past is what a journal tells of a conversation.
type past struct {
	wrote    map[string]int // what the customer wrote, and how often it is journaled
	said     map[string]int // what was to be said to them
	promises int
}

// read reads a conversation's journal.
func (c *crash) read(s store.Store, id message.ConversationID) past {
	c.t.Helper()
	rows, err := s.Journal(deadline(c.t), id, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	p := past{wrote: map[string]int{}, said: map[string]int{}}
	var in dialog.Input
	for _, row := range rows {
		switch row.Kind {
		case "input":
			in = dialog.Input{}
			if err := json.Unmarshal(row.Payload, &in); err != nil {
				c.t.Fatal(err)
			}
		case "effects":
			c.readEffects(in, row.Payload, &p)
		}
	}
	return p
}

// readEffects notes what followed from an input. An act of the customer's from
// which nothing follows at all is an answer that is missing, unless the message
// is one of a burst, whose end is waited for with a timer.
func (c *crash) readEffects(in dialog.Input, effects []byte, p *past) {
	c.t.Helper()
	var list []struct {
		Do   string
		With struct {
			Out   message.Outbound
			Event string
		}
	}
	if err := json.Unmarshal(effects, &list); err != nil {
		c.t.Fatal(err)
	}
	if in.Kind == dialog.InMessage || in.Kind == dialog.InCommand {
		p.wrote[in.Text]++
		if len(list) == 0 {
			c.t.Errorf("nothing followed from %q", in.Text)
		}
	}
	for _, e := range list {
		switch {
		case e.Do == "say":
			p.said[e.With.Out.Text]++
		case e.Do == "promise" && e.With.Event == "made":
			p.promises++
		}
	}
}

func chatOf(who *telegramfake.Customer) message.Chat {
	return message.Chat(strconv.FormatInt(who.ID, 10))
}

// compareWrote: what customers wrote stands in the journal as often as they
// wrote it.
func (c *crash) compareWrote(wrote map[string]int) {
	c.t.Helper()
	for _, who := range c.people {
		sent := map[string]int{}
		for _, m := range who.Chat() {
			if m.FromBot {
				continue
			}
			_, arg, command := strings.Cut(m.Text, " ")
			if !command || !strings.HasPrefix(m.Text, "/") {
				arg = m.Text
			}
			sent[arg]++
		}
		for text, times := range sent {
			if n := wrote[string(chatOf(who))+"\x00"+text]; n != times {
				c.t.Errorf("%q of %s stands in the journal %d times, and was sent %d times", text, who.Name, n, times)
			}
		}
	}
	surfed := 0
	for key, n := range wrote {
		if strings.Contains(key, "\x00Surfer-") {
			surfed++
			if n != 1 {
				c.t.Errorf("%q stands in the journal %d times", key, n)
			}
		}
	}
	if acked := int(c.surfed.Load()); surfed < acked {
		c.t.Errorf("%d messages of the page were acknowledged, %d are in the journal", acked, surfed)
	}
}

// compareSaid: what was to be said stands in the customers' chats, and how often
// too much.
func (c *crash) compareSaid(said map[message.Chat]map[string]int) (doubled int) {
	c.t.Helper()
	for _, who := range c.people {
		got := map[string]int{}
		for _, m := range who.Inbox() {
			got[m.Text]++
		}
		for text, n := range said[chatOf(who)] {
			if got[text] < n {
				c.t.Errorf("%s should have read %q %d times and did %d times", who.Name, text, n, got[text])
			}
			doubled += max(0, got[text]-n)
			delete(got, text)
		}
		for text := range got {
			c.t.Errorf("%s read %q, which nobody said", who.Name, text)
		}
	}
	return doubled
}

// doubledPosts counts posts to agents that stand there twice. Whispers and files
// carry nothing to be known again by, and are not each other's doubles.
func (c *crash) doubledPosts() (n int) {
	seen := map[string]bool{}
	for _, m := range c.slack.Posted() {
		if len(m.Metadata) == 0 {
			continue
		}
		if seen[string(m.Metadata)] {
			n++
		}
		seen[string(m.Metadata)] = true
	}
	return n
}

// agentsWords: each reached the customer, and is marked so.
func (c *crash) agentsWords() {
	c.t.Helper()
	caller := c.telegram.Customer(callerID, "", "")
	for _, card := range c.slack.Messages(slackfake.Queue) {
		for _, m := range c.slack.Thread(card.TS) {
			if m.BotID != "" || !strings.HasPrefix(m.Text, agentWord) {
				continue
			}
			if !slices.ContainsFunc(caller.Inbox(), func(x telegramfake.Message) bool { return x.Text == m.Text }) {
				c.t.Errorf("%q never reached the customer", m.Text)
			}
			if marks := c.slack.Reactions(m.TS); !slices.Equal(marks, []string{"white_check_mark"}) {
				c.t.Errorf("%q is marked %v", m.Text, marks)
			}
		}
	}
}

// hasTask: a promise has a task that stands in Slack.
func (c *crash) hasTask(s store.Store, id message.ConversationID, n int) {
	c.t.Helper()
	name := "task:" + strconv.FormatInt(int64(id), 10) + ":" + strconv.Itoa(n)
	a, err := s.FindAnchor(deadline(c.t), "slack/"+slackfake.Queue, name)
	if err != nil {
		c.t.Errorf("promise %s has no task: %v", name, err)
		return
	}
	if m, ok := c.slack.Message(string(a.ID)); !ok || !strings.Contains(m.PlainText(), "Promise A-") {
		c.t.Errorf("the task of %s is %q", name, m.PlainText())
	}
}

// unknown counts the sends whose outcome nobody knew: the further attempts of
// rows that were marked so. The rows tell it and not the log: a program that is
// killed right after it has marked them has not logged it yet.
func (c *crash) unknown() (n int) {
	c.t.Helper()
	const q = `SELECT COALESCE(SUM(attempts - 1), 0) FROM outbox WHERE unknown <> 0 AND attempts > 1`
	if err := c.number(q, &n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

// number reads one number. It only reads, so the program may be running.
func (c *crash) number(query string, n *int) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(c.data, sqlite.FileName)+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.QueryRowContext(deadline(c.t), query).Scan(n)
}
