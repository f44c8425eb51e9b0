package media

import (
	"reflect"
	"strings"
	"testing"
)

// docxStory is a document and what a reader should have of it.
type docxStory struct {
	name  string
	doc   word
	title string
	want  []string
	notes string
}

func tellDocx(t *testing.T, stories []docxStory) {
	t.Helper()
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			d := reading(t, s.doc.file(), nil)
			if got := told(d.Passages); !reflect.DeepEqual(got, s.want) {
				t.Errorf("read as\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(s.want, "\n"))
			}
			if d.Title != s.title {
				t.Errorf("the title is %q, wanted %q", d.Title, s.title)
			}
			if got := noted(d.Notes); got != s.notes {
				t.Errorf("noted %q, wanted %q", got, s.notes)
			}
		})
	}
}

// headingStyles are those of Word in Chinese, two of somebody's own, and two
// that are based on each other.
const headingStyles = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Subtitle"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="小节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own2"><w:name w:val="小节加粗"/><w:basedOn w:val="own"/></w:style>
<w:style w:type="paragraph" w:styleId="big"><w:name w:val="标题 1"/><w:pPr><w:jc w:val="center"/></w:pPr>
<w:rPr><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="loop2"><w:basedOn w:val="loop"/></w:style>`

// large is a centred line in the type of a title.
func large(text, look string) string {
	return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>` + look + `<w:sz w:val="44"/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
}

// ownLevel is a paragraph that says its outline level itself, from 0.
func ownLevel(level, style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/><w:outlineLvl w:val="` + level + `"/></w:pPr>` + run(text) + `</w:p>`
}

func TestHeadingsOfWord(t *testing.T) {
	sentence := strings.Repeat("各部门要加强领导，", 20) + "抓好落实。"
	tellDocx(t, []docxStory{
		{"headings are known by their styles, by what those are based on, and by their own level", word{
			"styles": headingStyles,
			"body": p("第一章　总则", "1") + p("适用范围", "own") + p("适用对象", "own2") + p("正文。") +
				ownLevel("2", "a", "三级") + ownLevel("8", "a", "九级") + ownLevel("9", "1", "不是标题") + p("副题", "S") + p("转圈", "loop"),
		}, "", []string{"heading1 第一章　总则", "heading2 适用范围", "heading2 适用对象", "text 正文。",
			"heading3 三级", "heading6 九级", "text 不是标题", "text 副题", "text 转圈"}, ""},
		{"a sentence in the style of a heading is a text", word{
			"styles": headingStyles, "body": p(sentence, "1"),
		}, "", []string{"text " + sentence}, ""},
		{"a heading that is broken over two lines is one", word{
			"styles": headingStyles,
			"body": `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>` + run("第一章") + `<w:r><w:br/></w:r>` + run("总则") + `</w:p>` +
				p("上<!-- -->下", "a"),
		}, "", []string{"heading1 第一章　总则", "text 上下"}, ""},
	})
}

func TestTitlesOfWord(t *testing.T) {
	tellDocx(t, []docxStory{
		{"the style of a title makes one, later on a heading", word{
			"styles": headingStyles, "body": p("关于促进就业", "T") + p("的意见", "T") + p("文。") + p("附件", "T"),
		}, "关于促进就业的意见", []string{"text 文。", "heading1 附件"}, ""},
		{"the title is the large lines behind the head of the letter and the number", word{
			"body": large("潍坊市人民政府办公室", `<w:color w:val="FF0000"/>`) + p("潍政发〔2024〕3号") +
				large("潍坊市人民政府", "") + large("关于促进就业的意见", "") + p("各县市区："),
		}, "潍坊市人民政府关于促进就业的意见", []string{"text 潍坊市人民政府办公室", "text 潍政发〔2024〕3号", "text 各县市区："}, ""},
		{"the head of a letter is known by its words where it has no colour", word{
			"body": large("潍坊市人民政府文件", "") + large("关于促进就业的意见", "") + p("文。"),
		}, "关于促进就业的意见", []string{"text 潍坊市人民政府文件", "text 文。"}, ""},
		{"a red word in the text is no head of a letter", word{
			"body": `<w:p><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>各县市区：</w:t></w:r></w:p>` + large("附表", ""),
		}, "", []string{"text 各县市区：", "text 附表"}, ""},
		{"a text before the large line leaves the document without a title", word{
			"body": p("各县市区：") + large("附表", ""),
		}, "", []string{"text 各县市区：", "text 附表"}, ""},
		{"a heading of its own kind alone is the title, centred and large", word{
			"styles": headingStyles, "body": p("办法", "big") + p("文。"),
		}, "办法", []string{"text 文。"}, ""},
		{"where nothing is set apart, a first line that is the name of a document is its title", word{
			"body": p("鸢都市电动自行车停放充电管理办法") + p("（征求意见稿）") + p("第一条　为了规范停放，制定本办法。"),
		}, "鸢都市电动自行车停放充电管理办法（征求意见稿）", []string{"text 第一条　为了规范停放，制定本办法。"}, ""},
		{"a first line that says something is none", word{
			"body": p("现印发本市停放充电管理办法。") + p("各县市区："),
		}, "", []string{"text 现印发本市停放充电管理办法。", "text 各县市区："}, ""},
		{"several documents in one have no title", word{
			"styles": headingStyles, "body": p("第一份", "big") + p("文。") + p("第二份", "big"),
		}, "", []string{"heading1 第一份", "text 文。", "heading1 第二份"}, ""},
	})
}

