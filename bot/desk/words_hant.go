package desk

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func traditional() *words {
	return &words{
		colon: "：", comma: "，", dash: " · ", brackets: "（%s）",
		customer: "顧客", somebody: "有同事",
		date: func(t time.Time) string {
			return fmt.Sprintf("%d月%d日（週%s）", t.Month(), t.Day(), weekdays[t.Weekday()])
		},

		needs:        "%s需要真人服務",
		waiting:      "%s起等候接手",
		owned:        "%s服務中",
		taken:        "%s已接手。接手的人在這個討論串寫的內容會傳給顧客；以 // 開頭的只留在這裡。",
		returned:     "%s已交回給機器人",
		closed:       "%s已結束對話",
		stillWaiting: "%s從%s等到現在，還沒有人接手。",
		lostRace:     "%s快了一步，已經接手了。",
		notYours:     "這位顧客由%s服務，只有負責的人可以這麼做。",
		takeFirst:    "還沒有人接手，請先按卡片上的「接手」。",
		over:         "這次轉接已經結束，沒有傳送或變更任何內容。",
		notOnQueue:   "您不在這個佇列中，沒有變更任何內容。可以請管理員加入。",
		story:        "顧客的原話",
		wishes:       "顧客的期望",
		facts:        "已知資訊",
		promises:     "已經答應的事",
		refused:      "提過但顧客沒有接受",

		fieldCustomer: "顧客", fieldLanguage: "語言", fieldWhy: "轉接原因", fieldMood: "情緒", fieldCase: "編號",
		fieldOrder: "訂單", fieldIncident: "發生的事", fieldOwner: "負責", fieldDue: "期限",
		buttonTake: "接手", buttonReturn: "交回機器人", buttonClose: "結束對話",
		confirmClose: "原因只有同事看得到。對話會結束，也會告知顧客；已答應的事照舊。",
		buttonDone:   "完成", buttonMore: "延長時間",

		taskTitle:     "承諾 %s",
		taskPromised:  "告訴顧客的內容",
		taskHow:       "請在這個討論串回覆要告訴顧客的話，再按「完成」。",
		taskSoon:      "快到期了：%s",
		taskDue:       "期限已過還沒有結果，已如實告知顧客。",
		taskEscalated: "仍然沒有結果，請主管現在協助處理。",
		taskDone:      "%s已完成，也通知顧客了。",
		taskAssigned:  "目前由%s負責。",
		taskReworded:  "顧客補充了內容",
		taskWithdrawn: "顧客已取消這件事，不需要再處理。",
		taskNoted:     "記下了，按「完成」後會傳給顧客。",
		taskNoMove:    "期限已經延過一次，不能再延。請寫下目前的狀況，再按「完成」。",
		taskClosed:    "這項承諾已經結束，沒有變更任何內容。",
		holdAsk:       "這則或其中一行以「備註：」「note:」或 // 開頭，可能是寫給同事的。要照原文傳給顧客嗎？",
		holdEdited:    "這則仍留在這裡，顧客沒有看到。要傳新的內容，請另外寫一則",
		holdEmpty:     "裡面沒有可以轉達的內容",
		holdFile:      "任務完成時只用文字告訴顧客，這則卻附了檔案。請拿掉檔案，把文字再傳一次",

		nudged:        "%s從%s等到現在，有空的同事請接手。",
		escalated:     "%s從%s起一直沒有人接手，請立刻有人處理。",
		escalatedIdle: "%s服務中，但%s還沒有得到回覆，請立刻有人處理。",
		idle:          "%s在等%s回覆。其他同事可以接手。",
		released:      "%s已把%s放回佇列",
		takenOver:     "從%s手上接過來。",
		asked:         "等顧客按按鈕回覆，結果會顯示在這裡。",
		unheard:       "這裡連不上的時候，已如實告訴顧客，也說明請求會保留。",
		taskAsking:    "%s想延到%s，正在詢問顧客是否同意。",
		taskRenewed:   "顧客同意延到%s，已由新的任務接續。",
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

		buttonTakeOver: "改由我接手", buttonRelease: "放回佇列", buttonOffer: "提方案", buttonPromise: "做承諾",
		buttonDue: "到期清單", buttonAgain: "重新傳送", buttonAnyway: "傳給顧客", buttonKeep: "留在這裡",

		formOffer: "提方案", formSendOffer: "傳送方案", formOfferText: "方案內容",
		formOfferHint: "顧客會看到原文，並按「可以」或「不行」回覆。", formOfferBy: "何時辦好",
		formPromise: "做承諾", formSendPromise: "送出承諾", formPromiseText: "承諾內容",
		formPromiseHint: "顧客會看到原文和期限。這會成為一項任務。", formPromiseBy: "期限",
		formReturn: "交回給機器人", formReturnText: "已經談定的事",
		formReturnHint: "顧客會看到，機器人也會據此繼續。",
		formRelease:    "放回佇列", formReleaseText: "給下一位同事的說明",
		formReleaseHint: "只有同事看得到。顧客會知道順位保留。",
		formClose:       "結束對話", formCloseText: "結束的原因", formByHint: "日期和時間",

		lost: "對話 %d 有一則訊息無法確認送達顧客：%s。",

		needsOne: "有顧客需要真人服務",
		ranked:   "顧客的期望，最重要的在前",
		by:       "%s前", orderOf: "訂單 %s", quoted: "「%s」",
		refusedOf:  "為「%s」提過但顧客沒有接受",
		theirOffer: "同事提的方案，顧客還沒回覆", theirRefused: "同事提過但顧客沒有接受",
		unansweredOffer: "沒有回覆",
		settledBefore:   "上次談定", saidBefore: "先前的對話", theBot: "機器人",
		passedOn: "%s轉來",
		offered:  "%s提了方案", promised: "%s承諾",

		holdTaken:   "現在由%s服務",
		formAsk:     "這段或其中一行以「備註：」「note:」或 // 開頭，沒有送出。拿掉後再送一次。",
		formRemark:  "以 // 開頭的只留給同事，沒有送出。拿掉後再送一次。",
		formPast:    "這個時間已經過了，沒有送出。請另選一個。",
		formBlocked: "顧客已封鎖我們，或已離開對話，沒有送出。",
		lostOffer:   "這個方案無法確認送達顧客：%s。",
		lostPromise: "這項承諾無法確認送達顧客：%s。任務照舊。",
		lostNews:    "關於承諾要告訴顧客的話無法確認送達：%s。",
		lostNote:    "談定的事無法確認送達顧客：%s。",
		lostWord:    "以您的名義對顧客說的話無法確認送達：%s。",

		taskDueWaits:    "期限已過，還沒有結果。顧客正由%s服務中，系統沒有通知，請在對話裡告知顧客。",
		taskAskingWaits: "%s想延到%s。等%s交回後再詢問顧客。",
		taskDoneWaits:   "%s已完成。等%s交回後再告知顧客。",
		taskOwned:       "這位顧客另有一次轉接，由%s服務。",
		taskUnowned:     "這位顧客另有一次轉接在等人接手。",
		taskOfThatWait:  "這項屬於正在等候的那次轉接：誰接手並在那裡回覆，就算兌現了，不需要在這裡處理。",

		keptGone:        "這則已決定只留在這裡。要傳給顧客，請另外寫一則。",
		notYourWords:    "這一步只有寫下這則的人能做。",
		buttonResult:    "列入答覆",
		formOfferByHint: "顧客要在這之前同意，我們也要在這之前完成。不填就不提時間。",

		moods:  [4]string{"平靜", "有點不滿", "生氣", "非常生氣"},
		trends: map[string]string{"rising": "越來越激動", "falling": "正在緩和"},
		causes: map[string]string{
			"promised": "顧客的更正牽涉到已經答應的事",
			"asked":    "顧客要求真人服務", "anger": "顧客非常生氣", "misread": "機器人沒有聽懂",
			"limit": "機器人已達處理上限", "refused": "顧客沒有接受任何方案", "unknown": "機器人無法處理這類問題",
			"authority": "超出機器人的權限", "agent": "同事轉來",
		},
		verdicts: map[expect.Verdict]string{expect.Meet: "可以滿足", expect.Part: "部分可以", expect.Later: "最早的日期比要求的晚",
			expect.Cannot: "無法滿足", expect.Unknown: "等您決定"},
		statuses: map[expect.Status]string{expect.Open: "未定", expect.Granted: "已答應", expect.Agreed: "已談定",
			expect.Shelved: "約好時間回覆", expect.Withdrawn: "顧客已放棄", expect.HandedOff: "等您處理"},
		languages: own(),
		whats: map[string]string{"edited": "修改了訊息", "deleted": "刪除了一則訊息", "tap": "按了按鈕", "command": "指令", "blocked": "已封鎖我們",
			"accepted": "接受了方案", "declined": "沒有接受方案", "lapsed": "沒有在期限內回覆方案", "wait": "願意繼續等", "call": "希望回電", "answer": "希望用訊息回覆"},
		kinds: map[message.AttachmentKind]string{message.Photo: "照片", message.Voice: "語音訊息", message.Video: "影片",
			message.Document: "檔案", message.Location: "位置", message.Contact: "聯絡人", message.Sticker: "貼圖", message.Other: "附件"},
		troubles: map[Trouble]string{
			TroubleInput:  "對話 %d 裡我們這邊發生了錯誤，剛收到的內容沒有處理。正在轉給真人，請問一下顧客需要什麼。錯誤詳情維運人員看得到。",
			TroubleState:  "對話 %d 的紀錄讀不出來了，現在轉真人重新開始。之前的卡片不再有效，承諾只保留了還讀得出的部分。請核對尚未完成的任務，並問一下顧客談到哪裡了。",
			TroubleUnseen: "對話 %d 的討論串裡有內容沒能顯示出來，可能是顧客的話、卡片或回覆的傳送結果。回覆前請先核對這段對話，錯誤詳情維運人員看得到。",
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
