package admin

import (
	"fmt"
	"time"
)

func simplified() *words {
	return &words{
		desk: "工作台", due: "到期事项", People: "成员", Audit: "操作记录", State: "运行状态", link: "一次性链接",
		signIn: "登录", tooMany: "这里尝试的次数太多了，请过十五分钟再来。",
		badLink:    "这个链接不能用。链接只能用一次，15 分钟内有效，请找管理员要一个新的。",
		needTLS:    "请用 https 地址登录，或者在服务器本机登录。用现在这个地址，登录信息可能在路上被人看到。",
		adminsOnly: "这个页面只给管理员看。", notFound: "没有这个页面。",
		trouble: "我们这边暂时没有响应，请稍后再试。",
		waiting: "等待接手", owned: "由 %s 接手", somebody: "有同事",
		overdueBy: "已逾期 %s", dueIn: "还有 %s 到期",
		badName: "请填写姓名，最多 60 个字。", badRole: "请选择角色。",
		nameTaken: "已经有同名的成员了。命令行靠姓名区分成员，请换一个。",
		noUser:    "这个成员已经不在了。", lastAdmin: "这是最后一位还能登录的管理员。请先添加另一位。",
		Display: "客户看到的名字", NameTitle: "客户看到的名字用什么？",
		NameLead:   "您接手或作出承诺时，客户会看到这个名字，比如“小周”或“售后小周”。同事也会看到。",
		NameButton: "保存名字", NameLater: "以后再说", NameSummary: "名字", CustomersRead: "客户看到：",
		notYourself:        "不能停用自己，可以请另一位管理员来做。",
		oldest:             "最早的在 %s 前",
		countConversations: "对话", countHandoffs: "未结束的转接", countPromises: "未了结的承诺",
		countPending: "已收到、还没处理", countUnsent: "已写好、还没发出", countTimers: "定时器",
		countUnknown: "结果不明的发送", countDead: "搁置的内容",

		RoleAdmin: "管理员", RoleAgent: "客服",
		verdicts: map[string]string{allowed: "允许", denied: "拒绝", "not checked": "无法核实"},
		date: func(t time.Time) string {
			return fmt.Sprintf("%d年%d月%d日（周%s）", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
		},
		units: [3]string{"%d 分钟", "%d 小时", "%d 天"}, between: " ",

		Skip: "跳到正文", Menu: "页面", SignedIn: "当前用户：", SignOut: "退出登录", Console: "控制台",
		SignInLead: "点下面的按钮登录。这个链接只能用一次。", SignInButton: "登录",
		SignInNone: "请打开管理员给您的一次性链接来登录。在服务器上，用“accord user link 姓名”可以生成。",
		SignInBack: "已经登录了？打开工作台",
		WorkedOn:   "转接在这里处理：", OpenHandoffs: "未结束的转接", NoHandoffs: "没有人在等人工服务。",
		OpenPromises: "未了结的承诺", NoPromises: "没有未了结的承诺。", Conversation: "对话",
		Since: "自", By: "期限", More: "后面还有，这里只列出前 200 项。",
		DueLead:    "答应客户的事，最先到期的在前。",
		PeopleLead: "谁可以使用控制台。客服使用工作台，管理员可以看到全部页面。",
		AddPerson:  "添加成员", Name: "姓名", Role: "角色", AddButton: "添加并生成链接",
		LinkButton: "新链接", DisableButton: "停用",
		DisableAsk: "登录会立刻失效，停用后不能恢复。", Disabled: "已停用", You: "您自己",
		LinkLead: "请把这个链接交给 %s。只能登录一次，15 分钟内有效。",
		LinkOnce: "链接只在这里显示这一次，系统里没有保存。", LinkFor: "%s 的一次性链接", Back: "回到成员",
		AuditLead: "谁做了什么，最新的在前。这里没有任何聊天内容。", AuditNone: "还没有记录。",
		Nobody: "未登录", About: "对象",
		StateLead: "服务现在的情况。", ReadyYes: "正常：消息能收能回。", ReadyNo: "不正常：",
		DeadHint: "搁置的是没能处理或没能发出的内容。在服务器上用下面的命令查看和重试：", DeadCommand: "accord dead list", Counts: "数量",
	}
}

// weekdays are written the same in both Chinese scripts.
var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}
