package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// spokenTable is what a kind of documents gives to voices: its public rows.
type spokenTable struct {
	kind model.Kind
	rows string // with id, title and version
}

// spokenTables is the table of them. What is heard is said in model.SpokenKinds.
var spokenTables = []spokenTable{
	{model.KindPolicy, "policies"},
	{model.KindInterpretation, "interpretations"},
	{model.KindGazettePiece, "gazette_pieces"},
}

// spokenRows are the public rows of a kind; of one that is not heard there are none.
func spokenRows(kind model.Kind) string {
	for _, t := range spokenTables {
		if t.kind == kind {
			return t.rows
		}
	}
	return `(SELECT '' AS id, '' AS title, 0 AS version WHERE 1 = 0)`
}

// everySpoken are the public documents d of all kinds that are heard.
func everySpoken() string {
	var all []string
	for _, t := range spokenTables {
		all = append(all, `SELECT '`+string(t.kind)+`' AS kind, id, title, version FROM `+t.rows)
	}
	return "(" + strings.Join(all, " UNION ALL ") + ") d"
}

const (
	newVoice = `INSERT INTO voices (kind, id, version, voice_key, engine, size, length, marks, made_at, wanted_at, stamp, anew, done, total,
		attempts, next_at, problem, held_until) `
	newVoiceValues = `0, '', '', 0, 0, '[]', 0, CAST($1 AS BIGINT), 1, 0, 0, 0, 0, 0, '', 0 `
	wantedAgain    = `wanted_at = $1, stamp = voices.stamp + 1, done = 0, total = 0, attempts = 0, next_at = 0, problem = ''`
)

// wantVoice says, in the transaction that changed a document, that its voice has to be
// looked at.
func (tx *Tx) wantVoice(kind model.Kind, id string) {
	if _, spoken := model.SpokenKindOf(kind); spoken {
		tx.later(newVoice+`SELECT CAST($2 AS TEXT), CAST($3 AS TEXT), `+newVoiceValues+`WHERE 1 = 1
			ON CONFLICT (kind, id) DO UPDATE SET `+wantedAgain, tx.now(), kind, id)
	}
}

// WantVoices notes some public documents of which no voice was looked for yet, and all
// voices by other engines; more says that there may be others.
func (s *Store) WantVoices(ctx context.Context, engine string, limit int) (more bool, err error) {
	err = s.InTx(ctx, func(tx *Tx) error {
		for _, t := range spokenTables {
			made, err := tx.ids(ctx, newVoice+`SELECT '`+string(t.kind)+`', d.id, `+newVoiceValues+`FROM `+t.rows+` d
				WHERE NOT EXISTS (SELECT 1 FROM voices v WHERE v.kind = '`+string(t.kind)+`' AND v.id = d.id) ORDER BY d.id LIMIT $2
				ON CONFLICT (kind, id) DO NOTHING RETURNING id`, tx.now(), limit)
			if err != nil {
				return fmt.Errorf("want voices: %w", err)
			}
			more = more || len(made) == limit
		}
		return tx.exec(ctx, "want voices by another engine", `UPDATE voices SET `+wantedAgain+` WHERE engine <> $2 AND wanted_at = 0`, tx.now(), engine)
	})
	return more, err
}

// WantedVoice is a voice that is to be made, and held by somebody who does it.
type WantedVoice struct {
	Kind     model.Kind
	ID       string
	Stamp    int64
	Anew     time.Time // parts from before it do not do
	Attempts int
}

// voiceHeldFor is how long somebody who makes a voice may be silent: longer than a part
// takes.
const voiceHeldFor = 90 * time.Second

// TakeVoice takes the voice that was asked for last, nil where none waits: what is
// released today is heard before what was brought in by the thousand.
func (s *Store) TakeVoice(ctx context.Context) (w *WantedVoice, err error) {
	now := s.clock.Now()
	err = s.InTx(ctx, func(tx *Tx) error {
		found := WantedVoice{}
		took, err := tx.row(ctx, `UPDATE voices SET held_until = $1 WHERE (kind, id) IN (SELECT kind, id FROM voices
				WHERE wanted_at > 0 AND next_at <= $2 AND held_until <= $3 ORDER BY wanted_at DESC, kind DESC, id DESC LIMIT 1 `+s.dialect.skipLocked()+`)
			RETURNING kind, id, stamp, anew, attempts`,
			[]any{now.Add(voiceHeldFor).UnixMilli(), now.UnixMilli(), now.UnixMilli()},
			&found.Kind, &found.ID, &found.Stamp, milliseconds{&found.Anew}, &found.Attempts)
		if err != nil {
			return fmt.Errorf("take voice: %w", err)
		}
		if took {
			w = &found
		}
		return nil
	})
	return w, err
}

// LeaveVoice lets others go on with a voice.
func (s *Store) LeaveVoice(ctx context.Context, w *WantedVoice) error {
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "leave voice", `UPDATE voices SET held_until = 0 WHERE kind = $1 AND id = $2`, w.Kind, w.ID)
	})
}

