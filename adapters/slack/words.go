package slack

import "github.com/accord-chat/accord/dialog/message"

// words are the few the adapter says by itself.
type words struct {
	cancel, failed, held, more string
}

func wordsOf(l message.Lang) words {
	switch l {
	case message.Simplified:
		return words{cancel: "取消", failed: "未送达", held: "已暂缓发送", more: "以下内容从略"}
	case message.Traditional:
		return words{cancel: "取消", failed: "未送達", held: "已暫緩傳送", more: "以下內容從略"}
	}
	return words{cancel: "Cancel", failed: "Not delivered", held: "Held back", more: "The rest is left out"}
}
