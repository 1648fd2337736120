package desk

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func simplified() *words {
	return &words{
		colon: "：", comma: "，", dash: " · ", brackets: "（%s）",
		customer: "客户", somebody: "有同事",
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（周%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},

		needs:        "%s需要人工服务",
		waiting:      "%s起等待接手",
		owned:        "%s正在接待",
		taken:        "%s已接手。接手人在这个消息串里写的话会发给客户；以 // 开头的只留在这里。",
		returned:     "%s已交回机器人",
		closed:       "%s已结束对话",
		stillWaiting: "%s从%s等到现在，还没有人接手。",
		lostRace:     "%s快了一步，已经接手了。",
		notYours:     "这位客户由%s接待，这一步只有接待人能做。",
		takeFirst:    "还没有人接手。请先点卡片上的“接手”。",
		over:         "这次转接已经结束，没有发送或改动任何内容。",
		notOnQueue:   "您不在这个队列里，没有改动任何内容。可以请管理员添加。",
		story:        "客户原话",
		wishes:       "客户的期望",
		facts:        "已知情况",
		promises:     "已经答应的事",
		refused:      "提过但客户没接受",

		fieldCustomer: "客户", fieldLanguage: "语言", fieldWhy: "转接原因", fieldMood: "情绪", fieldCase: "编号",
		fieldOrder: "订单", fieldIncident: "发生了什么", fieldOwner: "负责", fieldDue: "期限",
		buttonTake: "接手", buttonReturn: "交回机器人", buttonClose: "结束对话",
		confirmClose: "原因只有同事能看到。对话会结束，并告知客户；已答应的事照旧。",
		buttonDone:   "已完成", buttonMore: "延期",

		taskTitle:     "承诺 %s",
		taskPromised:  "对客户说的是",
		taskHow:       "在这个消息串里回复要告诉客户的话，再点“已完成”。",
		taskSoon:      "快到期了：%s",
		taskChased:    "客户又来问这件事了：已经过了答应的时间，我们告诉客户您会知道。",
		taskDue:       "期限已过还没有结果，已如实告知客户。",
		taskEscalated: "仍然没有结果，请主管现在跟进。",
		taskDone:      "%s已完成，客户已收到通知。",
		taskAssigned:  "现在由%s负责。",
		taskReworded:  "客户补充了内容",
		taskWithdrawn: "客户已取消这件事，不用再办。",
		taskNoted:     "已记下，点“已完成”后发给客户。",
		taskNoMove:    "这个期限已经延过一次，不能再延。请把现有的情况写下来，再点“已完成”。",
		taskClosed:    "这项承诺已经了结，没有改动任何内容。",
		holdAsk:       "它或其中一行以“备注：”“note:”或 // 开头，可能是写给同事的。要原样发给客户吗？",
		holdEdited:    "这条仍留在这里，客户没有看到。要发新的内容，请另写一条",
		holdEmpty:     "里面没有可以转达的内容",
		holdFile:      "任务完成时只用文字告诉客户，而这条带了文件。请去掉文件，把文字再发一遍",

		nudged:        "%s从%s等到现在，哪位有空请接手。",
		escalated:     "%s从%s起一直没有人接手，请马上有人处理。",
		escalatedIdle: "%s正在接待，但%s一直没有得到答复，请马上有人处理。",
		idle:          "%s在等%s答复。其他同事可以接手。",
		released:      "%s已把%s放回队列",
		lapsed:        "%s已回到队列：%s一直没有回复。哪位有空，请在卡片上点“接手”。",
		takenOver:     "从%s那里转来。",
		asked:         "等客户点按钮答复，结果会显示在这里。",
		unheard:       "这里连不上的时候，已如实告诉客户，并说明请求已经留存。",
		taskAsking:    "%s想延到%s，正在征求客户同意。",
		taskRenewed:   "经客户同意，延到%s。已由新的任务接续。",
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

		buttonTakeOver: "转给我", buttonRelease: "放回队列", buttonOffer: "提方案", buttonPromise: "做承诺",
		buttonDue: "到期清单", buttonAgain: "重新发送", buttonAnyway: "发给客户", buttonKeep: "留在这里",

		formOffer: "提方案", formSendOffer: "发送方案", formOfferText: "方案内容",
		formOfferHint: "客户会原样看到，并点“好”或“不行”答复。", formOfferBy: "何时办好",
		formPromise: "做承诺", formSendPromise: "发出承诺", formPromiseText: "承诺内容",
		formPromiseHint: "客户会原样看到，并看到期限。这会成为一项任务。", formPromiseBy: "期限",
		formReturn: "交回机器人", formReturnText: "已经谈妥的事",
		formReturnHint: "客户会看到，机器人也会据此继续。",
		formRelease:    "放回队列", formReleaseText: "给下一位同事的说明",
		formReleaseHint: "只有同事能看到。客户会得知排队位置保留。",
		formClose:       "结束对话", formCloseText: "结束的原因", formByHint: "日期和时间",

		lost: "对话 %d 有一条消息没能确认送达客户：%s。",

		needsOne: "有客户需要人工服务",
		ranked:   "客户的期望，最要紧的在前",
		by:       "%s前", orderOf: "订单 %s", quoted: "“%s”",
		refusedOf:  "为“%s”提过但客户没接受",
		theirOffer: "同事提的方案，客户还没答复", theirRefused: "同事提过但客户没接受",
		unansweredOffer: "没有答复",
		settledBefore:   "上次谈妥", saidBefore: "之前的对话", theBot: "机器人",
		passedOn: "%s转来",
		offered:  "%s提了方案", promised: "%s承诺",

		holdTaken:   "现在由%s接待",
		formAsk:     "它或其中一行以“备注：”“note:”或 // 开头，没有发送。去掉后再提交。",
		formRemark:  "以 // 开头的只留给同事，没有发送。去掉后再提交。",
		formPast:    "这个时间已经过了，没有发送。请另选一个。",
		formBlocked: "客户已屏蔽我们，或已离开对话，没有发送。",
		lostOffer:   "这个方案没能确认送达客户：%s。",
		lostPromise: "这项承诺没能确认送达客户：%s。任务照旧。",
		lostNews:    "关于承诺要告诉客户的话没能确认送达：%s。",
		lostNote:    "谈妥的事没能确认送达客户：%s。",
		lostWord:    "以您的名义对客户说的话没能确认送达：%s。",

		taskDueWaits:    "期限已过，还没有结果。客户正由%s接待，系统没有通知客户，请在对话里告诉他。",
		taskAskingWaits: "%s想延到%s。等%s交回后再问客户。",
		taskDoneWaits:   "%s已完成。等%s交回后再告诉客户。",
		taskOwned:       "这位客户另有一次转接，由%s接待。",
		taskUnowned:     "这位客户另有一次转接在等人接手。",
		taskOfThatWait:  "它属于正在等待的那次转接：谁接手并在那里答复，就算兑现了，不用在这里处理。",

		keptGone:        "这条已决定只留在这里。要发给客户，请另写一条。",
		notYourWords:    "这一步只有写下这条的人能做。",
		buttonResult:    "算作答复",
		formOfferByHint: "客户要在这之前同意，我们也要在这之前办好。不填就不提时间。",

		moods:  [4]string{"平静", "有些不满", "生气", "非常生气"},
		trends: map[string]string{"rising": "越来越激动", "falling": "正在缓和"},
		causes: map[string]string{
			"promised": "客户的更正牵涉到已经答应的事",
			"asked":    "客户要求人工", "anger": "客户非常生气", "misread": "机器人没听懂",
			"loss": "家里有丧事", "limit": "机器人已到处理上限", "refused": "客户没有接受任何方案", "unknown": "机器人办不了这类事",
			"authority": "超出机器人的权限", "agent": "同事转来",
		},
		verdicts: map[expect.Verdict]string{expect.Meet: "可以满足", expect.Part: "部分可以", expect.Later: "最早的日期比要求的晚",
			expect.Cannot: "无法满足", expect.Unknown: "等您决定"},
		statuses: map[expect.Status]string{expect.Open: "未定", expect.Granted: "已答应", expect.Agreed: "已谈妥",
			expect.Shelved: "约好时间答复", expect.Withdrawn: "客户已放弃", expect.HandedOff: "等您处理"},
		languages: own(),
		whats: map[string]string{"edited": "改了消息", "deleted": "删了一条消息", "tap": "点了按钮", "command": "命令", "blocked": "已屏蔽我们",
			"accepted": "接受了方案", "declined": "没有接受方案", "lapsed": "没有在期限内答复方案", "wait": "愿意继续等", "call": "希望回电", "answer": "希望用消息答复"},
		kinds: map[message.AttachmentKind]string{message.Photo: "图片", message.Voice: "语音", message.Video: "视频",
			message.Document: "文件", message.Location: "位置", message.Contact: "名片", message.Sticker: "表情", message.Other: "附件"},
		troubles: map[Trouble]string{
			TroubleInput:  "对话 %d 里我们这边出了故障，刚收到的内容没有处理。正在转给人工，请问一下客户需要什么。故障详情运维可以看到。",
			TroubleState:  "对话 %d 的记录读不出来了，现在转人工重新开始。之前的卡片不再有效，承诺只保留了还读得出的部分。请核对尚未完成的任务，并问一下客户谈到哪里了。",
			TroubleUnseen: "对话 %d 的讨论串里有内容没能显示出来，可能是客户的话、卡片或回复的发送结果。回复前请先核对这段对话，故障详情运维可以看到。",
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
