package store

import (
	"context"
	"fmt"
	"strings"

	"yuandu/model"
)

// The columns of what hangs on a letter.
const (
	assistText     = "letter_assists.text_sealed"
	replyText      = "letter_replies.text_sealed"
	replyRating    = "letter_replies.rating_sealed"
	instructed     = "letter_instructions.text_sealed"
	reported       = "letter_instructions.report_sealed"
	letterStepText = "letter_events.text_sealed"
	letterFileName = "letter_files.name_sealed"
)

// letterParts reads what hangs on a letter.
func (s *Store) letterParts(ctx context.Context, from reads, l *model.Letter) (err error) {
	if l.Files, err = s.letterFiles(ctx, from, `x.letter_id = $1`, l.ID); err != nil {
		return fmt.Errorf("read files of letter: %w", err)
	}
	if l.Assists, err = s.letterAssists(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read who helps: %w", err)
	}
	if l.Replies, err = s.letterReplies(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read replies: %w", err)
	}
	if l.Instructions, err = s.letterInstructions(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read instructions: %w", err)
	}
	if err = s.watchedParts(ctx, from, l); err != nil {
		return err
	}
	if l.Events, err = s.letterEvents(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read steps of letter: %w", err)
	}
	return nil
}

func (s *Store) letterFiles(ctx context.Context, from reads, condition string, args ...any) ([]model.LetterFile, error) {
	return collect(ctx, from, func(row scanner) (f model.LetterFile, err error) {
		var name []byte
		if err := row.Scan(&f.FileID, &name, &f.MediaType, &f.Size); err != nil {
			return f, err
		}
		return f, s.openAll(f.FileID, map[string]sealedInto{letterFileName: {name, &f.Name}})
	}, `SELECT f.id, x.name_sealed, f.media_type, f.size FROM letter_files x JOIN files f ON f.id = x.file_id
		WHERE `+condition+` ORDER BY x.n, f.id`, args...)
}

func (s *Store) letterAssists(ctx context.Context, from reads, id string) ([]model.LetterAssist, error) {
	return collect(ctx, from, func(row scanner) (a model.LetterAssist, err error) {
		var text []byte
		if err := row.Scan(&a.DepartmentID, milliseconds{&a.AskedAt}, &text, &a.StaffID, ifAny{&a.At}); err != nil {
			return a, err
		}
		return a, s.openAll(assistKey(id, a.DepartmentID), map[string]sealedInto{assistText: {text, &a.Text}})
	}, `SELECT department_id, asked_at, text_sealed, staff_id, said_at FROM letter_assists WHERE letter_id = $1 ORDER BY n`, id)
}

func assistKey(letterID, departmentID string) string { return letterID + ":" + departmentID }

func (s *Store) letterReplies(ctx context.Context, from reads, id string) ([]model.LetterReply, error) {
	return collect(ctx, from, func(row scanner) (r model.LetterReply, err error) {
		var text, remark []byte
		var v model.LetterRating
		err = row.Scan(&r.ID, &r.Round, &text, &r.Basis, &r.Outcome, &r.DepartmentID, &r.DraftedBy, milliseconds{&r.DraftedAt}, &r.SignedBy,
			ifAny{&r.SentAt}, milliseconds{&r.AskedAt}, &r.DueDay, &v.Response, &v.Solved, &v.Satisfaction, &remark, ifAny{&v.At}, &v.ByCall)
		if err != nil {
			return r, err
		}
		if v.Satisfaction > 0 {
			r.Rating = &v
		}
		return r, s.openAll(r.ID, map[string]sealedInto{replyText: {text, &r.Text}, replyRating: {remark, &v.Text}})
	}, `SELECT id, round, text_sealed, basis, outcome, coalesce(department_id, ''), drafted_by, drafted_at, signed_by, sent_at, asked_at,
			due_day, response, solved <> 0, satisfaction, rating_sealed, rated_at, by_call <> 0
		FROM letter_replies WHERE letter_id = $1 ORDER BY n`, id)
}

