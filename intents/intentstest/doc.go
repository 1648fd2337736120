// Package intentstest holds what every understander must keep, whether rules
// or a trained model stand behind it.
//
// Start with [Run]: give it a function that makes an understander from words,
// and it checks the contract of message.Reading: no false acceptances, the
// same reading twice, slots that quote the text, ranges, empty texts, giving
// up, and that rubbish does no harm. It will not measure accuracy; that is what
// evaluation on labelled files is for.
package intentstest
