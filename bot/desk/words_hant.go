package desk

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func traditional() *words {
	return &words{
		colon: "：", comma: "，", semicolon: "；", dash: " · ", brackets: "（%s）",
		customer: "顧客", somebody: "有同事",
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（週%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},

		needs:        "%s 需要真人服務",
		waiting:      "等候接手，自 %s",
		owned:        "由 %s 負責",
		taken:        "%s 已接手。接手的人在這個討論串寫的內容會傳給顧客；以 // 開頭的只留在這裡。",
		returned:     "%s 已交回給機器人",
		closed:       "%s 已結案",
		stillWaiting: "%s 還在等真人服務，自 %s。",
		lostRace:     "%s 快了一步，已經接手了。",
		notYours:     "這件由 %s 負責，只有負責的人可以這麼做。",
		takeFirst:    "還沒有人接手，請先按卡片上的「接手」。",
		over:         "這次轉接已經結束，沒有傳送或變更任何內容。",
		notOnQueue:   "您不在這個佇列中，沒有變更任何內容。可以請管理員加入。",
		story:        "顧客的原話",
		wishes:       "顧客的期望，最重要的在前",
		facts:        "已知資訊",
		promises:     "已經答應的事",
		refused:      "。提過但顧客沒有接受：",

		fieldCustomer: "顧客", fieldLanguage: "語言", fieldWhy: "轉接原因", fieldMood: "情緒", fieldCase: "編號",
		fieldOrder: "訂單", fieldIncident: "發生的事", fieldOwner: "負責", fieldDue: "期限",
		buttonTake: "接手", buttonReturn: "交回機器人", buttonClose: "結案",
		confirmClose: "原因只有同事看得到。對話會結束，也會告知顧客；已答應的事照舊。",
		buttonDone:   "完成", buttonMore: "延長時間",

		taskTitle:     "承諾 %s",
		taskPromised:  "告訴顧客的內容",
		taskHow:       "請在這個討論串回覆要告訴顧客的話，再按「完成」。",
		taskSoon:      "快到期了：%s",
		taskDue:       "期限已過還沒有結果，已如實告知顧客。",
		taskEscalated: "仍然沒有結果，請主管現在協助處理。",
		taskDone:      "%s 已完成，也通知顧客了。",
		taskAssigned:  "目前由 %s 負責。",
		taskReworded:  "顧客補充了內容",
		taskWithdrawn: "顧客已取消這件事，不需要再處理。",
		taskNoted:     "記下了，按「完成」後會傳給顧客。",
		taskNoMove:    "期限已經延過一次，不能再延。請寫下目前的狀況，再按「完成」。",
		taskClosed:    "這項承諾已經結束，沒有變更任何內容。",
		holdAsk:       "開頭是「note:」，可能是寫給同事的。要傳給顧客，請拿掉後重寫；只給同事看，請以 // 開頭",
		holdEdited:    "這則仍留在這裡，顧客沒有看到。要傳新的內容，請另外寫一則",
		holdEmpty:     "裡面沒有可以轉達的內容",
		holdFile:      "任務完成時只用文字告訴顧客，這則卻附了檔案。請拿掉檔案，把文字再傳一次",

		nudged:        "%s 還在等，自 %s。有空的同事，請按卡片上的「接手」。",
		escalated:     "還沒有人接手：%s 一直在等，自 %s。現在需要有人介入。",
		escalatedIdle: "這件由 %s 負責，但 %s 還沒有得到回覆。現在需要有人介入。",
		idle:          "%s 在等 %s 回覆。任何人都可以接過去。",
		released:      "%s 已把 %s 放回佇列",
		takenOver:     "從 %s 那裡接過來。",
		asked:         "方案已傳給顧客，顧客會按按鈕回覆，結果會顯示在這裡。",
		unheard:       "這裡連不上的時候，已如實告訴顧客，也說明請求會保留。",
		taskAsking:    "%s 需要更多時間，正在詢問顧客 %s 是否可以。",
		taskRenewed:   "顧客同意延到 %s，已由新的任務接續。",
		taskDeclined:  "顧客不想再等，期限維持不變：%s。請主管現在協助處理。",
		editLost:      "這次修改沒有傳到顧客那邊：%s。",
		deleteLost:    "這裡刪除的訊息，顧客那邊還在：%s。",
		wasBefore:     "原本", isNow: "現在",
		keptHere:   "已留在這裡，顧客看不到。",
		wordsGone:  "找不到原本的內容了，請再寫一次。",
		formEmpty:  "沒有填寫內容，沒有傳送或變更任何內容。",
		formNoTime: "時間無法辨識，沒有傳送或變更任何內容。",

		dueTitle: "尚未完成的承諾，最急的在前", dueNone: "目前沒有尚未完成的承諾。",
		overdue: "已逾期", dueMore: "另外還有 %d 項",

		buttonTakeOver: "接過來", buttonRelease: "放回佇列", buttonOffer: "提方案", buttonPromise: "做承諾",
		buttonDue: "到期清單", buttonAgain: "重新傳送", buttonAnyway: "傳給顧客", buttonKeep: "留在這裡",

		formOffer: "提方案", formSendOffer: "傳送方案", formOfferText: "方案內容",
		formOfferHint: "顧客會看到原文，並按「是」或「否」回覆。", formOfferBy: "何時辦好",
		formPromise: "做承諾", formSendPromise: "承諾", formPromiseText: "承諾內容",
		formPromiseHint: "顧客會看到原文和期限。這會成為一項任務。", formPromiseBy: "期限",
		formReturn: "交回給機器人", formReturnText: "已經談定的事",
		formReturnHint: "顧客會看到，機器人也會據此繼續。",
		formRelease:    "放回佇列", formReleaseText: "給下一位同事的說明",
		formReleaseHint: "只有同事看得到。顧客會知道順位保留。",
		formClose:       "結案", formCloseText: "結案原因", formByHint: "日期和時間",

		lost: "對話 %d 有一則訊息無法確認送達顧客：%s。",

		moods:  [4]string{"平靜", "有點不滿", "生氣", "非常生氣"},
		trends: map[string]string{"rising": "越來越激動", "falling": "正在緩和", "steady": "平穩"},
		causes: map[string]string{
			"asked": "顧客要求真人服務", "anger": "顧客非常生氣", "misread": "機器人沒有聽懂",
			"limit": "機器人已達處理上限", "refused": "顧客沒有接受任何方案", "unknown": "目錄裡沒有這一項",
			"authority": "超出機器人的權限", "agent": "同事轉來",
		},
		verdicts: map[expect.Verdict]string{expect.Meet: "可以滿足", expect.Part: "部分可以", expect.Later: "會晚一點",
			expect.Cannot: "無法滿足", expect.Unknown: "等您決定"},
		statuses: map[expect.Status]string{expect.Open: "未定", expect.Granted: "已答應", expect.Agreed: "已談定",
			expect.Shelved: "約好時間回覆", expect.Withdrawn: "顧客已放棄", expect.HandedOff: "已轉真人"},
		languages: own(),
		whats: map[string]string{"edited": "修改了訊息", "deleted": "刪除了一則訊息", "tap": "按了按鈕", "command": "指令", "blocked": "已封鎖我們",
			"accepted": "接受了方案", "declined": "沒有接受方案", "wait": "願意繼續等", "call": "希望回電", "answer": "希望用訊息回覆"},
		kinds: map[message.AttachmentKind]string{message.Photo: "照片", message.Voice: "語音訊息", message.Video: "影片",
			message.Document: "檔案", message.Location: "位置", message.Contact: "聯絡人", message.Sticker: "貼圖", message.Other: "附件"},
		troubles: map[Trouble]string{
			TroubleInput:  "對話 %d 裡我們這邊發生了錯誤，剛收到的內容沒有處理。正在轉給真人，請問一下顧客需要什麼。錯誤詳情維運人員看得到。",
			TroubleState:  "對話 %d 的紀錄讀不出來了，現在轉真人重新開始。之前的卡片不再有效，承諾只保留了還讀得出的部分。請核對尚未完成的任務，並問一下顧客談到哪裡了。",
			TroubleRescue: "對話 %d 裡我們這邊發生了錯誤，轉真人也沒有成功，目前無人負責。請聯絡維運人員，由他們查看並聯絡顧客。",
		},
		failures: map[Failure]string{
			FailedGone:     "顧客已封鎖我們，或已離開對話",
			FailedRefused:  "平台拒絕了這則訊息",
			FailedUnsure:   "平台沒有明確回應，可能送到了，也可能沒有",
			FailedLate:     "平台一整天都連不上",
			FailedMoved:    "這個對話已移到別處",
			FailedUnsaid:   "那則訊息本身沒有送達",
			FailedInternal: "我們這邊發生了錯誤，內容已保留，維運人員看得到",
		},
	}
}
