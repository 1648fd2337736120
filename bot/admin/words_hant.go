package admin

import (
	"fmt"
	"time"
)

func traditional() *words {
	return &words{
		desk: "工作台", due: "到期事項", People: "成員", Audit: "稽核紀錄", State: "運作狀態", link: "一次性連結",
		signIn: "登入", tooMany: "這裡嘗試太多次了，請過十五分鐘再試。",
		badLink:    "這個連結無法使用。連結只能用一次，15 分鐘內有效，請向管理員要一個新的。",
		needTLS:    "請用 https 網址登入，或在伺服器本機登入。用現在這個網址，登入資訊可能在途中被人看到。",
		adminsOnly: "這一頁只開放給管理員。", notFound: "找不到這個頁面。",
		trouble: "我們這邊暫時沒有回應，請稍後再試。",
		waiting: "等候接手", owned: "由 %s 負責", somebody: "同事",
		overdueBy: "已逾期 %s", dueIn: "還有 %s 到期",
		badName: "請填寫姓名，最多 60 個字。", badRole: "請選擇角色。",
		nameTaken: "已經有同名的成員了。指令是用姓名來辨認成員的，請換一個。",
		noUser:    "這位成員已經不在了。", lastAdmin: "這是最後一位還能登入的管理員。請先新增另一位。",
		Display: "顧客看到的名字", NameTitle: "要讓顧客看到哪個名字？",
		NameLead:   "您接手或做出承諾時，顧客會看到這個名字，例如「雅婷」或「客服雅婷」。同事也會看到。",
		NameButton: "儲存名字", NameLater: "以後再說", NameSummary: "名字", CustomersRead: "顧客看到：",
		notYourself:        "不能停用自己，可以請另一位管理員處理。",
		oldest:             "最早的在 %s 前",
		countConversations: "對話", countHandoffs: "未結束的轉接", countPromises: "未結案的承諾",
		countPending: "已收到、尚未處理", countUnsent: "已寫好、尚未送出", countTimers: "計時器",
		countUnknown: "結果不明的傳送", countDead: "擱置的內容",

		RoleAdmin: "管理員", RoleAgent: "客服",
		verdicts: map[string]string{allowed: "允許", denied: "拒絕", "not checked": "無法查核"},
		date: func(t time.Time) string {
			return fmt.Sprintf("%d年%d月%d日（週%s）", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
		},
		units: [3]string{"%d 分鐘", "%d 小時", "%d 天"}, between: " ",

		Skip: "跳到主要內容", Menu: "頁面", SignedIn: "目前登入：", SignOut: "登出", Console: "主控台",
		SignInLead: "按下面的按鈕登入。這個連結只能用一次。", SignInButton: "登入",
		SignInNone: "請開啟管理員給您的一次性連結來登入。在伺服器上，用「accord user link 姓名」可以產生。",
		SignInBack: "已經登入了嗎？開啟工作台",
		WorkedOn:   "轉接在這裡處理：", OpenHandoffs: "未結束的轉接", NoHandoffs: "目前沒有人在等真人服務。",
		OpenPromises: "未結案的承諾", NoPromises: "目前沒有未結案的承諾。", Conversation: "對話",
		Since: "自", By: "期限", More: "後面還有，這裡只列出前 200 項。",
		DueLead:    "答應顧客的事，最快到期的排在前面。",
		PeopleLead: "誰可以使用主控台。客服使用工作台，管理員可以看到全部頁面。",
		AddPerson:  "新增成員", Name: "姓名", Role: "角色", AddButton: "新增並產生連結",
		LinkButton: "新連結", DisableButton: "停用",
		DisableAsk: "登入會立刻失效，停用後無法恢復。", Disabled: "已停用", You: "您自己",
		LinkLead: "請把這個連結交給 %s。只能登入一次，15 分鐘內有效。",
		LinkOnce: "連結只在這裡顯示這一次，系統沒有留存。", LinkFor: "%s 的一次性連結", Back: "回到成員",
		AuditLead: "誰做了什麼，最新的排在前面。這裡沒有任何對話內容。", AuditNone: "還沒有紀錄。",
		Nobody: "未登入", About: "對象",
		StateLead: "服務目前的狀況。", ReadyYes: "正常：訊息能收能回。", ReadyNo: "不正常：",
		DeadHint: "擱置的是無法處理或無法送出的內容。請在伺服器上用這個指令查看與重試：", DeadCommand: "accord dead list", Counts: "數量",
	}
}
