package media

import "testing"

const (
	fieldBegin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	fieldShown = `<w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	fieldEnd   = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
)

func instruction(s string) string {
	return `<w:r><w:instrText xml:space="preserve"> ` + s + ` </w:instrText></w:r>`
}

// shown is a field with a result.
func shown(s, result string) string {
	return fieldBegin + instruction(s) + fieldShown + run(result) + fieldEnd
}

// field is a field without a result; form is what a form knows of it.
func field(s, form string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>` + form + `</w:ffData></w:fldChar></w:r>` + instruction(s) + fieldEnd
}

func TestFieldsOfWord(t *testing.T) {
	contents := `<w:p>` + fieldBegin + instruction(`TOC \o "1-3"`) + fieldShown + run("一、总则") +
		field(`EQ \o\ac(○,1)`, "") + shown("PAGEREF x", "3") + `</w:p>`
	tellDocx(t, []docxStory{
		{"of fields the result counts", word{
			"body": `<w:p>` + run("到") + shown(`DATE \@ "yyyy"`, "2024年5月") + `<w:fldSimple w:instr="REF a">` + run("为止") + `</w:fldSimple></w:p>`,
		}, "", []string{"text 到2024年5月为止"}, ""},
		{"a table of contents does not, nor the word above it", word{
			"styles": headingStyles,
			"body": p("目　录") + contents + p("二、附则 5") + `<w:p>` + fieldEnd + `</w:p>` + p("一、总则", "1") +
				p("目次") + `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>` +
				`<w:sdtContent>` + p("目录") + `</w:sdtContent></w:sdt>`,
		}, "", []string{"heading1 一、总则"}, "contents 2"},
		{"a table of contents that forgot to end does so at the first heading", word{
			"styles": headingStyles, "body": contents + p("一、总则", "1") + p("正文"),
		}, "", []string{"heading1 一、总则", "text 正文"}, "contents 1"},
		{"a field that never shows anything loses no more than its instruction", word{
			"body": `<w:p>` + run("甲") + fieldBegin + instruction("PAGE") + `</w:p>` + p("乙") + `<w:p>` + fieldEnd + run("丙") + `</w:p>`,
		}, "", []string{"text 甲", "text 乙", "text 丙"}, ""},
		{"characters in circles, readings, fractions and boxes to tick are fields", word{
			"body": `<w:p>` + field(`EQ \o\ac(○,印)`, "") + field(`eq \o\ac(○,3)`, "") + field(`EQ \o\ad(\s\up 9(shì),市)`, "") +
				field(`EQ \f(1,2)`, "") + field(`FORMCHECKBOX`, `<w:checkBox><w:default w:val="1"/></w:checkBox>`) +
				field(`FORMCHECKBOX`, `<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>`) +
				field(`FORMDROPDOWN`, `<w:ddList><w:result w:val="1"/><w:listEntry w:val="男"/><w:listEntry w:val="女"/></w:ddList>`) + `</w:p>`,
		}, "", []string{"text （印）③市1/2☑☐女"}, "formulas 1"},
		{"a link says where it leads, unless it shows it", word{
			"links": `<Relationship Id="r1" Type="` + relType + `hyperlink" Target="https://www.weifang.gov.cn/a" TargetMode="External"/>` +
				`<Relationship Id="r2" Type="` + relType + `hyperlink" Target="http://www.weifang.gov.cn/" TargetMode="External"/>` +
				`<Relationship Id="r3" Type="` + relType + `hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
			"body": `<w:p>` + run("见") + `<w:hyperlink r:id="r1">` + run("网站") + `</w:hyperlink>` +
				`<w:hyperlink r:id="r2">` + run("www.weifang.gov.cn") + `</w:hyperlink><w:hyperlink r:id="r3">` + run("，其他") +
				`</w:hyperlink><w:hyperlink w:anchor="b">` + run("下文") + `</w:hyperlink>` + shown(`HYPERLINK "http://a.cn/b"`, "附件") + `</w:p>`,
		}, "", []string{"text 见网站（https://www.weifang.gov.cn/a）www.weifang.gov.cn，其他下文附件（http://a.cn/b）"}, ""},
	})
}

func raised(how, text string) string {
	return `<w:r><w:rPr><w:vertAlign w:val="` + how + `"/></w:rPr><w:t>` + text + `</w:t></w:r>`
}

func TestCharactersOfWord(t *testing.T) {
	tellDocx(t, []docxStory{
		{"signs of fonts, hyphens and tabs", word{
			"body": `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B0"/>` +
				`<w:sym w:font="Webdings" w:char="F063"/><w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/></w:r>` +
				`<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r></w:p>`,
		}, "", []string{"text ☑°� A-B☑"}, "symbols 1"},
		{"raised digits, where all of it can be raised", word{
			"body": `<w:p>` + run("100m") + raised("superscript", "2") + run("CO") + raised("subscript", "2") +
				run("第") + raised("superscript", "注1") + `</w:p>`,
		}, "", []string{"text 100m²CO₂第注1"}, ""},
		{"breaks part a text, readings are left to the reader", word{
			"body": `<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:br w:type="page"/></w:r>` +
				`<w:r><w:ruby><w:rt>` + run("wéi") + `</w:rt><w:rubyBase>` + run("潍") + `</w:rubyBase></w:ruby></w:r></w:p>`,
		}, "", []string{"text 上", "text 下", "text 潍"}, ""},
		{"blanks around a text count where it says so", word{
			"body": `<w:p><w:r><w:t>甲 </w:t></w:r><w:r><w:t xml:space="preserve"> 乙
丙</w:t></w:r></w:p>`,
		}, "", []string{"text 甲 乙 丙"}, ""},
	})
}

