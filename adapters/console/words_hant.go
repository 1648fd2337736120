package console

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func traditional() *words {
	return &words{
		Desk: "工作台", Waiting: "等候接手", Mine: "我的", Others: "同事的", Overdue: "已逾期", Tasks: "即將到期",
		NobodyWaits: "目前沒有人在等。", NothingMine: "您手上目前沒有顧客。", NoTasks: "沒有快到期的事。",
		status: "等候真人：%d。已逾期：%d。", waitingFor: "等了 %s", overdueBy: "已逾期 %s", dueIn: "還有 %s就到期",
		owned: "%s正在服務", somebody: "同事",
		Back: "全部轉接與任務", Choose: "請選擇一項轉接或任務", ChooseHint: "清單裡是正在等候的顧客，以及答應過的事與期限。",
		Notices: "通知", NoCard: "找不到這張卡片。",
		Thread: "討論串", Actions: "可以做的事", Optional: "選填",
		SayMine: "回覆顧客", SayNote: "給同事的備註", SayTask: "完成後要告訴顧客的話",
		HintKeys: "Ctrl + Enter 傳送。以 // 開頭的訊息只有同事看得到。",
		HintTake: "只有同事看得到。要回覆顧客，請先接手。",
		HintNote: "只有同事看得到。這位顧客正由同事服務。",
		Closed:   "這裡已經結束，無法再寫內容。", ButtonSend: "傳給顧客", ButtonNote: "留作備註",
		ButtonTask: "存成答覆", KeepNote: "留作備註",
		Refresh: "重新整理", Offline: "暫時連不上伺服器，恢復後頁面會自動更新。",
		Empty: "還沒有寫內容。", TooLong: "內容太長，最多 8000 個字。",
		Gone:   "這一項已經不在了，頁面顯示的是目前的情況。沒有傳送任何內容。",
		NotNow: "剛才沒能存下來，所以什麼都沒有送出。請再試一次。", NoFile: "這個檔案已經不在了。",
		missing: "請填寫：%s", inZone: "%s時間", internal: "只有同事看得到", colon: "：",
		states: map[adapters.MarkState]string{adapters.MarkSent: "傳送中", adapters.MarkDelivered: "已送達",
			adapters.MarkFailed: "沒有送達", adapters.MarkHeld: "暫緩傳送"},
		kinds: map[message.AttachmentKind]string{message.Photo: "照片", message.Voice: "語音訊息", message.Video: "影片",
			message.Document: "檔案", message.Location: "位置", message.Contact: "聯絡人", message.Sticker: "貼圖", message.Other: "附件"},
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（週%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},
		Related:  "這位顧客還有：",
		HintTask: "按「已完成」就會告訴顧客。Ctrl + Enter 先存起來。以 // 開頭的內容只有同事看得到。", ButtonDone: "已完成",
		TellOn: "有新轉接時通知我", TellOff: "不再通知新轉接", TellNews: "有顧客在等候真人服務。",
		waitsForYou: "等您回覆，等了 %s", answerBy: "已答應%s前答覆", by: "%s前", news: "%d 則新訊息", stepIn: "請立刻有人處理",
		moment: "1 分鐘不到", dot: " · ", brackets: "（%s）", past: "這個時間已經過了，請另選一個。",
		looksNote: "開頭像是給同事的備註，所以沒有送出。拿掉開頭那部分再送一次。",
		zones:     map[string]string{"UTC": "UTC", "Asia/Shanghai": "上海時間", "Asia/Taipei": "台北時間", "Asia/Hong_Kong": "香港時間"},
		units:     [3]string{"%d 分鐘", "%d 小時", "%d 天"}, between: " ",
	}
}
