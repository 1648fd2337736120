package dialog

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// geoURI is the address of a place (RFC 5870): latitude, longitude, perhaps an
// altitude, and parameters, of which only another reference system matters.
var geoURI = regexp.MustCompile(`(?i)^geo:(-?[0-9]{1,2}(?:\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)(?:,-?[0-9.]{1,16})?((?:;[a-z0-9-]+(?:=[^;\s]*)?)*)$`)

// located reads a message that is nothing but the address of a place. One in
// another reference system than WGS 84 stays words: it would show elsewhere.
func located(text string) (message.Attachment, bool) {
	m := geoURI.FindStringSubmatch(strings.Trim(strings.TrimSpace(text), "<>"))
	if m == nil {
		return message.Attachment{}, false
	}
	for _, param := range strings.Split(strings.ToLower(m[3]), ";") {
		if crs, named := strings.CutPrefix(param, "crs="); named && crs != "wgs84" {
			return message.Attachment{}, false
		}
	}
	lat, _ := strconv.ParseFloat(m[1], 64) // digits by the pattern
	lon, _ := strconv.ParseFloat(m[2], 64)
	if math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return message.Attachment{}, false
	}
	return message.Attachment{Kind: message.Location, Lat: lat, Lon: lon}, true
}
