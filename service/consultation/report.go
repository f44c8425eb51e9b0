package consultation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// WriteReport writes what became of what was said, out of the verdicts, for a person to
// go on with (采纳情况的说明). It says how many are still unanswered.
func (s *Service) WriteReport(ctx context.Context, by model.Actor, id string) (report []model.Passage, unanswered int, err error) {
	if err := s.may(ctx, by, model.ActReadOpinions, id); err != nil {
		return nil, 0, err
	}
	c, err := s.store.Consultation(ctx, id)
	switch {
	case err != nil:
		return nil, 0, err
	case c == nil:
		return nil, 0, model.ErrConsultationMissing
	}
	w := reporting{consultation: c}
	if w.counts, err = s.store.CountOpinions(ctx, id); err != nil {
		return nil, 0, err
	}
	if w.groups, err = s.store.OpinionGroups(ctx, id); err != nil {
		return nil, 0, err
	}
	if w.list, _, err = s.store.Opinions(ctx, Filter{ConsultationID: id, WithWords: true, MostSupported: true}); err != nil {
		return nil, 0, err
	}
	return w.write(), w.counts.Unanswered, nil
}

// reporting writes a report.
type reporting struct {
	consultation *model.Consultation
	counts       store.OpinionCounts
	groups       []model.OpinionGroup
	list         []model.Opinion
	report       []model.Passage
}

func (w *reporting) write() []model.Passage {
	c := w.consultation
	w.heading("一、征集情况")
	w.text("%s至%s，就《%s》公开征求意见，历时 %d 天。", c.Opens.Chinese(), c.Closes.Chinese(), strings.Trim(c.Title, "《》"), model.Period(c.Opens, c.Closes))
	if w.counts.Opinions == 0 {
		w.text("征集期间没有收到意见。")
		return w.report
	}
	w.text("%d 人提出意见 %d 条，其中%s。", w.counts.People, w.counts.Opinions, w.tally())
	w.points()
	w.changes()
	return w.report
}

func (w *reporting) heading(text string) {
	w.report = append(w.report, model.Passage{Kind: model.PassageHeading, Level: 1, Text: text})
}

func (w *reporting) text(form string, args ...any) {
	w.report = append(w.report, model.Passage{Kind: model.PassageText, Text: fmt.Sprintf(form, args...)})
}

// tally tells how many were adopted and how many not.
func (w *reporting) tally() string {
	verdicts, wordless := map[model.Verdict]int{}, w.counts.Opinions-len(w.list)
	for _, o := range w.list {
		verdicts[o.Verdict]++
	}
	parts := model.TellVerdicts(verdicts)
	if wordless > 0 {
		parts = append(parts, fmt.Sprintf("只表明赞成、没有提出具体意见的 %d 条", wordless))
	}
	if w.counts.Unanswered > 0 {
		parts = append(parts, fmt.Sprintf("尚未答复 %d 条", w.counts.Unanswered))
	}
	return strings.Join(parts, "，")
}

// points are the main points, a row each: what is about the same, in the order of the
// draft.
func (w *reporting) points() {
	type point struct {
		position int
		row      []string
	}
	var points []point
	add := func(clauseID, what string, count int, v model.Verdict, reason string) {
		if v == "" {
			return
		}
		position, label := -1, "整体"
		if k := model.ClauseOf(w.consultation.Clauses, clauseID); k != nil {
			position, label = k.Position, k.Label
		}
		points = append(points, point{position, []string{label, what, fmt.Sprint(count), v.Name(), reason}})
	}
	for _, g := range w.groups {
		add(g.ClauseID, g.Gist, g.Count, g.Verdict, g.Reason)
	}
	for _, o := range w.list {
		if o.GroupID == "" {
			add(o.ClauseID, w.words(o), 1, o.Verdict, o.Reason)
		}
	}
	if len(points) == 0 {
		return
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.position, b.position) })
	rows := [][]string{{"条款", "主要意见", "条数", "采纳情况", "理由"}}
	for _, p := range points {
		rows = append(rows, p.row)
	}
	w.heading("二、主要意见和采纳情况")
	w.report = append(w.report, model.Passage{Kind: model.PassageTable, Rows: rows})
}

// pointWords is how much of an opinion stands in a report, in characters.
const pointWords = 120

// words are what may be told of an opinion: what was looked at by a person, else its
// stance alone.
func (w *reporting) words(o model.Opinion) string {
	if o.State != model.OpinionShown {
		return o.Stance.Name() + "（内容未公开）"
	}
	text := strings.ReplaceAll(o.Shown, "\n", " ")
	if o.ShownWording != "" {
		text = strings.TrimSpace(text + " 建议表述：" + strings.ReplaceAll(o.ShownWording, "\n", " "))
	}
	return model.Shortened(text, pointWords)
}

// changes names what was changed because of what was said.
func (w *reporting) changes() {
	count := map[string]int{}
	var labels []string
	for _, o := range w.list {
		if !o.Verdict.Changes() {
			continue
		}
		label := cmp.Or(o.Place, o.ClauseLabel, "整体")
		if count[label]++; count[label] == 1 {
			labels = append(labels, label)
		}
	}
	if len(labels) == 0 {
		return
	}
	w.heading("三、据此作出的修改")
	for _, label := range labels {
		w.text("对%s采纳或部分采纳 %d 条意见，作了修改。", label, count[label])
	}
}
