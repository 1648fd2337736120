package slack

import "github.com/accord-chat/accord/dialog/message"

// words are the few the adapter says by itself.
type words struct {
	cancel, send, failed, held, more          string
	again, denied, formless                   string // to whoever pressed a button
	lost, tooLarge, gone, unread, empty, file string // of a file
}

func wordsOf(l message.Lang) words {
	switch l {
	case message.Simplified:
		return words{
			cancel: "取消", send: "提交", failed: "未送达", held: "已暂缓发送", more: "以下内容从略",
			again: "表单没能打开，请再按一次按钮。", denied: "只有本频道的客服人员可以这样做。", formless: "这个按钮已经不能用了。",
			lost: "有一个文件没能转过来", tooLarge: "文件太大", gone: "文件已不存在", unread: "多次尝试都读不出来", empty: "文件是空的", file: "文件",
		}
	case message.Traditional:
		return words{
			cancel: "取消", send: "送出", failed: "未送達", held: "已暫緩傳送", more: "以下內容從略",
			again: "表單沒能開啟，請再按一次按鈕。", denied: "只有本頻道的客服人員可以這樣做。", formless: "這個按鈕已經不能用了。",
			lost: "有一個檔案沒能轉過來", tooLarge: "檔案太大", gone: "檔案已不存在", unread: "試了幾次都讀不出來", empty: "檔案是空的", file: "檔案",
		}
	}
	return words{
		cancel: "Cancel", send: "Send", failed: "Not delivered", held: "Held back", more: "The rest is left out",
		again: "The form could not be opened. Please press the button again.", denied: "Only agents of this channel can do that.",
		formless: "This button does not work any more.",
		lost:     "A file could not be passed on", tooLarge: "too large", gone: "it is no longer there", unread: "it could not be fetched", empty: "it is empty", file: "file",
	}
}
