package account

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what one domain holds about residents. Every table with a
// resident in it belongs to one: a test looks.
type Holding interface {
	// Tables names the tables it answers for.
	Tables() []string
	// Export gives everything about a resident, for the resident.
	Export(ctx context.Context, residentID string) (Section, error)
	// Erase erases what may go and says so, and what the law makes us keep.
	Erase(ctx context.Context, tx *store.Tx, residentID string, now time.Time) ([]model.ErasedItem, error)
}

// Section is one part of an export.
type Section = model.Section

// person is the account itself.
type person struct{ store *store.Store }

func (h person) Tables() []string { return []string{"residents"} }

func (h person) Export(ctx context.Context, id string) (Section, error) {
	v := Section{Name: "account", Title: "export.account", Columns: []string{"export.openid", "export.unionid", "export.phone", "export.name", "export.since"}}
	r, err := h.store.Resident(ctx, id)
	if err == nil && r != nil {
		v.Rows = [][]string{{r.OpenID, r.UnionID, r.Phone, r.Name, moment(r.CreatedAt)}}
	}
	return v, err
}

func (h person) Erase(ctx context.Context, tx *store.Tx, id string, _ time.Time) ([]model.ErasedItem, error) {
	sessions, ok, err := tx.EraseResident(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, model.ErrSignInNeeded
	}
	return []model.ErasedItem{{What: "erased.account", Count: 1}, {What: "erased.sessions", Count: sessions}}, nil
}

// devices are the sign-ins; they go with the account.
type devices struct{ store *store.Store }

func (h devices) Tables() []string { return []string{"resident_sessions"} }

func (h devices) Export(ctx context.Context, id string) (Section, error) {
	v := Section{Name: "devices", Title: "export.devices", Columns: []string{"export.device", "export.since", "export.seen"}}
	list, err := h.store.ResidentSessions(ctx, id, time.Unix(0, 0))
	for _, d := range list {
		v.Rows = append(v.Rows, []string{d.Device, moment(d.CreatedAt), moment(d.SeenAt)})
	}
	return v, err
}

func (h devices) Erase(context.Context, *store.Tx, string, time.Time) ([]model.ErasedItem, error) {
	return nil, nil
}

// consents prove that what was done was agreed to; who agreed for a child goes.
type consents struct{ store *store.Store }

func (h consents) Tables() []string { return []string{"consents", "erasures"} }

func (h consents) Export(ctx context.Context, id string) (Section, error) {
	v := Section{Name: "consents", Title: "export.consents",
		Columns: []string{"export.privacy_version", "export.given", "export.withdrawn", "export.guardian", "export.guardian_phone"}}
	list, err := h.store.Consents(ctx, id, 1000)
	for _, c := range list {
		v.Rows = append(v.Rows, []string{number(c.PrivacyVersion), moment(c.GivenAt), moment(c.WithdrawnAt), c.Guardian.Name, c.Guardian.Phone})
	}
	return v, err
}

// consentsKept is how long it can be asked whether somebody agreed: three years
// (PIPL art. 56, and 民法典第188条 of the time for claims).
const consentsKept = 3

func (h consents) Erase(ctx context.Context, tx *store.Tx, id string, now time.Time) ([]model.ErasedItem, error) {
	n, err := tx.EraseGuardians(ctx, id)
	return []model.ErasedItem{{What: "erased.consents", Count: n, Kept: "kept.consents", Until: model.Today(now.AddDate(consentsKept, 0, 0))}}, err
}

// answers are the sealed answers to requests that were done, kept a day.
type answers struct{ store *store.Store }

func (h answers) Tables() []string { return []string{"once"} }

func (h answers) Export(context.Context, string) (Section, error) { return Section{}, nil }

func (h answers) Erase(ctx context.Context, tx *store.Tx, id string, _ time.Time) ([]model.ErasedItem, error) {
	return nil, tx.EraseOnce(ctx, ResidentScope(id))
}

// trail is what the audit trail tells of a resident: acts and times under an ID
// that leads nowhere once the account is erased.
type trail struct{ store *store.Store }

// actPrefix makes the code of an act's sentence.
const actPrefix = "act."

func (h trail) Tables() []string { return []string{"audit"} }

func (h trail) Export(ctx context.Context, id string) (Section, error) {
	v := Section{Name: "trail", Title: "export.trail", Columns: []string{"export.when", "export.act"}}
	list, err := h.store.AuditLines(ctx, store.AuditFilter{Object: id, Limit: 10_000})
	for _, l := range list {
		v.Rows = append(v.Rows, []string{moment(l.At), actPrefix + l.Act})
	}
	return v, err
}

func (h trail) Erase(ctx context.Context, tx *store.Tx, id string, _ time.Time) ([]model.ErasedItem, error) {
	n, err := tx.CountAuditOf(ctx, id)
	return []model.ErasedItem{{What: "erased.trail", Count: n, Kept: "kept.trail"}}, err
}

// ResidentScope is under what the request keys of a resident are kept.
func ResidentScope(residentID string) string { return "resident:" + residentID }
