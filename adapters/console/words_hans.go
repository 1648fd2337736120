package console

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func simplified() *words {
	return &words{
		Desk: "工作台", Waiting: "等待接手", Mine: "我的", Others: "同事的", Overdue: "已逾期", Tasks: "即将到期",
		NobodyWaits: "没有人在等。", NothingMine: "您手上没有客户。", NoTasks: "没有到期的事。",
		status: "等待人工：%d。已逾期：%d。", waitingFor: "等了 %s", overdueBy: "已逾期 %s", dueIn: "还有 %s就到期",
		owned: "%s正在接待", somebody: "同事",
		Back: "全部转接和任务", Choose: "请选择一项转接或任务", ChooseHint: "列表里是正在等的客户，以及答应过的事和期限。",
		Notices: "通知", NoCard: "没有这张卡片。",
		Thread: "消息", Actions: "可以做的事", Optional: "选填",
		SayMine: "回复客户", SayNote: "写给同事的备注", SayTask: "办好之后要告诉客户的话",
		HintKeys: "Ctrl + Enter 发送。以 // 开头的消息只有同事看得到。",
		HintTake: "只有同事看得到。要回复客户，请先接手。",
		HintNote: "只有同事看得到。这位客户正由同事接待。",
		Closed:   "这里已经结束，不能再写内容了。", ButtonSend: "发给客户", ButtonNote: "留作备注",
		ButtonTask: "存为答复", KeepNote: "留作备注",
		Refresh: "刷新", Offline: "暂时连不上服务器，恢复后页面会自动更新。",
		Empty: "还没有写内容。", TooLong: "内容太长，最多 8000 个字。",
		Gone:   "这一项已经不在了，页面显示的是现在的情况。没有发送任何内容。",
		NotNow: "刚才没能存下来，所以什么都没有发出。请再试一次。", NoFile: "这个文件已经不在了。",
		missing: "请填写：%s", inZone: "%s时间", internal: "只有同事看得到", colon: "：",
		states: map[adapters.MarkState]string{adapters.MarkSent: "正在发送", adapters.MarkDelivered: "已送达",
			adapters.MarkFailed: "没有送达", adapters.MarkHeld: "暂缓发送"},
		kinds: map[message.AttachmentKind]string{message.Photo: "图片", message.Voice: "语音", message.Video: "视频",
			message.Document: "文件", message.Location: "位置", message.Contact: "名片", message.Sticker: "表情", message.Other: "附件"},
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（周%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},
		Related:  "这位客户还有：",
		HintTask: "点“已完成”就会告诉客户。Ctrl + Enter 先存着。以 // 开头的内容只有同事看得到。", ButtonDone: "已完成",
		TellOn: "有新转接时通知我", TellOff: "不再通知新转接", TellNews: "有客户在等人工服务。",
		waitsForYou: "等您回复，等了 %s", answerBy: "已答应%s前答复", by: "%s前", news: "%d 条新消息", stepIn: "请马上有人处理",
		moment: "1 分钟不到", dot: " · ", brackets: "（%s）", past: "这个时间已经过了，请另选一个。",
		looksNote: "开头像是写给同事的备注，所以没有发送。去掉开头那部分再提交。",
		zones:     map[string]string{"UTC": "UTC", "Asia/Shanghai": "上海时间", "Asia/Taipei": "台北时间", "Asia/Hong_Kong": "香港时间"},
		units:     [3]string{"%d 分钟", "%d 小时", "%d 天"}, between: " ",
	}
}

// weekdays are written the same in both Chinese scripts.
var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}
