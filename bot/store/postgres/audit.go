package postgres

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
)

// There is no statement here that changes or removes a row: that is what makes
// the audit one.
const (
	sqlAddAudit = `INSERT INTO audit (at, who, act, about, verdict) VALUES ($1, $2, $3, $4, $5)`
	sqlAudits   = `SELECT id, at, who, act, about, verdict FROM audit ORDER BY id DESC LIMIT $1`
)

// Audit implements store.Accounts. All rows are added, or none; At 0 means now.
func (s *Store) Audit(ctx context.Context, rows []store.AuditRow) error {
	if len(rows) == 0 {
		return nil
	}
	return wrapped("audit", s.change(ctx, onlyOnce, func(t *tx) error { return s.addAudit(t, rows) }))
}

func (s *Store) addAudit(t *tx, rows []store.AuditRow) error {
	for _, a := range rows {
		if a.At == 0 {
			a.At = s.now()
		}
		if _, err := t.exec(sqlAddAudit, a.At, a.Who, a.Act, a.About, a.Verdict); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	return nil
}

// Audits implements store.Accounts.
func (s *Store) Audits(ctx context.Context, limit int) ([]store.AuditRow, error) {
	list, err := readAll(ctx, s, sqlAudits, []any{bounded(limit)}, func(a *store.AuditRow) []any {
		return []any{&a.ID, &a.At, &a.Who, &a.Act, &a.About, &a.Verdict}
	})
	return list, wrapped("read audit", err)
}
