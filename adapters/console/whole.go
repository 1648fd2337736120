package console

import (
	"html/template"
	"regexp"

	"github.com/accord-chat/accord/dialog/message"
)

// caseNumber is how case numbers are written. (The \b keep it from the middle
// of other words.)
var caseNumber = regexp.MustCompile(`\bA-[0-9A-Z]{4,8}\b`)

// whole escapes text for a page and keeps case numbers in one piece: browsers
// break lines at the hyphen. Another hyphen, which they leave alone, would be
// copied from the page and found nowhere.
//
// People's words and names are in it: what hides or turns text around is shown
// by its number, and bdi keeps a text that runs from right to left from moving
// what stands beside it.
func whole(text string) template.HTML {
	if text == "" {
		return ""
	}
	safe := template.HTMLEscapeString(message.Visible(text))
	return template.HTML(`<bdi dir="auto">` + caseNumber.ReplaceAllString(safe, `<span class="whole">$0</span>`) + `</bdi>`) //nolint:gosec // escaped above; the pattern cannot match markup
}