// mr is a run of a formula.
func mr(text string) string { return `<m:r><m:t>` + text + `</m:t></m:r>` }

func TestWhatHangsOnAText(t *testing.T) {
	box := `<w:txbxContent>` + p("框中") + p("两段") + `</w:txbxContent>`
	tellDocx(t, []docxStory{
		{"notes at the foot and at the end are numbered through and stand behind the text", word{
			"footnotes": `<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>` +
				run(" 见本法第三条。") + `</w:p>` + p("下同。") + `</w:footnote>`,
			"endnotes": `<w:endnote w:id="1">` + p("另有规定的除外。") + `</w:endnote>`,
			"body": `<w:p>` + run("甲") + `<w:r><w:endnoteReference w:id="1"/></w:r>` + run("乙") + `<w:r><w:footnoteReference w:id="1"/></w:r>` +
				run("丙") + `<w:r><w:endnoteReference w:id="1"/></w:r></w:p>`,
		}, "", []string{"text 甲〔注1〕乙〔注2〕丙〔注1〕", "heading1 注释", "item 〔注1〕另有规定的除外。", "item 〔注2〕见本法第三条。 下同。"}, "notes 2"},
		{"a note that was lost leaves its mark", word{
			"body": `<w:p>` + run("甲") + `<w:r><w:footnoteReference w:id="9"/></w:r></w:p>`,
		}, "", []string{"text 甲〔注1〕", "heading1 注释", "item 〔注1〕"}, "notes 1"},
		{"the text of a box stands behind its paragraph, once", word{
			"body": `<w:p>` + run("正文") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>` +
				`<wps:wsp><wps:txbx>` + box + `</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>` +
				`<mc:Fallback><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>` +
				run("接着") + `</w:p><w:p><w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r></w:p>`,
		}, "", []string{"text 正文接着", "text 框中", "text 两段", "text 艺术字"}, "text_boxes 2"},
		{"formulas are written as a line", word{
			"body": `<w:p>` + run("面积") + `<m:oMath>` + mr("S=") + `<m:f><m:num>` + mr("a+b") + `</m:num><m:den>` + mr("2") + `</m:den></m:f>` +
				`<m:sSup><m:e>` + mr("x") + `</m:e><m:sup>` + mr("2") + `</m:sup></m:sSup>` +
				`<m:sSub><m:e>` + mr("x") + `</m:e><m:sub>` + mr("i") + `</m:sub></m:sSub>` +
				`<m:rad><m:deg/><m:e>` + mr("y+1") + `</m:e></m:rad>` +
				`<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>` + mr("i=1") + `</m:sub><m:sup>` + mr("n") + `</m:sup>` +
				`<m:e><m:d><m:e>` + mr("k") + `</m:e></m:d></m:e></m:nary></m:oMath></w:p>`,
		}, "", []string{"text 面积S=(a+b)/2x²x_i√(y+1)∑(i=1,n)(k)"}, "formulas 1"},
	})
}
