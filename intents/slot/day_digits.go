package slot

import (
	"strconv"
	"strings"
	"time"
)

// dayDigits reads 2026-11-28, 2026/11/28, 11/28, 28/11, 11/28/2026 and
// 20261128. Where month and day could be either, the reading that comes first
// is taken; among Chinese characters the month always stands first.
func (f *finder) dayDigits(i int) (time.Time, int) {
	a := f.t[i].Norm
	if a == "2" && f.glued(i+1) && f.oneOf(i+1, "moro", "morrow", "morow") {
		return f.plus(1), 2
	}
	if len(a) == 8 && f.want == "date" && strings.HasPrefix(a, "20") {
		return f.ymd(a[:4], a[4:6], a[6:], 1)
	}
	if !f.separated(i + 1) {
		return time.Time{}, 0
	}
	b := f.t[i+2].Norm
	third := f.separated(i+3) && f.mark(i+3, f.t[i+1].Norm)
	switch {
	case a == "24" && b == "7" || f.oneOf(i+3, "of") && !third:
		return time.Time{}, 0
	case len(a) == 3 && third && a[0] == '1' && f.o.Lang.Chinese():
		year, _ := strconv.Atoi(a) // of the Republic, which began in 1912
		return f.ymd(strconv.Itoa(1911+year), b, f.t[i+4].Norm, 5)
	case len(a) == 4 && third:
		return f.ymd(a, b, f.t[i+4].Norm, 5)
	case third && len(a) <= 2 && len(b) <= 2:
		year := f.t[i+4].Norm
		if len(year) == 2 {
			year = "20" + year
		}
		return f.monthOrDay(a, b, year, i, 5)
	case f.mark(i+1, "/") && len(a) <= 2 && len(b) <= 2:
		return f.monthOrDay(a, b, "0", i, 3)
	case f.mark(i+1, "-") && len(a) <= 2 && len(b) <= 2 && f.want == "date":
		return f.monthOrDay(a, b, "0", i, 3)
	}
	return time.Time{}, 0
}

// separated says that a separator and a number are glued on at token i.
func (f *finder) separated(i int) bool {
	return f.glued(i) && (f.mark(i, "/") || f.mark(i, "-") || f.mark(i, ".")) && f.isNumber(i+1) && f.glued(i+1)
}

func (f *finder) ymd(y, m, d string, n int) (time.Time, int) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	if t, ok := f.valid(year, month, day); ok {
		return t, n
	}
	return time.Time{}, 0
}

func (f *finder) monthOrDay(a, b, y string, i, n int) (time.Time, int) {
	x, _ := strconv.Atoi(a)
	z, _ := strconv.Atoi(b)
	year, _ := strconv.Atoi(y)
	md, okMD := f.inYear(year, x, z, i, i+n-1)
	dm, okDM := f.inYear(year, z, x, i, i+n-1)
	switch {
	case okMD && okDM && !f.o.Lang.Chinese() && dm.Before(md) && !dm.Before(f.today()):
		return dm, n
	case okMD:
		return md, n
	case okDM:
		return dm, n
	}
	return time.Time{}, 0
}