func deleted(text string) string {
	return `<w:del w:id="1"><w:r><w:delText>` + text + `</w:delText></w:r></w:del>`
}

// markGone is a paragraph whose end was deleted.
func markGone(content string) string {
	return `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + content + `</w:p>`
}

func TestWhatIsNotForTheReader(t *testing.T) {
	tellDocx(t, []docxStory{
		{"changes that nobody accepted are accepted", word{
			"body": `<w:p>` + run("补贴") + deleted("100") + `<w:ins w:id="2">` + run("200") + `</w:ins>` + run("元") + `</w:p>` +
				markGone(run("前半句")) + `<w:p><w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange></w:pPr>` +
				run("后半句。") + `</w:p>` + markGone(deleted("整段删去")) + p("留下") +
				`<w:moveFrom>` + p("移走") + `</w:moveFrom><w:moveTo>` + p("移来") + `</w:moveTo>` + markGone(run("末段")),
		}, "", []string{"text 补贴200元", "text 前半句后半句。", "text 留下", "text 移来", "text 末段"}, "tracked 8"},
		{"a deleted end does not join a paragraph with a table", word{
			"body": markGone(run("甲")) + tbl(tr(tc("", "乙"), tc("", "丙"))),
		}, "", []string{"text 甲", "table [乙|丙]"}, "tracked 1"},
		{"comments and hidden text are left out, and said to be", word{
			"body": `<w:p>` + run("公开") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>` +
				`<w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r></w:p>`,
		}, "", []string{"text 公开可见"}, "comments 1, hidden 1"},
		{"what is hidden need not be text", word{
			"body": `<w:p>` + run("甲") + `<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="1"/></w:r></w:p>`,
		}, "", []string{"text 甲"}, "hidden 1"},
		{"text is hidden by its style, too", word{
			"styles": `<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>`,
			"body":   `<w:p>` + run("公开") + `<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>内部</w:t></w:r></w:p>`,
		}, "", []string{"text 公开"}, "hidden 1"},
		{"a header that says something is told of, a page number is not", word{
			"links": `<Relationship Id="r1" Type="` + relType + `header" Target="header1.xml"/>` +
				`<Relationship Id="r2" Type="` + relType + `footer" Target="footer1.xml"/>`,
			"word/header1.xml": `<w:hdr ` + wordSpaces + `>` + p("内部资料　注意保存") + `</w:hdr>`,
			"word/footer1.xml": `<w:ftr ` + wordSpaces + `>` + p("— 第 1 页 共 9 页 —") + `</w:ftr>`,
			"body":             p("文"),
		}, "", []string{"text 文"}, "page_margins 1"},
		{"wrappers are looked through, other documents inside are not", word{
			"body": `<w:sdt><w:sdtPr/><w:sdtContent>` + p("甲") + `<w:customXml w:element="x"><w:p><w:smartTag>` + run("乙") +
				`</w:smartTag><w:sdt><w:sdtContent>` + run("丙") + `</w:sdtContent></w:sdt><w:foreign>` + run("丁") +
				`</w:foreign></w:p></w:customXml></w:sdtContent></w:sdt><w:altChunk r:id="x"/>`,
		}, "", []string{"text 甲", "text 乙丙丁"}, "embedded 1"},
		{"what this program cannot read has another form to fall back on", word{
			"body": `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="aink"><w:contentPart/></mc:Choice>` +
				`<mc:Fallback><w:t>手写</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
		}, "", []string{"text 手写"}, ""},
	})
}
