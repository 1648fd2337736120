package lines_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

func parsed(t *testing.T) *flow.Flow {
	t.Helper()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAfterSalesParses(t *testing.T) {
	if f := parsed(t); f.Name != "after-sales" {
		t.Errorf("name %q", f.Name)
	}
}
