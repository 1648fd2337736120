package adapters

import (
	"context"
	"errors"
	"io"

	"github.com/accord-chat/accord/dialog/message"
)

// MaxFile bounds one file on its way from one platform to another, in bytes.
// It is what Telegram lets a bot download.
const MaxFile = 20 << 20

// Errors of opening and passing on a file, told apart with errors.Is. They are
// for good: trying again does not help. Any other error may pass.
var (
	ErrTooLarge = errors.New("the file is too large to be passed on")
	ErrNoFile   = errors.New("the file is no longer there")
	// ErrUnread: opening or reading it failed so often that it is given up. An
	// error that wraps it wraps ErrNoFile, too.
	ErrUnread = errors.New("the file could not be read")
)

// File is the content of one attachment, open for reading. Whoever opened it
// closes Body.
type File struct {
	Body io.ReadCloser
	Name string // as the sender called it, "" = unknown; never a path
	MIME string // found by looking into the content, not what the sender claimed
	Size int64  // bytes; -1 = unknown
}

// Opener is implemented by platforms that keep the files people send there.
// Open streams one: nothing is stored on the way, and reading fails with
// [ErrTooLarge] beyond [MaxFile]. Errors hold no address and no token.
type Opener interface {
	Open(ctx context.Context, file message.Attachment) (File, error)
}

// OpenFunc opens an attachment wherever it is kept.
type OpenFunc func(ctx context.Context, file message.Attachment) (File, error)
