package bot

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// meters count what happened since the start. They hold numbers and closed
// lists of words only: no ids, no names, no texts.
type meters struct {
	b *Bot

	turns    *prometheus.CounterVec
	turnTime prometheus.Histogram
	laneLag  prometheus.Histogram
	sends    *prometheus.CounterVec
	unknown  *prometheus.CounterVec
	words    prometheus.Histogram
	cards    prometheus.Histogram
	promises *prometheus.CounterVec
	lookups  *prometheus.CounterVec
	lookTime prometheus.Histogram
	consults *prometheus.CounterVec
	conTime  prometheus.Histogram

	all    []prometheus.Collector
	gauges map[string]*prometheus.Desc
}

// Collector gives the bot's measures for a Prometheus registry; [MetricNames]
// lists them. Some are read from the store when they are collected.
func (b *Bot) Collector() prometheus.Collector { return b.meters }

func newMeters(b *Bot) *meters {
	m := &meters{b: b, gauges: map[string]*prometheus.Desc{}}
	counter := func(x Metric) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: x.Name, Help: x.Help}, x.Labels)
		m.all = append(m.all, c)
		return c
	}
	histogram := func(x Metric) prometheus.Histogram {
		h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: x.Name, Help: x.Help, Buckets: x.buckets})
		m.all = append(m.all, h)
		return h
	}
	for _, x := range MetricNames() {
		if x.Type == typeGauge {
			m.gauges[x.Name] = prometheus.NewDesc(x.Name, x.Help, nil, nil)
		}
	}
	m.turns, m.turnTime, m.laneLag = counter(metricTurns), histogram(metricTurnTime), histogram(metricLaneLag)
	m.sends, m.unknown = counter(metricSends), counter(metricUnknown)
	m.words, m.cards, m.promises = histogram(metricWords), histogram(metricCards), counter(metricPromises)
	m.lookups, m.lookTime = counter(metricLookups), histogram(metricLookupTime)
	m.consults, m.conTime = counter(metricConsults), histogram(metricConsultTime)
	return m
}

// Describe implements prometheus.Collector.
func (m *meters) Describe(ch chan<- *prometheus.Desc) {
	for _, c := range m.all {
		c.Describe(ch)
	}
	for _, d := range m.gauges {
		ch <- d
	}
}

// storeTimeout bounds what is read for one collection.
const storeTimeout = 3 * time.Second

// Collect implements prometheus.Collector. Where the store does not answer its
// gauges are left out: an old number would look like a good one.
func (m *meters) Collect(ch chan<- prometheus.Metric) {
	for _, c := range m.all {
		c.Collect(ch)
	}
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	for name, v := range m.standing(ctx) {
		ch <- prometheus.MustNewConstMetric(m.gauges[name], prometheus.GaugeValue, v)
	}
}

// standing reads what is so at present.
func (m *meters) standing(ctx context.Context) map[string]float64 {
	now := m.b.nowMilli()
	_, down := m.b.outage.look(m.b.cfg.Now())
	out := map[string]float64{gaugeDesk: truth(!down)}
	st, err := m.b.cfg.Store.Stats(ctx)
	if err != nil {
		return out
	}
	age := func(oldest int64) float64 {
		if oldest == 0 {
			return 0
		}
		return max(0, float64(now-oldest)/1000)
	}
	out[gaugePending], out[gaugePendingAge] = float64(st.Pending), age(st.OldestPending)
	out[gaugeUnsent], out[gaugeUnsentAge] = float64(st.Unsent), age(st.OldestUnsent)
	out[gaugeDead], out[gaugeHandoffs], out[gaugePromises] = float64(st.Dead), float64(st.Handoffs), float64(st.Promises)
	if late, err := m.b.cfg.Store.OpenPromises(ctx, now, overdueMax); err == nil {
		out[gaugeOverdue] = float64(len(late))
	}
	return out
}

// overdueMax bounds what is read to count what is overdue; more than that is
// no more of an alarm.
const overdueMax = 1000

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// turn counts one handled input.
func (m *meters) turn(kind, result string, took time.Duration) {
	m.turns.WithLabelValues(kind, result).Inc()
	m.turnTime.Observe(took.Seconds())
}

// handled notes how long an input waited until its turn was committed, and what
// became of promises in it.
func (m *meters) handled(a after, now int64) {
	m.laneLag.Observe(seconds(a.at, now))
	for _, e := range a.promises {
		if word := promiseWords[e]; word != "" {
			m.promises.WithLabelValues(word).Inc()
		}
	}
}

// counts says whether an event of a promise is counted. What is done about a
// broken promise does not make it a kept one, or the share of kept ones would
// flatter.
func counts(p dialog.PromiseChanged) bool {
	return p.Event != dialog.PromiseDone || p.Promise.State != expect.PromiseBroken
}

// promiseWords are the events of promises that are counted.
var promiseWords = map[dialog.PromiseEvent]string{
	dialog.PromiseMade: "made", dialog.PromiseDone: "kept", dialog.PromiseDue: "due",
	dialog.PromiseEscalated: "broken", dialog.PromiseRenewed: "renewed", dialog.PromiseWithdrawn: "withdrawn",
}

// attempt counts one attempt to send.
func (m *meters) attempt(to message.Channel, row store.OutRow, env envelope, v verdict, now time.Time) {
	m.sends.WithLabelValues(string(to), string(row.Class), v.result.Outcome).Inc()
	if v.result.Outcome == string(adapters.Unknown) {
		m.unknown.WithLabelValues(string(to)).Inc()
	}
	if v.result.Outcome != string(adapters.Delivered) || env.Since == 0 {
		return
	}
	switch {
	case env.Say != nil && env.Of != "":
		m.words.Observe(seconds(env.Since, now.UnixMilli()))
	case env.Post != nil && isCard(*env.Post):
		m.cards.Observe(seconds(env.Since, now.UnixMilli()))
	}
}

// lookedUp counts one look-up.
func (m *meters) lookedUp(result string, took time.Duration) {
	m.lookups.WithLabelValues(result).Inc()
	m.lookTime.Observe(took.Seconds())
}

// consulted counts one question to a language model, made or not.
func (m *meters) consulted(task, result string, took time.Duration) {
	m.consults.WithLabelValues(task, result).Inc()
	m.conTime.Observe(took.Seconds())
}

// isCard says whether a post is the card of a hand-off, at its first showing.
func isCard(p adapters.Post) bool {
	r, ok := desk.ParseAnchor(p.Anchor)
	return ok && !p.Update && p.Anchor == desk.HandoffAnchor(r.Conv, r.N)
}

func seconds(from, to int64) float64 { return max(0, float64(to-from)/1000) }
