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
		status: "等待人工：%d。已逾期：%d。", waitingFor: "已等 %s", overdueBy: "已逾期 %s", dueIn: "还有 %s 到期",
		owned: "由 %s 接手", somebody: "同事",
		Back: "全部转接和任务", Choose: "还没有打开任何一项", ChooseHint: "请从列表里打开一项转接或任务。",
		Notices: "通知", NoCard: "没有这张卡片。",
		Thread: "消息", Actions: "可以做的事", Optional: "选填",
		SayMine: "回复客户", SayNote: "写给同事的备注", SayTask: "办好之后要告诉客户的话",
		HintKeys: "Ctrl + Enter 发送。以 // 开头的只有同事看得到。",
		HintTake: "接手之后才能回复客户。现在写的内容只留在这里。",
		HintNote: "这位客户由同事接手。您写的内容只留在这里。",
		Closed:   "这里已经结束，不能再写内容了。", ButtonSend: "发给客户", ButtonNote: "留作备注",
		ButtonTask: "记下来", KeepNote: "留作备注",
		Refresh: "刷新", Offline: "连接断开了，恢复后页面会自动更新。",
		Empty: "还没有写内容。", TooLong: "内容太长，最多 8000 个字。",
		Gone:   "这一项已经不在了，页面显示的是现在的情况。没有发送任何内容。",
		NotNow: "刚才没能存下来，所以什么都没有发出。请再试一次。", NoFile: "这个文件已经不在了。",
		missing: "请填写：%s", inZone: "时间按 %s 计。", internal: "只有同事看得到", colon: "：",
		states: map[adapters.MarkState]string{adapters.MarkSent: "正在发送", adapters.MarkDelivered: "已送达",
			adapters.MarkFailed: "没有送达", adapters.MarkHeld: "暂缓发送"},
		kinds: map[message.AttachmentKind]string{message.Photo: "图片", message.Voice: "语音", message.Video: "视频",
			message.Document: "文件", message.Location: "位置", message.Contact: "名片", message.Sticker: "表情", message.Other: "附件"},
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（周%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},
		units: [3]string{"%d 分钟", "%d 小时", "%d 天"}, between: " ",
	}
}

// weekdays are written the same in both Chinese scripts.
var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}
