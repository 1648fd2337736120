package dialog

import "testing"

func TestAPlaceIsReadFromItsAddress(t *testing.T) {
	for text, want := range map[string][2]float64{
		"geo:25.033,121.5654":             {25.033, 121.5654},
		" GEO:-33.8,151.2 ":               {-33.8, 151.2},
		"<geo:48.2,16.37,183;u=35>":       {48.2, 16.37},
		"geo:48.2,16.37;crs=wgs84;u=10":   {48.2, 16.37},
		"geo:0,0":                         {0, 0},
		"geo:90,-180":                     {90, -180},
		"meet me at geo:25.033,121.5654":  {},
		"geo:91,10":                       {},
		"geo:10,181":                      {},
		"geo:10":                          {},
		"geo:48.2,16.37;crs=moon-2011":    {},
		"geo:48.2,16.37 is where I stand": {},
	} {
		got, ok := located(text)
		wanted := want != [2]float64{} || text == "geo:0,0"
		if ok != wanted || got.Lat != want[0] || got.Lon != want[1] {
			t.Errorf("%q is read as %v, %v (%v), want %v", text, got.Lat, got.Lon, ok, want)
		}
	}
}
