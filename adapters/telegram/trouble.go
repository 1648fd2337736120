package telegram

import (
	"go.uber.org/zap"
)

// trouble keeps the log quiet: a spell of trouble is noted when it begins,
// when it changes its kind, and when it is over, not at each try.
type trouble struct{ what string }

func (t *trouble) begin(log *zap.Logger, what string, err error) {
	if t.what != what {
		t.what = what
		log.Warn(what, zap.Error(err))
	}
}

// alarm is begin for what only a person can end.
func (t *trouble) alarm(log *zap.Logger, what string, err error) {
	if t.what != what {
		t.what = what
		log.Error(what, zap.Error(err))
	}
}

func (t *trouble) over(log *zap.Logger) {
	if t.what != "" {
		log.Info("telegram: trouble is over", zap.String("was", t.what))
		t.what = ""
	}
}