func (s *Store) letterInstructions(ctx context.Context, from reads, id string) ([]model.LetterInstruction, error) {
	return collect(ctx, from, func(row scanner) (i model.LetterInstruction, err error) {
		var text, report []byte
		err = row.Scan(&i.ID, &text, &i.DepartmentID, &i.StaffID, milliseconds{&i.At}, &report, &i.ReportedBy, ifAny{&i.ReportedAt})
		if err != nil {
			return i, err
		}
		return i, s.openAll(i.ID, map[string]sealedInto{instructed: {text, &i.Text}, reported: {report, &i.Report}})
	}, `SELECT id, text_sealed, department_id, staff_id, at, report_sealed, reported_by, reported_at
		FROM letter_instructions WHERE letter_id = $1 ORDER BY n`, id)
}

func (s *Store) letterEvents(ctx context.Context, from reads, id string) ([]model.LetterEvent, error) {
	return collect(ctx, from, func(row scanner) (e model.LetterEvent, err error) {
		var event string
		var text []byte
		if err = row.Scan(&event, milliseconds{&e.At}, &e.What, &e.StaffID, &e.DepartmentID, &text); err != nil {
			return e, err
		}
		return e, s.openAll(event, map[string]sealedInto{letterStepText: {text, &e.Text}})
	}, `SELECT id, at, what, staff_id, coalesce(department_id, ''), text_sealed FROM letter_events WHERE letter_id = $1 ORDER BY n`, id)
}

// keepLetterParts writes what hangs on a letter as it is now, and adds its steps.
func (tx *Tx) keepLetterParts(ctx context.Context, l *model.Letter, steps []model.LetterEvent) error {
	if err := tx.keepAssists(ctx, l); err != nil {
		return err
	}
	if n := len(l.Replies); n > 0 { // no other one changes any more
		if err := tx.keepReply(ctx, l, n-1); err != nil {
			return err
		}
	}
	for i := range l.Instructions {
		if err := tx.keepInstruction(ctx, l, i); err != nil {
			return err
		}
	}
	if err := tx.keepWatchedParts(ctx, l); err != nil {
		return err
	}
	return tx.addLetterEvents(ctx, l, steps)
}

// What those who help and instructions have of their letter: all that lists are
// narrowed by, and ordered by.
const (
	ofLetter      = `received_at, due_day, state, channel, source, topic_id, lead_department_id`
	ofLetterAgain = `due_day = excluded.due_day, state = excluded.state, channel = excluded.channel, source = excluded.source,
		topic_id = excluded.topic_id, lead_department_id = excluded.lead_department_id`
)

func listedBy(l *model.Letter) []any {
	return []any{l.ReceivedAt.UnixMilli(), l.DueDay, l.State, l.Channel, l.Source, l.TopicID, orNull(l.LeadID)}
}