// FreeVoices lets the work of a killed process be taken at once, where there can be no
// other process.
func (s *Store) FreeVoices(ctx context.Context) error {
	if !s.dialect.private() {
		return nil
	}
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "free voices", `UPDATE voices SET held_until = 0 WHERE held_until > 0`)
	})
}

// PutOffVoice notes why a voice was not made, and tries again after a while.
func (s *Store) PutOffVoice(ctx context.Context, w *WantedVoice, problem string, wait time.Duration) error {
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "put off voice", `UPDATE voices SET attempts = attempts + 1, next_at = $4, problem = $5, held_until = 0
			WHERE kind = $1 AND id = $2 AND stamp = $3`, w.Kind, w.ID, w.Stamp, tx.now()+wait.Milliseconds(), problem)
	})
}

// VoicePart is the sound of a part. Its marks are as who made it wrote them.
type VoicePart struct {
	ID      string
	Key     string
	BlobKey string
	Sum     string // SM3 of its bytes
	Size    int64
	Samples int
	Marks   []byte
}

func scanVoicePart(row scanner) (p VoicePart, err error) {
	return p, row.Scan(&p.ID, &p.Key, &p.BlobKey, &p.Size, &p.Samples, &p.Marks)
}

// VoiceParts finds the newest sound of each of some parts that was made since a moment.
func (s *Store) VoiceParts(ctx context.Context, keys []string, since time.Time) (map[string]VoicePart, error) {
	list, err := collect(ctx, s.reads, scanVoicePart, `SELECT id, part_key, blob_key, size, samples, marks FROM voice_parts
		WHERE `+s.dialect.among("part_key", "$1")+` AND made_at >= $2 ORDER BY made_at, id`, asList(keys), since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read parts of voices: %w", err)
	}
	held := map[string]VoicePart{}
	for _, p := range list {
		held[p.Key] = p
	}
	return held, nil
}

