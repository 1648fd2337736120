package desk

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func simplified() *words {
	return &words{
		colon: "：", comma: "，", semicolon: "；", dash: " · ", brackets: "（%s）",
		customer: "客户", somebody: "有同事",
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（周%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},

		needs:        "%s 需要人工服务",
		waiting:      "等待接手，自 %s",
		owned:        "由 %s 接手",
		taken:        "%s 已接手。接手人在这个消息串里写的话会发给客户；以 // 开头的只留在这里。",
		returned:     "%s 已交回机器人",
		closed:       "%s 已结案",
		stillWaiting: "%s 还在等人工，自 %s。",
		lostRace:     "%s 快了一步，已经接手了。",
		notYours:     "这件事由 %s 接手，这一步只有接手人能做。",
		takeFirst:    "还没有人接手。请先点卡片上的“接手”。",
		over:         "这次转接已经结束，没有发送或改动任何内容。",
		notOnQueue:   "您不在这个队列里，没有改动任何内容。可以请管理员添加。",
		story:        "客户原话",
		wishes:       "客户的期望，最要紧的在前",
		facts:        "已知情况",
		promises:     "已经答应的事",
		refused:      "。提过但客户没接受：",

		fieldCustomer: "客户", fieldLanguage: "语言", fieldWhy: "转接原因", fieldMood: "情绪", fieldCase: "编号",
		fieldOrder: "订单", fieldIncident: "发生了什么", fieldOwner: "负责", fieldDue: "期限",
		buttonTake: "接手", buttonReturn: "交回机器人", buttonClose: "结案",
		confirmClose: "原因只有同事能看到。对话会结束，并告知客户；已答应的事照旧。",
		buttonDone:   "已完成", buttonMore: "延期",

		taskTitle:     "承诺 %s",
		taskPromised:  "对客户说的是",
		taskHow:       "在这个消息串里回复要告诉客户的话，再点“已完成”。",
		taskSoon:      "快到期了：%s",
		taskDue:       "期限已过还没有结果，已如实告知客户。",
		taskEscalated: "仍然没有结果，请主管现在跟进。",
		taskDone:      "%s 已完成，客户已收到通知。",
		taskAssigned:  "现在由 %s 负责。",
		taskReworded:  "顾客补充了内容",
		taskWithdrawn: "顾客已取消这件事，不用再办。",
		taskNoted:     "已记下，点“已完成”后发给客户。",
		taskNoMove:    "这个期限已经延过一次，不能再延。请把现有的情况写下来，再点“已完成”。",
		taskClosed:    "这项承诺已经了结，没有改动任何内容。",
		holdAsk:       "开头是“note:”，可能是写给同事的。要发给客户，请去掉后重写；只给同事看，请以 // 开头",
		holdEdited:    "这条仍留在这里，客户没有看到。要发新的内容，请另写一条",
		holdEmpty:     "里面没有可以转达的内容",
		holdFile:      "任务完成时只用文字告诉客户，而这条带了文件。请去掉文件，把文字再发一遍",

		nudged:        "%s 还在等，自 %s。哪位有空，请点卡片上的“接手”。",
		escalated:     "还没有人接手：%s 已经等候，自 %s。需要有人现在介入。",
		escalatedIdle: "由 %s 接手，但 %s 还没有得到答复。需要有人现在介入。",
		idle:          "%s 在等 %s 的答复。任何人都可以接过来。",
		released:      "%s 已把 %s 放回队列",
		takenOver:     "从 %s 那里接过来。",
		asked:         "方案已发给客户，客户会点按钮答复，结果会显示在这里。",
		unheard:       "这里连不上的时候，已如实告诉客户，并说明请求已经留存。",
		taskAsking:    "%s 申请延期，正在问客户 %s 是否可以。",
		taskRenewed:   "经客户同意，延到 %s。已由新的任务接续。",
		taskDeclined:  "客户不愿再等，期限不变：%s。请主管现在跟进。",
		editLost:      "这次修改没有送达客户：%s。",
		deleteLost:    "这里删掉的消息，客户那边还在：%s。",
		wasBefore:     "原来", isNow: "现在",
		keptHere:   "已留在这里，客户看不到。",
		wordsGone:  "找不到原来的内容了，请重新写一遍。",
		formEmpty:  "没有填写内容，没有发送或改动任何内容。",
		formNoTime: "时间无法识别，没有发送或改动任何内容。",

		dueTitle: "尚未完成的承诺，最急的在前", dueNone: "目前没有尚未完成的承诺。",
		overdue: "已逾期", dueMore: "另外还有 %d 项",

		buttonTakeOver: "接过来", buttonRelease: "放回队列", buttonOffer: "提方案", buttonPromise: "作承诺",
		buttonDue: "到期清单", buttonAgain: "重新发送", buttonAnyway: "发给客户", buttonKeep: "留在这里",

		formOffer: "提方案", formSendOffer: "发送方案", formOfferText: "方案内容",
		formOfferHint: "客户会原样看到，并点“是”或“否”答复。", formOfferBy: "何时办好",
		formPromise: "作承诺", formSendPromise: "承诺", formPromiseText: "承诺内容",
		formPromiseHint: "客户会原样看到，并看到期限。这会成为一项任务。", formPromiseBy: "期限",
		formReturn: "交回机器人", formReturnText: "已经谈妥的事",
		formReturnHint: "客户会看到，机器人也会据此继续。",
		formRelease:    "放回队列", formReleaseText: "给下一位同事的说明",
		formReleaseHint: "只有同事能看到。客户会得知排队位置保留。",
		formClose:       "结案", formCloseText: "结案原因", formByHint: "日期和时间",

		lost: "对话 %d 有一条消息没能确认送达客户：%s。",

		moods:  [4]string{"平静", "有些不满", "生气", "非常生气"},
		trends: map[string]string{"rising": "越来越激动", "falling": "正在缓和", "steady": "平稳"},
		causes: map[string]string{
			"asked": "客户要求人工", "anger": "客户非常生气", "misread": "机器人没听懂",
			"limit": "机器人已到处理上限", "refused": "客户没有接受任何方案", "unknown": "目录里没有这一项",
			"authority": "超出机器人的权限", "agent": "同事转来",
		},
		verdicts: map[expect.Verdict]string{expect.Meet: "可以满足", expect.Part: "部分可以", expect.Later: "要晚一些",
			expect.Cannot: "无法满足", expect.Unknown: "等您决定"},
		statuses: map[expect.Status]string{expect.Open: "未定", expect.Granted: "已答应", expect.Agreed: "已谈妥",
			expect.Shelved: "约好时间答复", expect.Withdrawn: "客户已放弃", expect.HandedOff: "已转人工"},
		languages: own(),
		whats: map[string]string{"edited": "改了消息", "deleted": "删了一条消息", "tap": "点了按钮", "command": "命令", "blocked": "已屏蔽我们",
			"accepted": "接受了方案", "declined": "没有接受方案", "wait": "愿意继续等", "call": "希望回电", "answer": "希望用消息答复"},
		kinds: map[message.AttachmentKind]string{message.Photo: "图片", message.Voice: "语音", message.Video: "视频",
			message.Document: "文件", message.Location: "位置", message.Contact: "名片", message.Sticker: "表情", message.Other: "附件"},
		troubles: map[Trouble]string{
			TroubleInput:  "对话 %d 里我们这边出了故障，刚收到的内容没有处理。正在转给人工，请问一下客户需要什么。故障详情运维可以看到。",
			TroubleState:  "对话 %d 的记录读不出来了，现在转人工重新开始。之前的卡片不再有效，承诺只保留了还读得出的部分。请核对尚未完成的任务，并问一下客户谈到哪里了。",
			TroubleRescue: "对话 %d 里我们这边出了故障，转人工也没有成功，目前无人负责。请联系运维，由他们查看并联系客户。",
		},
		failures: map[Failure]string{
			FailedGone:     "客户已屏蔽我们，或已离开对话",
			FailedRefused:  "平台拒绝了这条消息",
			FailedUnsure:   "平台没有明确答复，可能送到了，也可能没有",
			FailedLate:     "平台一整天都连不上",
			FailedMoved:    "这个对话已换到别处",
			FailedUnsaid:   "那条消息本身没有送达",
			FailedInternal: "我们这边出了故障，内容已留存，运维可以看到",
		},
	}
}

// weekdays are written the same in both Chinese scripts.
var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}
