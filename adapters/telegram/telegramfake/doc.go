// Package telegramfake is a Telegram that runs in the test: a server on
// loopback that speaks the Bot API over HTTP, with customers who write, tap,
// edit and block, and a ledger of everything a bot did. The ledger is the
// truth: it lives here, so a program under test may be killed at any moment
// and what it had really sent, answered and confirmed can still be read.
//
// Start with [New], point the program at [Server.URL] with [Token], and make
// people with [Bot.Customer]:
//
//	tg := telegramfake.New()
//	defer tg.Close()
//	ann := tg.Customer(1001, "Ann", "en")
//	ann.Says("hello")
//	reply, err := ann.Next(ctx)
//
// [Bot.Fail] makes calls go wrong on demand, [Bot.Redeliver], [Bot.Double] and
// [Bot.Inject] make updates come twice or broken, and [Bot.Violations] lists
// the rules a client broke. [Server.AddBot] gives further bots, each with
// customers and a ledger of its own.
//
// A bot that calls setWebhook is called there, on loopback only, as Telegram
// does it: chats beside one another, each in order, taps in a queue of their
// own; again at once where it fails, then after growing pauses or when
// Retry-After says; any 2xx confirms. [Bot.HookCalls] lists the deliveries,
// [Bot.LoseHookAnswers] makes answers get lost, and [Bot.Haste] says how long
// a second of the pauses lasts. After five answers 410 in a row the webhook is
// gone, for which the real one takes a day.
//
// Files are kept with their content, both ways: [Customer.SendsFile] and
// [Message.File]. Messages keep what they said before each edit, and deleted
// ones stay in the ledger, marked; [Customer.Sees] shows what is left.
//
// It keeps to the real thing where programs could notice: the offset of
// getUpdates confirms, a second poller ends the first with 409, lengths count
// UTF-16 units, an unchanged edit is an error, a tap can be answered once, and
// the answers have Telegram's codes and words; it knows how large files may be
// and how long a message can be taken back. It does not imitate rate limits
// by itself, groups' members or anything a bot of ours never calls: unknown
// methods give 404, as they do there.
//
// Everything is safe for concurrent use. Nothing here waits by sleeping.
package telegramfake
