package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"yuandu/model"
)

// Break is a place where the audit trail, or a revision that it names, is not
// what it was.
type Break struct {
	What string // one of the breaks below
	Seq  int64  // place in the chain, 0 where it has none
	ID   string // of the line, or kind/ID/version of the revision
}

// The breaks.
const (
	LineChanged      = "line_changed"      // the line's own words
	LineUnlinked     = "line_unlinked"     // its place in the chain
	LinesMissing     = "lines_missing"     // from Seq on, up to the next that is there
	TailCut          = "tail_cut"          // the chain ended later once
	HeadDiffers      = "head_differs"      // the chain had another line there once
	HeadRowChanged   = "head_row_changed"  // the database's own note of where it ends
	RevisionChanged  = "revision_changed"  // another text than the trail says
	RevisionMissing  = "revision_missing"  // the trail names it, it is gone
	RevisionUnlisted = "revision_unlisted" // it is there, the trail knows nothing of it

	FileChanged         = "file_changed"    // other bytes than its row says
	FileMissing         = "file_missing"    // it has a row and no bytes
	PictureChanged      = "picture_changed" // of a page of the gazette
	PictureMissing      = "picture_missing"
	VoiceChanged        = "voice_changed"
	VoiceMissing        = "voice_missing"
	IssueMissing        = "issue_missing"         // an issue of the gazette is not here, and nobody says why
	RevisionFileMissing = "revision_file_missing" // the revision names a file that is not kept whole
)

// Verified is how far the trail was read.
type Verified struct {
	Lines, Waiting, Revisions int
	Head                      model.AuditHead
}

// verifyPage is how many lines are read at a time.
const verifyPage = 5000

// VerifyAudit reads the whole trail and every revision, and reports each break,
// in order. anchor is a head that was kept outside of the database; its zero
// value for none. It needs the audit key alone, and writes nothing.
func (s *Store) VerifyAudit(ctx context.Context, key []byte, anchor model.AuditHead, report func(Break)) (Verified, error) {
	v := &verifier{store: s, key: key, anchor: anchor, report: report, named: map[string]string{}}
	for _, step := range []func(context.Context) error{v.lines, v.tail, v.waiting, v.revisions} {
		if err := step(ctx); err != nil {
			return v.done, fmt.Errorf("verify audit trail: %w", err)
		}
	}
	return v.done, nil
}

type verifier struct {
	store  *Store
	key    []byte
	anchor model.AuditHead
	report func(Break)
	named  map[string]string // revisions that the trail names, and their SM3
	done   Verified
}

// chained is a place in the chain with its line, and the copies by which
// auditors look.
type chained struct {
	model.AuditLine
	there         bool // the line is
	at            int64
	actor, object string
}

func (v *verifier) lines(ctx context.Context) error {
	for {
		page, err := collect(ctx, v.store.reads, scanChained, `SELECT c.seq, c.link, c.at, c.actor_id, c.object_id, a.n IS NOT NULL,
				coalesce(a.id, ''), coalesce(a.at, 0), coalesce(a.actor_kind, ''), coalesce(a.actor_id, ''), coalesce(a.session_id, ''),
				coalesce(a.address, ''), coalesce(a.request, ''), coalesce(a.act, ''), coalesce(a.object_kind, ''), coalesce(a.object_id, ''),
				coalesce(a.details, ''), coalesce(a.mac, '')
			FROM audit_chain c LEFT JOIN audit a ON a.n = c.n WHERE c.seq > $1 ORDER BY c.seq LIMIT $2`, v.done.Head.Seq, verifyPage)
		if err != nil {
			return err
		}
		for i := range page {
			v.line(&page[i])
		}
		if len(page) < verifyPage {
			return nil
		}
	}
}

func scanChained(row scanner) (c chained, err error) {
	return c, row.Scan(&c.Seq, &c.Link, &c.at, &c.actor, &c.object, &c.there, &c.ID, milliseconds{&c.At}, &c.By.Kind, &c.By.ID, &c.By.Session,
		&c.By.Address, &c.By.Request, &c.Act, &c.Object.Kind, &c.Object.ID, &c.Details, &c.MAC)
}

