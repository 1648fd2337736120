package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func choices(pairs ...string) []message.Choice {
	var out []message.Choice
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, message.Choice{ID: pairs[i], Label: pairs[i+1]})
	}
	return out
}

func TestChoices(t *testing.T) {
	lamp := choices("white", "White, Monday", "black", "Black, Friday", "none", "Neither")
	rank := choices("w1", "Lamp by Saturday", "w2", "Price back", "w3", "Explanation")
	bed := choices("wood", "原木色,周六", "white", "白色,周二", "none", "都不合适")
	coffee := choices("other", "另一款,明天", "same", "同款,12月3日", "none", "都不適合")
	yes := choices("yes", "Yes", "no", "No", "other", "Other idea")
	ja := choices("yes", "可以", "no", "不行", "other", "我有想法")
	shelve := choices("yes", "Yes", "person", "A person, please")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		want    string
	}{
		{"White, Monday", lamp, "white"},
		{"the white one please", lamp, "white"},
		{"black", lamp, "black"},
		{"I'll take the black one", lamp, "black"},
		{"the first", lamp, "white"},
		{"the second one", lamp, "black"},
		{"2", lamp, "black"},
		{"option 1", lamp, "white"},
		{"friday", lamp, "black"},
		{"monday works for me", lamp, "white"},
		{"neither", lamp, "none"},
		{"neither. monday is too late and he hates black", lamp, "none"},
		{"not the black one", lamp, ""},
		{"he hates black", lamp, ""},
		{"the white one but by friday", lamp, ""},
		{"white or black?", lamp, ""},
		{"white if it comes on saturday", lamp, ""},
		{"hmm", lamp, ""},
		{"this is the second time", lamp, ""},
		{"the lamp. keep the money if dad gets it in time", rank, "w1"},
		{"price back", rank, "w2"},
		{"an explanation", rank, "w3"},
		{"原木的", bed, "wood"},
		{"要白色", bed, "white"},
		{"第二个", bed, "white"},
		{"第一个吧", bed, "wood"},
		{"周六的那个", bed, "wood"},
		{"都不合适,家里家具全是白的,周二又太晚", bed, "none"},
		{"不要白色的", bed, ""},
		{"2", bed, "white"},
		{"同款", coffee, "same"},
		{"明天那個", coffee, "other"},
		{"12/3", coffee, "same"},
		{"都不適合,膠囊都買好了", coffee, "none"},
		{"yes", yes, "yes"},
		{"sure, go ahead", yes, "yes"},
		{"no", yes, "no"},
		{"no problem", yes, "yes"},
		{"no, problem is I have no car", yes, "no"},
		{"other idea", yes, "other"},
		{"20 for the taxi and I'll go", yes, ""},
		{"行吧", ja, "yes"},
		{"不太行", ja, "no"},
		{"可以吗", ja, ""},
		{"a person, please", shelve, "person"},
		{"ok", shelve, "yes"},
	} {
		kind := "choice"
		if c.choices[0].ID == "yes" {
			kind = "yesno"
		}
		r := bare(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: kind, Choices: c.choices, Currency: "USD"}})
		if r.Choice != c.want {
			t.Errorf("%q: choice %q, want %q; answer %q, why %v", c.text, r.Choice, c.want, r.Answer, r.Why)
		}
	}
}
