package main_test

import (
	"slices"
	"testing"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestTheMenuFollowsTheLanguage: Telegram tells one Chinese only, so the menu
// of a chat that is held in Traditional Chinese is set for that chat.
func TestTheMenuFollowsTheLanguage(t *testing.T) { bothWays(t, theMenuFollowsTheLanguage) }

func theMenuFollowsTheLanguage(t *testing.T, m mode) {
	r := setup(t, m)
	lin := r.telegram.Customer(9, "林小姐", "en")
	lin.Says("我的咖啡機壞了,真的很傷腦筋")
	traditional := func() bool {
		return slices.ContainsFunc(lin.Menu(), func(c telegramfake.Command) bool { return c.Description == "切換語言" })
	}
	if err := r.telegram.Await(deadline(t), traditional); err != nil {
		t.Fatalf("the menu of the chat stays %+v", lin.Menu())
	}
}
