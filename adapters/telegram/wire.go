package telegram

// The parts of Telegram's updates that are read here. Ids are int64 throughout
// (the library's are int), and what is not listed is not looked at, so that a
// change in a field of no concern cannot make an update unreadable.

type wireUpdate struct {
	ID       int64         `json:"update_id"`
	Message  *wireMessage  `json:"message"`
	Edited   *wireMessage  `json:"edited_message"`
	Callback *wireCallback `json:"callback_query"`
	Member   *wireMember   `json:"my_chat_member"`
}

type wireUser struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Language  string `json:"language_code"`
}

type wireChat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"` // private, group, supergroup, channel
}

type wireCallback struct {
	ID      string       `json:"id"`
	From    *wireUser    `json:"from"`
	Message *wireMessage `json:"message"`
	Data    string       `json:"data"`
}

type wireMember struct {
	Chat *wireChat `json:"chat"`
	From *wireUser `json:"from"`
	Date int64     `json:"date"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

type wireMessage struct {
	ID         int64     `json:"message_id"`
	From       *wireUser `json:"from"`
	SenderChat *wireChat `json:"sender_chat"`
	Chat       *wireChat `json:"chat"`
	Date       int64     `json:"date"`
	Text       string    `json:"text"`
	Caption    string    `json:"caption"`

	// Signs that the words are not the sender's own.
	ViaBot        *wireUser `json:"via_bot"`
	ForwardOrigin *anything `json:"forward_origin"`
	ForwardDate   int64     `json:"forward_date"`

	Photo     []wireFile    `json:"photo"`
	Voice     *wireFile     `json:"voice"`
	Video     *wireFile     `json:"video"`
	VideoNote *wireFile     `json:"video_note"`
	Animation *wireFile     `json:"animation"`
	Audio     *wireFile     `json:"audio"`
	Document  *wireFile     `json:"document"`
	Sticker   *wireFile     `json:"sticker"`
	Location  *wireLocation `json:"location"`
	Venue     *wireVenue    `json:"venue"`
	Contact   *wireContact  `json:"contact"`

	// Sent by people, but nothing in it that we could use.
	Dice      *anything `json:"dice"`
	Game      *anything `json:"game"`
	Poll      *anything `json:"poll"`
	Story     *anything `json:"story"`
	PaidMedia *anything `json:"paid_media"`
	Checklist *anything `json:"checklist"`
}

type wireFile struct {
	FileID string `json:"file_id"`
	Name   string `json:"file_name"`
	MIME   string `json:"mime_type"`
	Size   int64  `json:"file_size"`
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
	Emoji  string `json:"emoji"` // of a sticker
}

type wireLocation struct {
	Lat float64 `json:"latitude"`
	Lon float64 `json:"longitude"`
}

type wireVenue struct {
	Location wireLocation `json:"location"`
	Title    string       `json:"title"`
}

type wireContact struct {
	Phone  string `json:"phone_number"`
	UserID int64  `json:"user_id"`
}

// anything is a field of which only the presence counts.
type anything struct{}

// UnmarshalJSON accepts whatever is there.
func (*anything) UnmarshalJSON([]byte) error { return nil }
