// Package slot reads values out of a text: amounts of money, whole numbers,
// days, times, order numbers, phone numbers, mail addresses, and where they
// were asked for names and postal addresses.
//
// Start with [Find]. It knows how English, Simplified and Traditional Chinese
// write them ("20 bucks", "next tuesday", "八十块", "下週二早上九點"), reads
// relative days against [Options.Now] in [Options.Zone], and takes a bare
// number for what [Options.Expect] is waiting for. A day without a year is in
// the future, unless the words around it speak of the past ("bought on 3
// November"). Values that are named to be ruled out ("not 303") are left out.
//
// Pure and safe for concurrent use. It will not check that an order exists,
// that an account answers, or that an amount is reasonable.
package slot
