package housetest

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/oklog/ulid/v2"

	"yuandu/model"
	"yuandu/service/city"
	"yuandu/store"
)

// mailYears is how long people have been writing.
const mailYears = 5

// pile is letters as they come to a city over the years: most are answered, some wait,
// few wait for too long. The first office has most of them.
type pile struct {
	m         *Mailroom
	dice      *rand.Rand
	vault     *store.Vault
	calendar  *model.Calendar
	began     time.Time
	each      time.Duration // from one letter to the next
	residents []string
	weights   []float64 // of offices, added up
	due       map[model.Day]model.Day
	counted   map[int]int64 // letters of a year
	rows      map[string][][]any
	err       error
}

// Fill has so many letters come to a mailroom, and the databases count what they hold.
func (m *Mailroom) Fill(n int) {
	m.t.Helper()
	s := m.h.records()
	defer s.Close()
	calendar, err := city.New(s).Calendar(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	span := mailYears * 365 * 24 * time.Hour
	p := &pile{m: m, dice: rand.New(rand.NewPCG(12345, 0)), vault: store.NewVault(m.h.keys), calendar: calendar, began: time.Now().Add(-span),
		each: span / time.Duration(n), residents: m.writers(s, min(2000, n)), due: map[model.Day]model.Day{}, counted: map[int]int64{}}
	all := 0.0
	for i := range mailOffices {
		all += 1 / math.Pow(float64(i+1), 0.9)
		p.weights = append(p.weights, all)
	}
	db := m.h.open()
	defer db.Close()
	const together = 20_000
	for at := 0; at < n; at += together {
		p.rows = map[string][][]any{}
		for i := at; i < min(at+together, n); i++ {
			p.letter(i)
		}
		if p.err == nil {
			p.err = p.write(db)
		}
		if p.err != nil {
			m.t.Fatal(p.err)
		}
	}
	if m.h.IsEmbedded() {
		return
	}
	if _, err := db.Exec(`VACUUM ANALYZE`); err != nil { // as a server has done by itself that was there for a day
		m.t.Fatal(err)
	}
}

// writers are residents who write.
func (m *Mailroom) writers(s *store.Store, n int) (ids []string) {
	m.t.Helper()
	err := s.InTx(context.Background(), func(tx *store.Tx) error {
		for i := range n {
			r := &model.Resident{OpenID: fmt.Sprintf("writer-%d", i)}
			if err := tx.SaveResident(context.Background(), r); err != nil {
				return err
			}
			ids = append(ids, r.ID)
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return ids
}

const letterRow = `letters (id, number, resident_id, channel, source, topic_id, wanted_department_id, title_sealed, text_sealed, may_publish, anonymous,
	checked, state, lead_department_id, handler_id, round, designated, term_workdays, term_law, term_article, extended_workdays, extended_was,
	extended_by, extended_at, ground, merged_into, entered_by, received_at, asked_at, due_day, updated_at, version)`

// ofLetter are the columns that what hangs on a letter has of it.
const ofLetter = `received_at, due_day, state, channel, source, topic_id, lead_department_id`

// letter adds the i-th letter, and what hangs on it.
func (p *pile) letter(i int) {
	came := p.began.Add(time.Duration(i)*p.each + time.Duration(p.dice.Int64N(int64(p.each))))
	id := ulid.MustNew(ulid.Timestamp(came), p).String()
	lead := p.m.offices[p.office()]
	v := filled{id: id, came: came, lead: lead, state: p.state(time.Since(came)), round: 1,
		channel: p.one("ask", 88, "mayor", 12), source: p.one("mini", 72, "phone", 20, "counter", 6, "paper", 2), topic: p.topic()}
	if v.state.IsOpen() {
		v.due = p.dueOf(model.Today(came))
	}
	if p.chance(4) {
		v.round = 2 + p.dice.IntN(8)/7
	}
	if v.state == model.LetterReceived || v.state == model.LetterWithdrawn && p.chance(50) {
		v.lead, v.round = "", 1
	}
	year := model.Today(came).Year()
	p.counted[year]++
	ground, check := "", p.one("pass", 96, "clear", 2, "doubt", 2)
	if v.state == model.LetterRefused {
		ground = "petition"
	}
	at := came.UnixMilli()
	p.add(letterRow, id, model.LetterSeries.Number("鸢都", year, p.counted[year]), p.maybe(78, p.residents[p.dice.IntN(len(p.residents))]), v.channel,
		v.source, v.topic, p.maybe(40, lead), p.seal("letters.title_sealed", id, 12),
		p.seal("letters.text_sealed", id, 40+p.dice.IntN(200)), p.dice.IntN(2), p.dice.IntN(2), check, v.state, orNone(v.lead), p.handler(&v),
		v.round, p.flag(10), model.UsualTerm.Workdays, model.UsualTerm.Law, model.UsualTerm.Article, 0, "", "", 0, ground, nil, "", at, at, v.due, at, 3)
	p.hang(&v)
}

// filled is what the rows that hang on a letter go by.
type filled struct {
	id, lead, channel string
	source, topic     string
	came              time.Time
	state             model.LetterState
	round             int
	due               model.Day // "" where nothing is waited for
}

// hang adds who helps, what was replied, what the mayor's office wants and the steps of
// what is still open: nobody asks for the steps of others here.
func (p *pile) hang(v *filled) {
	at, open := v.came.UnixMilli(), v.state.IsOpen()
	if v.lead != "" && p.chance(12) {
		for n := range 1 + p.dice.IntN(2) {
			if helper := p.m.offices[(p.office()+n)%mailOffices]; helper != v.lead && !p.has("letter_assists (letter_id", v.id, helper) {
				p.add(`letter_assists (letter_id, department_id, n, asked_at, text_sealed, staff_id, said_at, `+ofLetter+`)`, v.id, helper, n, at,
					p.saidUnless(open, "letter_assists.text_sealed", v.id+":"+helper), "", 0, at, v.due, v.state, v.channel, v.source, v.topic, orNone(v.lead))
			}
		}
	}
	if v.state == model.LetterAnswered || v.state == model.LetterClosed || v.state == model.LetterSigning {
		r, sent := p.id(v.came), v.came.Add(time.Duration(p.dice.IntN(9*24))*time.Hour)
		stars := map[bool]int{true: 1 + p.dice.IntN(5)}[v.state == model.LetterClosed && p.chance(60)]
		sentAt, day := sent.UnixMilli(), model.Today(sent)
		if open {
			sentAt, day = 0, ""
		}
		p.add(`letter_replies (id, letter_id, n, round, text_sealed, basis, outcome, department_id, drafted_by, drafted_at, signed_by, sent_at, sent_day,
			asked_at, due_day, response, solved, satisfaction, rated_at)`, r, v.id, 1, v.round, p.seal("letter_replies.text_sealed", r, 120), "",
			p.one("solved", 50, "explained", 35, "partly", 10, "promised", 5), orNone(v.lead), "", at, "", sentAt, day, at, p.dueOf(model.Today(v.came)),
			stars, p.flag(70), stars, map[bool]int64{true: at}[stars > 0])
	}
	if v.channel == "mayor" && v.lead != "" && p.chance(25) {
		x := p.id(v.came)
		p.add(`letter_instructions (id, letter_id, n, text_sealed, department_id, staff_id, at, report_sealed, reported_by, reported_at,
			`+ofLetter+`)`, x, v.id, 1,
			p.seal("letter_instructions.text_sealed", x, 30), v.lead, "", at, nil, "", map[bool]int64{false: at}[open], at, v.due, v.state, v.channel, v.source, v.topic, orNone(v.lead))
	}
	for n, what := range []model.LetterStep{model.LetterStepReceived, model.LetterStepDispatched, model.LetterStepTaken} {
		if open {
			p.add(`letter_events (id, letter_id, n, at, what, staff_id, department_id, text_sealed)`, p.id(v.came), v.id, n+1, at, what, "", orNone(v.lead), nil)
		}
	}
}

// has says whether a row of a table begins with some values.
func (p *pile) has(table string, a, b string) bool {
	for into, rows := range p.rows {
		if strings.HasPrefix(into, table) && len(rows) > 0 && rows[len(rows)-1][0] == a && rows[len(rows)-1][1] == b {
			return true
		}
	}
	return false
}

// state is how far a letter of an age has come.
func (p *pile) state(age time.Duration) model.LetterState {
	const day = 24 * time.Hour
	waits := p.one("assigned", 70, "signing", 20, "ending", 5, "received", 5)
	switch n := p.dice.Float64() * 100; {
	case age < day && n < 50:
		return model.LetterReceived
	case age < 8*day && n < 75:
		return model.LetterState(waits)
	case age < 40*day && n < 2, n < 0.1: // for too long
		return model.LetterState(p.one("assigned", 90, "signing", 8, "ending", 2))
	case age < 40*day && n < 80:
		return model.LetterAnswered
	}
	return model.LetterState(p.one("closed", 88, "refused", 5, "ended", 1, "withdrawn", 4, "merged", 2))
}

func (p *pile) handler(v *filled) string {
	switch {
	case v.lead == "" || p.chance(40):
		return ""
	case v.lead == p.m.offices[0] && p.chance(10):
		return p.m.staff[ClerkOfMany]
	case v.lead == p.m.offices[smallOffice] && p.chance(50):
		return p.m.staff[ClerkOfFew]
	}
	return "somebody of " + v.lead[len(v.lead)-4:]
}

// office is one by chance, the first far more often than the last.
func (p *pile) office() int {
	n := p.dice.Float64() * p.weights[len(p.weights)-1]
	for i, w := range p.weights {
		if n < w {
			return i
		}
	}
	return 0
}

// topic is one by chance, the last of them seldom; some letters have none.
func (p *pile) topic() string {
	if p.chance(10) {
		return ""
	}
	a, b := p.dice.IntN(len(p.m.topics)), p.dice.IntN(len(p.m.topics))
	return p.m.topics[a*b/len(p.m.topics)]
}

func (p *pile) dueOf(day model.Day) model.Day {
	if p.due[day] == "" {
		due, err := model.UsualTerm.Due(p.calendar, day)
		if err != nil {
			p.err = err
		}
		p.due[day] = due.Day
	}
	return p.due[day]
}

// Read gives the chance that IDs are made of.
func (p *pile) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(p.dice.Uint32())
	}
	return len(b), nil
}

func (p *pile) id(at time.Time) string      { return ulid.MustNew(ulid.Timestamp(at), p).String() }
func (p *pile) chance(percent int) bool     { return p.dice.IntN(100) < percent }
func (p *pile) flag(percent int) int        { return map[bool]int{true: 1}[p.chance(percent)] }
func (p *pile) add(into string, row ...any) { p.rows[into] = append(p.rows[into], row) }

func (p *pile) maybe(percent int, value string) any {
	if p.chance(percent) {
		return value
	}
	return nil
}

// one is one of some words by chance, each with its hundredths.
func (p *pile) one(of ...any) string {
	n := p.dice.IntN(100)
	for i := 0; i < len(of); i += 2 {
		if n -= of[i+1].(int); n < 0 {
			return of[i].(string)
		}
	}
	return of[0].(string)
}

func orNone(id string) any {
	if id == "" {
		return nil
	}
	return id
}

const mailWords = "小区楼下的路灯坏了两个月一直没有人修晚上老人孩子出门很不方便打过电话说已经登记请问什么时候能够修好希望有关部门尽快处理谢谢"

func (p *pile) seal(column, id string, characters int) any {
	words := []rune(mailWords)
	var text strings.Builder
	for at := p.dice.IntN(len(words)); characters > 0; at, characters = (at+1)%len(words), characters-1 {
		text.WriteRune(words[at])
	}
	sealed, err := p.vault.Seal(column+":"+id, text.String())
	if err != nil {
		p.err = err
	}
	return sealed
}

func (p *pile) saidUnless(open bool, column, id string) any {
	if open && p.chance(60) {
		return nil
	}
	return p.seal(column, id, 30)
}

// write writes what has come together: letters before what hangs on them.
func (p *pile) write(db *sql.DB) error {
	for _, table := range []string{"letters", "letter_assists", "letter_replies", "letter_instructions", "letter_events"} {
		for into, rows := range p.rows {
			if !strings.HasPrefix(into, table+" ") {
				continue
			}
			if err := p.m.pour(db, into, rows); err != nil {
				return fmt.Errorf("fill %s: %w", table, err)
			}
		}
	}
	return nil
}

// pour writes rows as quickly as a database takes them.
func (m *Mailroom) pour(db *sql.DB, into string, rows [][]any) error {
	if m.h.IsEmbedded() {
		return pourIntoFile(db, into, rows)
	}
	table, columns, _ := strings.Cut(strings.TrimSuffix(into, ")"), " (")
	names := strings.FieldsFunc(columns, func(r rune) bool { return strings.ContainsRune(", \n\t", r) })
	c, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(context.Background(), pgx.Identifier{table}, names, pgx.CopyFromRows(rows))
		return err
	})
}

func pourIntoFile(db *sql.DB, into string, rows [][]any) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.Prepare(`INSERT INTO ` + into + ` VALUES (` + strings.TrimSuffix(strings.Repeat("?, ", len(rows[0])), ", ") + `)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, row := range rows {
		if _, err := insert.Exec(row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
