// Package expect holds what Accord is about: what a customer expects, what can
// be offered for it, and what was agreed.
//
// Start with [Expectation]: one thing a customer wants, with the level hoped
// for and the least that is acceptable. Between the two lies the zone of
// tolerance (Zeithaml, Berry and Parasuraman, "The nature and determinants of
// customer expectations of service", 1993). An expectation that cannot be met
// is lowered by [Offer]s, each made with a [Technique]; what is settled
// becomes a [Promise] that somebody carries out by a deadline.
//
// What raised an expectation ([Source]) and how it stands to the stated
// standard ([Reasonable]) steer the first move; an objection is met by a
// [Method]; compensation is tied to a [Loss]. Satisfaction is experience minus
// expectation: [Expectation.Zone] is what a survey later holds experience to.
//
// It is plain data with the small pure rules that belong to it. It does not
// know flows, languages, storage or time beyond the instants it is given.
package expect
