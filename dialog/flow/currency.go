package flow

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Amount is money as a line shows it: Minor in hundredths of Currency (ISO
// 4217).
type Amount struct {
	Minor    int64
	Currency string
}

// currency says how amounts are written. Only currencies of hundredths are
// known, because every amount here is kept in minor units of two digits.
type currency struct{ en, hans, hant string }

// currencies holds the wording around the number, which stands for %s.
var currencies = map[string]currency{
	"USD": {"$%s", "%s 美元", "%s 美元"},
	"EUR": {"€%s", "%s 欧元", "%s 歐元"},
	"GBP": {"£%s", "%s 英镑", "%s 英鎊"},
	"CNY": {"¥%s", "%s 元", "%s 人民幣"}, // a bare 元 means another currency in Taiwan
	"TWD": {"NT$%s", "%s 新台币", "%s 元"},
	"HKD": {"HK$%s", "%s 港币", "%s 港幣"},
	"SGD": {"S$%s", "%s 新加坡元", "%s 新加坡元"},
	"AUD": {"A$%s", "%s 澳元", "%s 澳元"},
	"CAD": {"C$%s", "%s 加元", "%s 加元"},
	"CHF": {"CHF %s", "%s 瑞士法郎", "%s 瑞士法郎"},
}

// format writes a for readers of lang; hundredths only where there are any.
func (a Amount) format(lang message.Lang) string {
	minor, sign := uint64(a.Minor), ""
	if a.Minor < 0 {
		minor, sign = -minor, "-"
	}
	number := grouped(strconv.FormatUint(minor/100, 10))
	if minor%100 != 0 {
		number += fmt.Sprintf(".%02d", minor%100)
	}
	c, ok := currencies[a.Currency]
	pattern := a.Currency + " %s"
	switch {
	case !ok && a.Currency == "":
		pattern = "%s"
	case !ok:
	case lang == message.Simplified:
		pattern = c.hans
	case lang == message.Traditional:
		pattern = c.hant
	default:
		pattern = c.en
	}
	if lang.Chinese() {
		return strings.Replace(pattern, "%s", sign+number, 1)
	}
	return sign + strings.Replace(pattern, "%s", number, 1)
}

// grouped puts a comma between thousands, as all our languages write money.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// maxAmount bounds amounts so that sums of a few cannot overflow.
const maxAmount = 1_000_000_000_00

// parseAmount reads units with at most two decimals ("15", "15.5", "15.50")
// as minor units. Amounts are never negative.
func parseAmount(s string) (int64, bool) {
	whole, frac, dot := strings.Cut(strings.TrimSpace(s), ".")
	if dot && (frac == "" || len(frac) > 2) || len(whole) == 0 || len(whole) > 10 {
		return 0, false
	}
	for len(frac) < 2 {
		frac += "0"
	}
	n, err := strconv.ParseUint(whole+frac, 10, 63)
	if err != nil || n > maxAmount {
		return 0, false
	}
	return int64(n), true
}