func (v *verifier) line(l *chained) {
	head := &v.done.Head
	if l.Seq != head.Seq+1 {
		v.report(Break{What: LinesMissing, Seq: head.Seq + 1})
	}
	switch {
	case !l.there:
		v.report(Break{What: LinesMissing, Seq: l.Seq})
	case l.MAC != lineMAC(v.key, &l.AuditLine):
		v.report(Break{LineChanged, l.Seq, l.ID})
	case l.Seq == head.Seq+1 && l.Link != linkTo(v.key, head.Link, l.Seq, l.MAC),
		l.at != l.At.UnixMilli(), l.actor != l.By.ID, l.object != l.Object.ID:
		v.report(Break{LineUnlinked, l.Seq, l.ID})
	default:
		v.name(&l.AuditLine)
	}
	if l.Seq == v.anchor.Seq && l.Link != v.anchor.Link {
		v.report(Break{HeadDiffers, l.Seq, l.ID})
	}
	head.Seq, head.Link = l.Seq, l.Link
	v.done.Lines++
}

// name notes the revisions that a line names.
func (v *verifier) name(l *model.AuditLine) {
	var kept auditedRevisions
	if l.Act != actRevisions || json.Unmarshal([]byte(l.Details), &kept) != nil {
		return
	}
	for _, r := range kept.Revisions {
		v.named[revisionName(r.Kind, r.ID, r.Version)] = r.SM3 + r.Row
	}
}

func revisionName(kind model.Kind, id string, version int64) string {
	return fmt.Sprintf("%s/%s/%d", kind, id, version)
}

// tail compares the end of the chain with what is known of it.
func (v *verifier) tail(ctx context.Context) error {
	if v.done.Head.Seq < v.anchor.Seq {
		v.report(Break{What: TailCut, Seq: v.done.Head.Seq + 1})
	}
	row, err := v.store.chainHead(ctx)
	if err != nil {
		return err
	}
	if row.Seq < v.done.Head.Seq || row.Seq == v.done.Head.Seq && row.Link != v.done.Head.Link {
		v.report(Break{What: HeadRowChanged, Seq: row.Seq})
	}
	if row.Seq > v.done.Head.Seq && v.done.Head.Seq >= v.anchor.Seq {
		v.report(Break{What: TailCut, Seq: v.done.Head.Seq + 1})
	}
	return nil
}

// waiting reads the lines that no sealer has come to yet.
func (v *verifier) waiting(ctx context.Context) error {
	// All of them: a line far behind the head was never sealed, or lost its place.
	page, err := collect(ctx, v.store.reads, scanAuditLine, `SELECT `+auditColumns+`, 0, '' `+unsealed+` ORDER BY a.n`, 0)
	if err != nil {
		return err
	}
	for i := range page {
		l := &page[i]
		if l.MAC != lineMAC(v.key, l) {
			v.report(Break{LineChanged, 0, l.ID})
		} else {
			v.name(l)
		}
		v.done.Waiting++
	}
	return nil
}

// revisions compares every revision with what the trail says of it.
func (v *verifier) revisions(ctx context.Context) error {
	var last auditRevision
	for {
		page, err := collect(ctx, v.store.reads, func(row scanner) (r auditRevision, err error) {
			var canonical string
			is := revisionRow{}
			err = row.Scan(&is.kind, &is.id, &is.version, &is.sm3, &canonical, &is.act, &is.note, &is.savedAt)
			r = auditRevision{is.kind, is.id, is.version, is.sm3, is.sum()}
			if err == nil && sm3Hex([]byte(canonical)) != r.SM3 {
				r.SM3 = ""
			}
			return r, err
		}, `SELECT kind, id, version, sm3, canonical, act, note, saved_at FROM revisions
			WHERE (kind, id, version) > ($1, $2, $3) ORDER BY kind, id, version LIMIT 200`, last.Kind, last.ID, last.Version)
		if err != nil {
			return err
		}
		for _, r := range page {
			v.revision(r)
			last = r
		}
		if len(page) == 0 {
			break
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.named)) {
		v.report(Break{What: RevisionMissing, ID: name})
	}
	return nil
}

func (v *verifier) revision(r auditRevision) {
	name := revisionName(r.Kind, r.ID, r.Version)
	switch sum, named := v.named[name]; {
	case !named:
		v.report(Break{What: RevisionUnlisted, ID: name})
	case sum != r.SM3+r.Row:
		v.report(Break{What: RevisionChanged, ID: name})
	}
	delete(v.named, name)
	v.done.Revisions++
}
