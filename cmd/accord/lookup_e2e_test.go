package main_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestALookUpOverHTTP: the built program asks a service of the business, with a
// secret from a file, where the operator allows its address; without that it
// says so and the customer is helped all the same.
func TestALookUpOverHTTP(t *testing.T) {
	t.Parallel()
	const secret = "canary-lookup-secret"
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+secret || r.URL.Path != "/orders/48213" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"name": {"en": "crystal lamp"}, "total": 42, "currency": "USD", "state": "DELIVERED"}`))
	}))
	t.Cleanup(shop.Close)
	r := blank(t, asked)
	catalog := filepath.Join(r.flows, "catalog.yaml")
	b, err := os.ReadFile(catalog)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(b), "\n  key: order\n", "\n  key: order\n  http:\n    url: \""+shop.URL+"/orders/{order}\"\n"+
		"    headers: {Authorization: \"Bearer {secret:SHOP_TOKEN}\"}\n"+
		"    answer: {item.en: name.en, price: total, currency: currency, status: {from: state, map: {DELIVERED: delivered}}}\n", 1)
	if err := os.WriteFile(catalog, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	r.proc = spawn(t, launch{program: r.program, env: r.env, log: r.log})
	if r.proc.up(deadline(t)) {
		t.Fatal("it started without the secret")
	}
	if !strings.Contains(r.log.String(), "ACCORD_SECRET_SHOP_TOKEN") {
		t.Errorf("nothing says which secret is missing:\n%s", r.log)
	}

	r.env = append(r.env, "ACCORD_SECRET_SHOP_TOKEN_FILE="+file, "ACCORD_SECRET_SHPO=x")
	r.start()
	mei := r.telegram.Customer(1, "Mei", "en")
	mei.Says("My lamp arrived broken, order 48213, I want my money back")
	r.sees(mei, "@lookup.unreachable")
	if !strings.Contains(r.log.String(), "ACCORD_LOOKUP_ALLOW") || !strings.Contains(r.log.String(), "ACCORD_SECRET_SHPO has no effect") {
		t.Errorf("the log does not say what to do:\n%s", r.log)
	}

	r.env = append(r.env, "ACCORD_LOOKUP_ALLOW="+strings.TrimPrefix(shop.URL, "http://"))
	r.restart()
	ben := r.telegram.Customer(2, "Ben", "en")
	ben.Says("My lamp arrived broken, order 48213, I want my money back")
	r.sees(ben, "crystal lamp")
	if strings.Contains(r.log.String(), secret) || strings.Contains(r.log.String(), "/orders/") {
		t.Error("the log holds the secret or what was asked")
	}
}