func (tx *Tx) keepAssists(ctx context.Context, l *model.Letter) error {
	kept := []string{}
	for i, a := range l.Assists {
		v := &sealing{tx.store, assistKey(l.ID, a.DepartmentID), nil}
		text := v.seal(assistText, a.Text)
		if v.err != nil {
			return v.err
		}
		err := tx.exec(ctx, "keep who helps", `INSERT INTO letter_assists (letter_id, department_id, n, asked_at, text_sealed, staff_id, said_at,
				`+ofLetter+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (letter_id, department_id) DO UPDATE SET
				n = excluded.n, text_sealed = excluded.text_sealed, staff_id = excluded.staff_id, said_at = excluded.said_at, `+ofLetterAgain,
			append([]any{l.ID, a.DepartmentID, i, a.AskedAt.UnixMilli(), text, a.StaffID, millis(a.At)}, listedBy(l)...)...)
		if err != nil {
			return err
		}
		kept = append(kept, a.DepartmentID)
	}
	return tx.exec(ctx, "let helpers go", `DELETE FROM letter_assists WHERE letter_id = $1 AND NOT (`+tx.d.among("department_id", "$2")+`)`,
		l.ID, asList(kept))
}

func (tx *Tx) keepReply(ctx context.Context, l *model.Letter, i int) error {
	r := &l.Replies[i]
	if r.ID == "" {
		r.ID = NewID()
	}
	rating := model.LetterRating{}
	if r.Rating != nil {
		rating = *r.Rating
	}
	v := &sealing{tx.store, r.ID, nil}
	args := []any{r.ID, l.ID, i + 1, r.Round, v.seal(replyText, r.Text), r.Basis, r.Outcome, orNull(r.DepartmentID), r.DraftedBy,
		r.DraftedAt.UnixMilli(), r.SignedBy, millis(r.SentAt), sentDay(r), r.AskedAt.UnixMilli(), r.DueDay, rating.Response, number(rating.Solved),
		rating.Satisfaction, v.seal(replyRating, rating.Text), millis(rating.At), number(rating.ByCall)}
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep reply", `
		INSERT INTO letter_replies (id, letter_id, n, round, text_sealed, basis, outcome, department_id, drafted_by, drafted_at, signed_by,
			sent_at, sent_day, asked_at, due_day, response, solved, satisfaction, rating_sealed, rated_at, by_call)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		ON CONFLICT (id) DO UPDATE SET text_sealed = excluded.text_sealed, basis = excluded.basis, outcome = excluded.outcome,
			department_id = excluded.department_id, drafted_by = excluded.drafted_by, drafted_at = excluded.drafted_at,
			signed_by = excluded.signed_by, sent_at = excluded.sent_at, sent_day = excluded.sent_day, due_day = excluded.due_day, response = excluded.response,
			solved = excluded.solved, satisfaction = excluded.satisfaction, rating_sealed = excluded.rating_sealed,
			rated_at = excluded.rated_at, by_call = excluded.by_call, round = excluded.round, asked_at = excluded.asked_at`, args...)
}

// sentDay is the day on which a reply was sent, "" while it waits.
func sentDay(r *model.LetterReply) model.Day {
	if !r.IsSent() {
		return ""
	}
	return model.Today(r.SentAt)
}

func (tx *Tx) keepInstruction(ctx context.Context, l *model.Letter, at int) error {
	i := &l.Instructions[at]
	if i.ID == "" {
		i.ID = NewID()
	}
	v := &sealing{tx.store, i.ID, nil}
	args := []any{i.ID, l.ID, at + 1, v.seal(instructed, i.Text), i.DepartmentID, i.StaffID, i.At.UnixMilli(), v.seal(reported, i.Report),
		i.ReportedBy, millis(i.ReportedAt)}
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep instruction", `INSERT INTO letter_instructions (id, letter_id, n, text_sealed, department_id, staff_id, at,
			report_sealed, reported_by, reported_at, `+ofLetter+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (id) DO UPDATE SET report_sealed = excluded.report_sealed, reported_by = excluded.reported_by,
			reported_at = excluded.reported_at, `+ofLetterAgain, append(args, listedBy(l)...)...)
}

func (tx *Tx) addLetterEvents(ctx context.Context, l *model.Letter, steps []model.LetterEvent) error {
	for _, e := range steps {
		v := &sealing{tx.store, NewID(), nil}
		text := v.seal(letterStepText, e.Text)
		if v.err != nil {
			return v.err
		}
		l.Events = append(l.Events, e)
		err := tx.exec(ctx, "add step of letter", `INSERT INTO letter_events (id, letter_id, n, at, what, staff_id, department_id, text_sealed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			v.id, l.ID, len(l.Events), e.At.UnixMilli(), e.What, e.StaffID, orNull(e.DepartmentID), text)
		if err != nil {
			return err
		}
	}
	return nil
}

// AddLetterFile keeps that a resident handed in a file for a letter still to be sent.
func (tx *Tx) AddLetterFile(ctx context.Context, residentID string, f model.LetterFile) error {
	v := &sealing{tx.store, f.FileID, nil}
	name := v.seal(letterFileName, f.Name)
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep file of letter", `INSERT INTO letter_files (file_id, letter_id, resident_id, n, name_sealed, added_at)
		VALUES ($1, NULL, $2, 0, $3, $4)`, f.FileID, orNull(residentID), name, tx.now())
}

// bindLetterFiles gives a letter the files it names. They have to be its author's, or
// handed in by the staff who enter it, and of no other letter: else it is ErrLetterFile.
func (tx *Tx) bindLetterFiles(ctx context.Context, l *model.Letter) error {
	for i, f := range l.Files {
		var id string
		bound, err := tx.row(ctx, `UPDATE letter_files SET letter_id = $1, n = $2 WHERE file_id = $3 AND letter_id IS NULL
				AND (resident_id = $4 OR $4 = '' AND file_id IN (SELECT id FROM files WHERE kept_by = $5)) RETURNING file_id`,
			[]any{l.ID, i + 1, f.FileID, l.ResidentID, l.EnteredBy}, &id)
		if err != nil {
			return fmt.Errorf("bind file: %w", err)
		}
		if !bound {
			return model.ErrLetterFile
		}
	}
	return nil
}

// LooseLetterFiles counts the files that a resident handed in for no letter yet.
func (r reads) LooseLetterFiles(ctx context.Context, residentID string) (n int, err error) {
	_, err = r.row(ctx, `SELECT count(*) FROM letter_files WHERE resident_id = $1 AND letter_id IS NULL`, []any{residentID}, &n)
	if err != nil {
		return 0, fmt.Errorf("count files: %w", err)
	}
	return n, nil
}

// LetterOfFile is the letter that a file came with, "" for none.
func (r reads) LetterOfFile(ctx context.Context, fileID string) (letterID, residentID string, err error) {
	_, err = r.row(ctx, `SELECT coalesce(letter_id, ''), coalesce(resident_id, '') FROM letter_files WHERE file_id = $1`,
		[]any{fileID}, &letterID, &residentID)
	if err != nil {
		return "", "", fmt.Errorf("look for letter of file: %w", err)
	}
	return letterID, residentID, nil
}

// DropLetterFile lets go of a file that its author handed in and did not send.
func (tx *Tx) DropLetterFile(ctx context.Context, residentID, fileID string) error {
	return tx.exec(ctx, "drop file of letter", `DELETE FROM letter_files WHERE file_id = $1 AND resident_id = $2 AND letter_id IS NULL`,
		fileID, residentID)
}

// looseOfStaff are files for a letter that somebody of the staff still has to enter.
const looseOfStaff = `file_id = $1 AND letter_id IS NULL AND resident_id IS NULL AND file_id IN (SELECT id FROM files WHERE kept_by = $2)`

// DropStaffLetterFile lets go of a file that staff handed in for a letter and did not
// enter.
func (tx *Tx) DropStaffLetterFile(ctx context.Context, staffID, fileID string) error {
	return tx.exec(ctx, "drop file of letter", `DELETE FROM letter_files WHERE `+looseOfStaff, fileID, staffID)
}

// HasLooseLetterFile says whether somebody of the staff handed a file in for a letter
// that is not entered yet.
func (r reads) HasLooseLetterFile(ctx context.Context, staffID, fileID string) (bool, error) {
	found, err := r.row(ctx, `SELECT file_id FROM letter_files WHERE `+looseOfStaff, []any{fileID, staffID}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for file of letter: %w", err)
	}
	return found, nil
}

// LetterDraft is what a resident has begun to write to a channel, "" for nothing.
func (s *Store) LetterDraft(ctx context.Context, residentID string, c model.LetterChannel) (text string, at int64, err error) {
	var sealed []byte
	_, err = s.row(ctx, `SELECT text_sealed, updated_at FROM letter_drafts WHERE resident_id = $1 AND channel = $2`,
		[]any{residentID, c}, &sealed, &at)
	if err != nil {
		return "", 0, fmt.Errorf("read draft: %w", err)
	}
	return text, at, s.openAll(draftKey(residentID, c), map[string]sealedInto{letterDraftText: {sealed, &text}})
}

const letterDraftText = "letter_drafts.text_sealed"

func draftKey(residentID string, c model.LetterChannel) string { return residentID + ":" + string(c) }

// KeepLetterDraft keeps what a resident has begun to write; "" forgets it.
func (tx *Tx) KeepLetterDraft(ctx context.Context, residentID string, c model.LetterChannel, text string) error {
	if text == "" {
		return tx.exec(ctx, "forget draft", `DELETE FROM letter_drafts WHERE resident_id = $1 AND channel = $2`, residentID, c)
	}
	v := &sealing{tx.store, draftKey(residentID, c), nil}
	sealed := v.seal(letterDraftText, text)
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep draft", `INSERT INTO letter_drafts (resident_id, channel, text_sealed, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (resident_id, channel) DO UPDATE SET text_sealed = excluded.text_sealed, updated_at = excluded.updated_at`,
		residentID, c, sealed, tx.now())
}

// pairPlace says for what place a value of a row with a key of two columns is sealed.
func pairPlace(column string) func([]string) string {
	return func(key []string) string { return sealedPlace(column, strings.Join(key, ":")) }
}
