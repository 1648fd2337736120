package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store"
)

// TestADeskWithoutSlack goes through what an agent does, with plain forms.
func TestADeskWithoutSlack(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	card := r.waiting("Mei")
	anna.sees(r, "/admin/desk", "Mei needs a person", "Waiting for")
	anna.sees(r, card, "Mei needs a person", "Take")
	anna.press("Take", nil)
	r.hears("Anna takes over now.")
	anna.sees(r, card, "Answer to the customer")

	r.says("Mei", "<b>are you</b> there?")
	anna.sees(r, card, "<b>are you</b> there?")
	if strings.Contains(anna.page, "<b>are you</b>") {
		t.Error("a customer's words stand in the page as markup")
	}
	anna.press("Send to customer", map[string]string{"text": "Yes & <i>I</i> am here"})
	r.hears("Yes & <i>I</i> am here")
	anna.sees(r, card, "Yes & <i>I</i> am here", "Delivered")

	anna.press("Send to customer", map[string]string{"text": "she is angry", "as": "note"})
	anna.sees(r, card, "// she is angry", "Only for colleagues")
	r.street.close(true)
	anna.press("Send to customer", map[string]string{"text": "this is lost"})
	anna.sees(r, card, "this is lost", "Not delivered")
	r.street.close(false)
	anna.press("Send again", nil)
	anna.sees(r, card, "this is lost")
	r.hears("this is lost")
	if r.street.knows("she is angry") {
		t.Error("a note reached the customer")
	}
	anna.press("Close", closing(anna))
	anna.sees(r, card, "This is closed.")
	anna.sees(r, "/admin/desk", "Nobody is waiting.")
}

// closing fills in whatever the closing form asks for.
func closing(v *visitor) map[string]string {
	fill := map[string]string{}
	_, fields, _ := v.form("Close")
	for name := range fields {
		if strings.HasPrefix(name, "f.") {
			fill[name] = "all is well"
		}
	}
	return fill
}

// TestTheLoserSeesWhoWon: two agents press Take on the same page.
func TestTheLoserSeesWhoWon(t *testing.T) {
	r := setup(t, options{})
	anna, ben := r.signedIn("Anna", store.RoleAgent), r.signedIn("Ben", store.RoleAgent)
	card := r.waiting("Mei")
	anna.open(card)
	ben.open(card)
	anna.press("Take", nil)
	r.hears("Anna takes over now.")
	ben.press("Take", nil)
	ben.sees(r, card, "Anna was a moment faster", "Note for colleagues")
	anna.open(card)
	if strings.Contains(anna.text(), "was a moment faster") {
		t.Error("what was said to Ben alone is shown to Anna")
	}
	ben.press("Keep as a note", map[string]string{"text": "ask about the colour"})
	ben.sees(r, card, "ask about the colour", "Only for colleagues")
	if r.street.knows("ask about the colour") {
		t.Error("words of an agent who does not own it reached the customer")
	}
}

// TestAFormSentTwiceCountsOnce: a browser that was impatient, or one that saw
// no answer.
func TestAFormSentTwiceCountsOnce(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	card := r.waiting("Mei")
	anna.open(card)
	anna.press("Take", nil)
	anna.sees(r, card, "Send to customer")
	action, fields, _ := anna.form("Send to customer")
	fields.Set("text", "only once, please")
	anna.post(action, fields)
	anna.post(action, fields)
	anna.post(action, fields)
	r.hears("only once, please")
	anna.sees(r, card, "Delivered")
	if n := strings.Count(anna.text(), "only once, please"); n != 1 {
		t.Errorf("the words stand %d times on the page", n)
	}
	n := 0
	r.street.mu.Lock()
	for _, o := range r.street.heard {
		if o.Text == "only once, please" {
			n++
		}
	}
	r.street.mu.Unlock()
	if n != 1 {
		t.Errorf("the customer heard it %d times", n)
	}
}

