package handler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/model"
)

// minutes is a Word document with some lines, and a table of some rows behind them.
func minutes(lines string, rows ...[]string) []byte {
	var b strings.Builder
	paragraph := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	for line := range strings.Lines(lines) {
		b.WriteString(paragraph(strings.TrimSpace(line)))
	}
	for n, row := range rows {
		if n == 0 {
			b.WriteString("<w:tbl>")
		}
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString("<w:tc>" + paragraph(cell) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	if len(rows) > 0 {
		b.WriteString("</w:tbl>")
	}
	return mediatest.DOCX(fmt.Sprintf(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`, &b))
}

const minutesOf63 = `鸢都市人民政府常务会议纪要
2026年11月5日上午9:00，市长在市政府第一会议室主持召开市十八届人民政府第63次常务会议。现将会议议定事项纪要如下：
一、关于《鸢都市供热管理办法（草案）》
会议听取了市住房和城乡建设局的汇报。
会议原则通过《鸢都市供热管理办法（草案）》，由市住房和城乡建设局牵头印发。
二、研究困难群众冬季供暖补贴
会议同意补贴标准。责任单位见附表。
责任单位：市住房和城乡建设局、市热力公司`

func TestMinutesInWordBecomeTheWorkingCopyOfAMeeting(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		f := r.editor.handed("纪要.docx", minutes(minutesOf63, []string{"类别", "标准"}, []string{"低保家庭", "800元"}))
		read := r.editor.must("POST /admin/v1/meetings/minutes", map[string]string{"file_id": f.ID})
		draft := read["draft"].(map[string]any)
		want := map[string]any{"title": "市十八届人民政府第63次常务会议", "term": "第十八届", "number": 63.0, "day": "2026-11-05", "begins": "09:00", "place": "市政府第一会议室",
			"chair": "市长", "column_id": "executive"}
		for field, value := range want {
			if draft[field] != value {
				t.Errorf("%s: %v, want %v", field, draft[field], value)
			}
		}
		items := itemsOf(draft)
		if len(items) != 2 {
			t.Fatalf("items: %v", items)
		}
		first, second := items[0].(map[string]any), items[1].(map[string]any)
		if first["title"] != "关于《鸢都市供热管理办法（草案）》" || first["decision"] != "会议原则通过《鸢都市供热管理办法（草案）》，由市住房和城乡建设局牵头印发。" {
			t.Errorf("the first item is %v", first)
		}
		for n, i := range items {
			if offices := fmt.Sprint(i.(map[string]any)["responsible_ids"]); offices != fmt.Sprint([]any{r.office}) {
				t.Errorf("item %d: %s", n+1, offices)
			}
		}
		if topics := fmt.Sprint(first["topic_ids"], second["topic_ids"]); topics != "<nil> [relief]" {
			t.Errorf("proposed are the topics %s", topics)
		}
		if table := second["body"].([]any)[0].(map[string]any); table["kind"] != "table" {
			t.Errorf("the table is not with its item: %v", second)
		}
		if codes := codesOfNotes(read); !slices.Equal(codes, []string{"minutes.unknown_office"}) || !strings.Contains(fmt.Sprint(read["notes"]), "市热力公司") {
			t.Errorf("noted: %v", read["notes"])
		}

		// What was read is a working copy like any other.
		kept := r.editor.must("POST "+meetings, map[string]any{"department_id": r.office, "content": draft})
		r.signs(kept, "")
		r.tells(t, "it is public", "GET /api/v1/meetings/"+kept["id"].(string), 200, `"phase":"decided"`, "第十八届第63次", "800元")
	})
}

func codesOfNotes(read map[string]any) (codes []string) {
	for _, n := range read["notes"].([]any) {
		codes = append(codes, n.(map[string]any)["code"].(string))
	}
	return codes
}

func TestWhatIsNoMinutesIsSaidToBeNone(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		f := r.editor.handed("通知.docx", minutes("关于放假的通知\n放假三天。"))
		read := r.editor.must("POST /admin/v1/meetings/minutes", map[string]string{"file_id": f.ID})
		if codes := codesOfNotes(read); !slices.Equal(codes, []string{"minutes.no_day", "minutes.no_items", "minutes.no_column"}) {
			t.Errorf("noted: %v", read["notes"])
		}
		pdf := r.editor.handed("纪要.pdf", mediatest.PDF(1))
		r.editor.refused(422, "document.other_kind", "POST /admin/v1/meetings/minutes", map[string]string{"file_id": pdf.ID})
		elsewhere := r.house.office(t, r.admin, "市水利局", "")
		stranger := r.hire(t, r.admin, "waidanwei", elsewhere, model.Grant{Role: model.Editor, DepartmentID: elsewhere})
		stranger.refused(404, "file.not_found", "POST /admin/v1/meetings/minutes", map[string]string{"file_id": f.ID})
	})
}
