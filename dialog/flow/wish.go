package flow

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// sides are what a condition may read of the wish that is weighed.
var sides = map[string]bool{"asked": true, "adequate": true, "source": true, "clarity": true, "aspect": true}

// wishValue reads one side of the wish that is weighed; false where there is
// none, or it was not said.
func wishValue(side string, env Env, usual string) (value, bool) {
	w := env.Wish
	if w == nil {
		return value{}, false
	}
	text := ""
	switch side {
	case "asked":
		return levelValue(w.Asked, env, usual)
	case "adequate":
		return levelValue(w.Adequate, env, usual)
	case "source":
		text = string(w.Source)
	case "clarity":
		text = string(w.Clarity)
	case "aspect":
		text = string(w.Aspect)
	}
	return value{text: text}, text != ""
}

// levelValue reads a level by what is set in it. Money in another currency
// than the facts' counts as missing, as in a slot. An instant at midnight is a
// day: nobody names that hour.
func levelValue(l expect.Level, env Env, usual string) (value, bool) {
	switch {
	case l.Amount != 0:
		if l.Currency != "" && l.Currency != env.currency(usual) {
			return value{}, false
		}
		return value{number: float64(l.Amount) / 100, numeric: true}, true
	case !l.By.IsZero():
		at := l.By.In(env.zone())
		return value{when: moment{at, !at.Equal(midnight(at))}, timely: true}, true
	case l.Count != 0:
		return value{number: float64(l.Count), numeric: true}, true
	}
	return value{text: l.Value}, l.Value != ""
}

// lossOf is what an objection shows to be lost; "" where it shows no loss.
var lossOf = map[message.Objection]expect.Loss{message.ObjectPrice: expect.LossCost, message.ObjectTime: expect.LossDelay,
	message.ObjectEffort: expect.LossEffort}