// promised has a customer wait until they are promised an answer, which is a
// task; it gives the case and the address.
func (r *rig) promised(who string) (task, address string) {
	r.t.Helper()
	r.waiting(who)
	r.eventually("no promise was made", func() bool {
		r.clock.advance(2 * time.Minute)
		rows, err := r.store.OpenPromises(r.t.Context(), 0, 10)
		if err != nil {
			r.t.Fatal(err)
		}
		if len(rows) == 0 {
			return false
		}
		task, address = rows[0].Case, fmt.Sprintf("/admin/desk/task:%d:%d", rows[0].Conv, rows[0].N)
		return true
	})
	return task, address
}

// TestTasksOnTheDesk: a promise is a task; it falls due, is overdue in words,
// and is carried out.
func TestTasksOnTheDesk(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	task, address := r.promised("Mei")
	anna.sees(r, "/admin/due", task, "Due in")
	if !strings.Contains(anna.page, `href="`+address+`"`) {
		t.Error("the list of what is due does not lead to the task")
	}
	r.clock.advance(25 * time.Hour)
	anna.open("/admin/desk")
	if anna.path != "/admin/sign-in" {
		t.Error("a session outlived the day")
	}
	anna = r.signedIn("Ben", store.RoleAgent)
	anna.sees(r, "/admin/desk", "Mei", "answer promised by")
	anna.sees(r, "/admin/due", "Overdue by")
	anna.sees(r, address, "Promise "+task, "What the customer should hear when this is done")
	anna.press("Save the answer", map[string]string{"text": "the white lamp is back on Friday"})
	anna.sees(r, address, "the white lamp is back on Friday", "goes to the customer when Done is pressed")
	anna.press("Save the answer", map[string]string{"text": "// ask Ben about the colour"})
	anna.sees(r, address, "// ask Ben about the colour", "Only for colleagues")
	anna.press("Done", nil)
	r.hears("the white lamp is back on Friday")
	if r.street.knows("ask Ben") {
		t.Error("a note on a task reached the customer")
	}
	anna.sees(r, address, "This is closed.")
	anna.sees(r, "/admin/due", "No promise is open.")
}

// TestWhatWasLostIsSaid: that the news of a kept promise did not reach the
// customer stands in the thread of whoever has to tell them.
func TestWhatWasLostIsSaid(t *testing.T) {
	r := setup(t, options{})
	_, address := r.promised("Mei")
	anna := r.signedIn("Anna", store.RoleAgent)
	anna.sees(r, address, "Done")
	r.street.close(true)
	anna.press("Done", nil)
	anna.sees(r, "/admin/desk/handoff:1:1", "did not safely reach")
}

// TestAForgedPressChangesNothing: a button counts on the card it stands on, and
// with what it carries there.
func TestAForgedPressChangesNothing(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	mei, ben := r.waiting("Mei"), r.waiting("Ben")
	anna.open(mei)
	action, fields, ok := anna.form("Take")
	if !ok || action != mei+"/press" {
		t.Fatalf("the form leads to %q", action)
	}
	anna.post(ben+"/press", fields) // Mei's button on Ben's card
	if anna.status != http.StatusConflict {
		t.Errorf("it answers %d", anna.status)
	}
	fields.Set("value", strings.TrimPrefix(ben, "/admin/desk/handoff:"))
	anna.post(mei+"/press", fields) // Mei's card with Ben's value
	if anna.status != http.StatusConflict {
		t.Errorf("it answers %d", anna.status)
	}
	rows, err := r.store.OpenHandoffs(t.Context(), 10)
	if err != nil || len(rows) != 2 || rows[0].State != "queued" || rows[1].State != "queued" {
		t.Errorf("the hand-offs are %+v, %v", rows, err)
	}
}

// TestWithoutADeskOfItsOwn: with Slack the console says where work is done and
// what is open.
func TestWithoutADeskOfItsOwn(t *testing.T) {
	r := setup(t, options{noDesk: true})
	anna := r.signedIn("Anna", store.RoleAgent)
	card := r.waiting("Mei")
	anna.sees(r, "/admin/desk", "Slack channel C0QUEUE", "Conversation 1", "Waiting")
	anna.open(card)
	if anna.status != http.StatusNotFound {
		t.Errorf("a card's address answers %d without a desk", anna.status)
	}
}