// SaveVoicePart keeps the sound of a part, which gets an ID, and notes how far its voice is.
func (s *Store) SaveVoicePart(ctx context.Context, w *WantedVoice, p *VoicePart, done, total int) error {
	p.ID = NewID()
	return s.InTx(ctx, func(tx *Tx) error {
		err := tx.exec(ctx, "save part of voice", `INSERT INTO voice_parts (id, part_key, blob_key, size, samples, marks, made_at, sm3)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, p.ID, p.Key, p.BlobKey, p.Size, p.Samples, string(p.Marks), tx.now(), p.Sum)
		if err != nil {
			return err
		}
		return tx.exec(ctx, "note how far a voice is", `UPDATE voices SET done = $4, total = $5, held_until = $6 WHERE kind = $1 AND id = $2 AND stamp = $3`,
			w.Kind, w.ID, w.Stamp, done, total, tx.now()+voiceHeldFor.Milliseconds())
	})
}

// MadeVoice is a voice that was made, or that nothing can be heard of a document.
type MadeVoice struct {
	model.Voice
	Marks []model.VoiceMark
	Parts []string // IDs, in order; none where nothing is heard
}

// FinishVoice makes a voice that of its document and tells the parts that it was made of
// before. Where the document changed meanwhile, the voice stays wanted.
func (s *Store) FinishVoice(ctx context.Context, w *WantedVoice, m *MadeVoice) (before []string, err error) {
	err = s.InTx(ctx, func(tx *Tx) (err error) {
		before, err = tx.clearVoiceUses(ctx, w)
		for i, id := range m.Parts {
			if err == nil {
				err = tx.exec(ctx, "save parts of voice", `INSERT INTO voice_uses (kind, id, position, part_id) VALUES ($1, $2, $3, $4)`, w.Kind, w.ID, i, id)
			}
		}
		if err != nil {
			return err
		}
		err = tx.exec(ctx, "finish voice", `UPDATE voices SET version = $4, engine = $5, size = $6, length = $7, marks = $8,
				made_at = CASE WHEN voice_key = $9 THEN made_at ELSE $10 END, voice_key = $11, done = $12, total = $13,
				wanted_at = CASE WHEN stamp = $3 THEN 0 ELSE wanted_at END, anew = CASE WHEN stamp = $3 THEN 0 ELSE anew END,
				attempts = 0, next_at = 0, problem = '', held_until = 0
			WHERE kind = $1 AND id = $2`, w.Kind, w.ID, w.Stamp, m.Version, m.Engine, m.Size, m.Length.Milliseconds(), toJSON(append([]model.VoiceMark{}, m.Marks...)),
			m.Key, tx.now(), m.Key, len(m.Parts), len(m.Parts))
		if err != nil {
			return err
		}
		return tx.grow(ctx, markVoices)
	})
	return before, err
}

// clearVoiceUses lets go of the parts of a voice, and tells which they were.
func (tx *Tx) clearVoiceUses(ctx context.Context, w *WantedVoice) ([]string, error) {
	ids, err := tx.ids(ctx, `DELETE FROM voice_uses WHERE kind = $1 AND id = $2 RETURNING part_id`, w.Kind, w.ID)
	if err != nil {
		return nil, fmt.Errorf("clear parts of voice: %w", err)
	}
	return ids, nil
}

// DropVoice forgets the voice of a document that is public no more, and tells the parts
// that it was made of.
func (s *Store) DropVoice(ctx context.Context, w *WantedVoice) (before []string, err error) {
	err = s.InTx(ctx, func(tx *Tx) (err error) {
		if before, err = tx.clearVoiceUses(ctx, w); err != nil {
			return err
		}
		if err := tx.exec(ctx, "drop voice", `DELETE FROM voices WHERE kind = $1 AND id = $2 AND stamp = $3`, w.Kind, w.ID, w.Stamp); err != nil {
			return err
		}
		return tx.grow(ctx, markVoices)
	})
	return before, err
}

// markVoices grows with every voice that comes or goes.
const markVoices = "voices"

// UnusedVoiceParts are some parts that no voice uses and that are older than a while: who
// is making a voice may need the younger ones.
func (s *Store) UnusedVoiceParts(ctx context.Context, older time.Duration, limit int) ([]string, error) {
	ids, err := collect(ctx, s.reads, scanID, `SELECT p.id FROM voice_parts p
		WHERE p.made_at <= $1 AND NOT EXISTS (SELECT 1 FROM voice_uses u WHERE u.part_id = p.id) ORDER BY p.id LIMIT $2`,
		s.clock.Now().Add(-older).UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("look for parts that no voice uses: %w", err)
	}
	return ids, nil
}

// ForgetVoiceParts forgets those of some parts that no voice uses, and tells where their
// bytes lie.
func (s *Store) ForgetVoiceParts(ctx context.Context, ids []string) (blobs []string, err error) {
	err = s.InTx(ctx, func(tx *Tx) (err error) {
		blobs, err = tx.ids(ctx, `DELETE FROM voice_parts WHERE `+tx.d.among("id", "$1")+`
			AND NOT EXISTS (SELECT 1 FROM voice_uses u WHERE u.part_id = voice_parts.id) RETURNING blob_key`, asList(ids))
		if err != nil {
			return fmt.Errorf("forget parts of voices: %w", err)
		}
		return nil
	})
	return blobs, err
}

// Voice is the voice of a public document as it is now, nil where it has none.
func (r reads) Voice(ctx context.Context, kind model.Kind, id string) (*model.Voice, error) {
	v := model.Voice{Kind: kind}
	var length int64
	found, err := r.row(ctx, `SELECT v.id, v.voice_key, v.engine, v.size, v.length, v.version, v.made_at FROM voices v
		JOIN `+spokenRows(kind)+` d ON d.id = v.id AND d.version = v.version WHERE v.kind = $1 AND v.id = $2 AND v.voice_key <> ''`, []any{kind, id},
		&v.ID, &v.Key, &v.Engine, &v.Size, &length, &v.Version, milliseconds{&v.MadeAt})
	if err != nil {
		return nil, fmt.Errorf("read voice: %w", err)
	}
	if !found {
		return nil, nil
	}
	v.Length = time.Duration(length) * time.Millisecond
	return &v, nil
}

// SpokenTitle is the title of a public document, "" where there is none.
func (r reads) SpokenTitle(ctx context.Context, kind model.Kind, id string) (title string, err error) {
	if _, err = r.row(ctx, `SELECT d.title FROM `+spokenRows(kind)+` d WHERE d.id = $1`, []any{id}, &title); err != nil {
		return "", fmt.Errorf("read title of what is heard: %w", err)
	}
	return title, nil
}

// VoiceMarks are the marks of a voice.
func (r reads) VoiceMarks(ctx context.Context, v *model.Voice) (marks []model.VoiceMark, err error) {
	_, err = r.row(ctx, `SELECT marks FROM voices WHERE kind = $1 AND id = $2 AND voice_key = $3`, []any{v.Kind, v.ID, v.Key}, asJSON(&marks))
	if err != nil {
		return nil, fmt.Errorf("read marks of voice: %w", err)
	}
	return marks, nil
}

// PartsOfVoice are the parts of a voice in their order.
func (r reads) PartsOfVoice(ctx context.Context, v *model.Voice) ([]VoicePart, error) {
	list, err := collect(ctx, r, scanVoicePart, `SELECT p.id, p.part_key, p.blob_key, p.size, p.samples, '' FROM voice_uses u
		JOIN voice_parts p ON p.id = u.part_id WHERE u.kind = $1 AND u.id = $2 ORDER BY u.position`, v.Kind, v.ID)
	if err != nil {
		return nil, fmt.Errorf("read parts of voice: %w", err)
	}
	return list, nil
}
