package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// VoiceLine is how the voice of a document stands.
type VoiceLine struct {
	Kind        model.Kind
	ID, Title   string
	State       model.VoiceState
	Engine      string
	Length      time.Duration
	Size        int64
	MadeAt      time.Time // zero where there is none
	Done, Total int       // parts
	Attempts    int
	Problem     string
	NextAt      time.Time
}

const voiceState = `CASE WHEN v.wanted_at > 0 AND v.attempts > 0 THEN 'failing' WHEN v.wanted_at > 0 THEN 'waiting'
	WHEN v.voice_key = '' THEN 'silent' ELSE 'made' END`

// VoiceFilter narrows a list of voices.
type VoiceFilter struct {
	State         model.VoiceState // "" for all
	Text          string           // in the title
	Offset, Limit int
}

// VoiceLines lists the voices of public documents, what does not go well first, then what
// was asked for or made last, and counts them.
func (s *Store) VoiceLines(ctx context.Context, f VoiceFilter) (list []VoiceLine, total int, err error) {
	w := &where{}
	w.and("1 = 1")
	if f.State != "" {
		w.and(voiceState+" = ?", f.State)
	}
	if f.Text != "" {
		w.and(`lower(d.title) LIKE ? ESCAPE '\'`, containing(f.Text))
	}
	from := ` FROM voices v JOIN ` + everySpoken() + ` ON d.kind = v.kind AND d.id = v.id WHERE `
	if _, err := s.row(ctx, `SELECT count(*)`+from+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count voices: %w", err)
	}
	list, err = collect(ctx, s.reads, func(row scanner) (l VoiceLine, err error) {
		var length int64
		err = row.Scan(&l.Kind, &l.ID, &l.Title, &l.State, &l.Engine, &length, &l.Size, ifAny{&l.MadeAt}, &l.Done, &l.Total, &l.Attempts,
			&l.Problem, ifAny{&l.NextAt})
		l.Length = time.Duration(length) * time.Millisecond
		return l, err
	}, `SELECT v.kind, v.id, d.title, `+voiceState+`, v.engine, v.length, v.size, v.made_at, v.done, v.total, v.attempts, v.problem, v.next_at`+from+w.String()+
		w.numbered(` ORDER BY CASE WHEN v.wanted_at > 0 AND v.attempts > 0 THEN 0 WHEN v.wanted_at > 0 THEN 1 ELSE 2 END, v.wanted_at DESC, v.made_at DESC, v.kind, v.id
			LIMIT ? OFFSET ?`, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list voices: %w", err)
	}
	return list, total, nil
}

// CountVoices counts the voices of public documents by how they stand.
func (s *Store) CountVoices(ctx context.Context) (map[model.VoiceState]int, error) {
	counts := map[model.VoiceState]int{}
	_, err := collect(ctx, s.reads, func(row scanner) (state model.VoiceState, err error) {
		var n int
		err = row.Scan(&state, &n)
		counts[state] = n
		return state, err
	}, `SELECT `+voiceState+` AS how, count(*) FROM voices v JOIN `+everySpoken()+` ON d.kind = v.kind AND d.id = v.id GROUP BY how`)
	if err != nil {
		return nil, fmt.Errorf("count voices: %w", err)
	}
	return counts, nil
}

// AskVoiceAnew has the voice of a public document made anew, of words that were spoken
// already too. It is ErrVoiceMissing where no such document is public.
func (tx *Tx) AskVoiceAnew(ctx context.Context, kind model.Kind, id string) error {
	asked, err := tx.row(ctx, `UPDATE voices SET `+wantedAgain+`, anew = $1, held_until = 0 WHERE kind = $2 AND id = $3
		AND EXISTS (SELECT 1 FROM `+spokenRows(kind)+` d WHERE d.id = $3) RETURNING stamp`, []any{tx.now(), kind, id}, new(int64))
	switch {
	case err != nil:
		return fmt.Errorf("ask for a voice anew: %w", err)
	case !asked:
		return model.ErrVoiceMissing
	}
	return nil
}
