package bot

// Metric is one measure as /metrics shows it.
type Metric struct {
	Name   string
	Help   string
	Type   string // "counter", "histogram" (in seconds) or "gauge"
	Labels []string

	buckets []float64
}

const (
	typeCounter   = "counter"
	typeHistogram = "histogram"
	typeGauge     = "gauge"
)

// The measures that are counted. Names, labels and their words are relied on
// by operators' boards and alarms and do not change.
var (
	metricTurns = Metric{Name: "accord_turns_total", Type: typeCounter, Labels: []string{"kind", "result"},
		Help: "Inputs handled, by kind of input and result: done, nothing, failed (tried again) or parked (given up)."}
	metricTurnTime = Metric{Name: "accord_turn_seconds", Type: typeHistogram, buckets: fine(),
		Help: "How long deciding one input took, without its commit."}
	metricLaneLag = Metric{Name: "accord_lane_lag_seconds", Type: typeHistogram, buckets: coarse(),
		Help: "From the moment an input was received until its turn was committed."}
	metricSends = Metric{Name: "accord_sends_total", Type: typeCounter, Labels: []string{"to", "class", "outcome"},
		Help: "Attempts to send, by platform, class (reply, promise, once, mirror) and outcome (delivered, not_sent, throttled, refused, unknown)."}
	metricUnknown = Metric{Name: "accord_unknown_sends_total", Type: typeCounter, Labels: []string{"to"},
		Help: "Attempts that ended without a clear answer: what was sent may have arrived, and may arrive twice."}
	metricWords = Metric{Name: "accord_agent_words_seconds", Type: typeHistogram, buckets: coarse(),
		Help: "From the moment an agent's words were received until the customer's platform had them."}
	metricCards = Metric{Name: "accord_card_seconds", Type: typeHistogram, buckets: coarse(),
		Help: "From the moment a customer's wish for a person was received until its card stood before the agents."}
	metricPromises = Metric{Name: "accord_promises_total", Type: typeCounter, Labels: []string{"event"},
		Help: "What happened to promises: made, kept, due (not kept in time and told so), broken (still not kept at the escalation), renewed."}
)

var (
	metricLookups = Metric{Name: "accord_lookups_total", Type: typeCounter, Labels: []string{"result"},
		Help: "Look-ups, by what they came to: found, unverified, not_found, not_theirs or unreachable."}
	metricLookupTime = Metric{Name: "accord_lookup_seconds", Type: typeHistogram, buckets: coarse(),
		Help: "How long a look-up took, with all its tries."}
)

var (
	metricConsults = Metric{Name: "accord_llm_calls_total", Type: typeCounter, Labels: []string{"task", "result"},
		Help: "Times a language model was wanted, by task (read, reword) and result: answered, none (nothing fits), refused (an answer that is not allowed), failed, timeout, or not called because of budget or resting (after failures in a row)."}
	metricConsultTime = Metric{Name: "accord_llm_seconds", Type: typeHistogram, buckets: coarse(),
		Help: "How long a language model took."}
)

// Names of what is read from the store, or is so at present.
const (
	gaugePending    = "accord_inbox_pending"
	gaugePendingAge = "accord_inbox_oldest_seconds"
	gaugeUnsent     = "accord_outbox_unsent"
	gaugeUnsentAge  = "accord_outbox_oldest_seconds"
	gaugeDead       = "accord_dead_letters"
	gaugeHandoffs   = "accord_handoffs_open"
	gaugePromises   = "accord_promises_open"
	gaugeOverdue    = "accord_promises_overdue"
	gaugeDesk       = "accord_desk_reachable"
)

// MetricNames lists every measure, in the order in which they are documented.
func MetricNames() []Metric {
	gauge := func(name, help string) Metric { return Metric{Name: name, Type: typeGauge, Help: help} }
	return []Metric{
		metricTurns, metricTurnTime, metricLaneLag, metricSends, metricUnknown, metricWords, metricCards, metricPromises, metricLookups, metricLookupTime,
		metricConsults, metricConsultTime,
		gauge(gaugePending, "Inputs that are stored and not handled yet."),
		gauge(gaugePendingAge, "Age of the oldest of them; 0 where there is none."),
		gauge(gaugeUnsent, "Messages that are stored and not sent yet."),
		gauge(gaugeUnsentAge, "Age of the oldest of them; 0 where there is none."),
		gauge(gaugeDead, "Dead letters: inputs and messages that were given up and can be tried again by command."),
		gauge(gaugeHandoffs, "Hand-offs that wait for a person or have one."),
		gauge(gaugePromises, "Promises that somebody still has to carry out."),
		gauge(gaugeOverdue, "Those of them whose time has passed; counted up to 1000."),
		gauge(gaugeDesk, "Whether the agents' platform can be reached: 1 or 0."),
	}
}

// fine are limits for what the program does by itself, coarse for what waits
// for others; in seconds.
func fine() []float64 {
	return []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1}
}

func coarse() []float64 {
	return []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 10, 30, 60, 300}
}
