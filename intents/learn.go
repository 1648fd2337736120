package intents

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/outside"
)

// notOurs is the section of a flow's own sentences that are for none of the others.
const notOurs = "outside"

// foreign gives what belongs to nobody: the sentences that every flow is taught,
// and the flow's own.
func foreign(sentences Words) []string {
	out := outside.Texts()
	for _, lang := range slices.Sorted(maps.Keys(sentences[notOurs])) {
		out = append(out, sentences[notOurs][lang]...)
	}
	return out
}

// Lesson gives what a model is trained with: the sentences of all sections that
// are intents, in an order that depends on nothing but them. Details (a name with
// a dot in it) and what is given up ("drop:") are heard by their cues alone, and
// "outside" is no intent.
func Lesson(sentences Words) []model.Example {
	var out []model.Example
	for _, name := range slices.Sorted(maps.Keys(sentences)) {
		if name == notOurs || strings.ContainsAny(name, ".:") {
			continue
		}
		for _, lang := range slices.Sorted(maps.Keys(sentences[name])) {
			for _, s := range sentences[name][lang] {
				out = append(out, model.Example{Label: name, Text: s})
			}
		}
	}
	return out
}

// Learn trains a model on a flow's example sentences, with those of its section
// "outside" and of package outside as what belongs to nobody. It gives nil where there is nothing
// to learn from. The same sentences give the same model.
func Learn(sentences Words, progress func(done, total int)) (*model.Model, error) {
	m, err := model.Train(Lesson(sentences), model.Options{Outside: foreign(sentences), Progress: progress})
	if errors.Is(err, model.ErrNoExamples) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("intents: learn: %w", err)
	}
	return m, nil
}

// Taught is New with a model that was learned from the sentences. broader is as
// in [Options].
func Taught(words, sentences Words, broader map[string]string) (*Understander, error) {
	m, err := Learn(sentences, nil)
	if err != nil {
		return nil, err
	}
	return New(words, Options{Model: m, Broader: broader})
}

// With gives an Understander that hears the same cues and reads with m.
func (u *Understander) With(m *model.Model) *Understander {
	taught := *u
	taught.opts.Model = m
	return &taught
}

// School keeps what was learned, by the content it was learned from: a flow that is
// loaded again with the same sentences is not learned again. The zero value is
// ready, and safe for concurrent use; who asks for what is being learned waits.
type School struct {
	// Shelf, if set, keeps models beyond this School. It is set before first use.
	Shelf Shelf

	mu   sync.Mutex
	kept map[[sha256.Size]byte]func() (*model.Model, error)
	old  [][sha256.Size]byte // what was used longest ago comes first
}

// Shelf keeps models under names that stand for what they were learned from. A
// model that it cannot give is learned again, so it may forget, and fail, silently.
// Its methods are called by several goroutines.
type Shelf interface {
	Get(name string) (*model.Model, bool)
	Put(name string, m *model.Model)
}

// maxKept bounds the models of a School: that of the flow in use, and of the one it
// is being compared or edited with. Each takes some megabytes.
const maxKept = 2

// Learn is the function [Learn] for sentences that may have been learned before.
func (s *School) Learn(sentences Words) (*model.Model, error) {
	key := fingerprint(sentences)
	s.mu.Lock()
	learn, known := s.kept[key]
	if !known {
		learn = sync.OnceValues(func() (*model.Model, error) { return s.learn(hex.EncodeToString(key[:]), sentences) })
		if s.kept == nil {
			s.kept = map[[sha256.Size]byte]func() (*model.Model, error){}
		}
		s.kept[key] = learn
	}
	s.old = append(slices.DeleteFunc(s.old, func(k [sha256.Size]byte) bool { return k == key }), key)
	if len(s.old) > maxKept {
		delete(s.kept, s.old[0])
		s.old = slices.Delete(s.old, 0, 1)
	}
	s.mu.Unlock()
	return learn()
}

// learn takes from the shelf what it has, and puts there what it had not.
func (s *School) learn(name string, sentences Words) (*model.Model, error) {
	if s.Shelf == nil {
		return Learn(sentences, nil)
	}
	if m, ok := s.Shelf.Get(name); ok {
		return m, nil
	}
	m, err := Learn(sentences, nil)
	if err == nil && m != nil {
		s.Shelf.Put(name, m)
	}
	return m, err
}

// fingerprint names what a model is learned from.
func fingerprint(sentences Words) [sha256.Size]byte {
	h := sha256.New()
	write := func(s string) {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		_, _ = h.Write([]byte(s))
	}
	lesson := Lesson(sentences)
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(lesson)))) // where the lesson ends
	for _, e := range lesson {
		write(e.Label)
		write(e.Text)
	}
	for _, t := range foreign(sentences) {
		write(t)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
