package handler_test

import (
	"fmt"
	"testing"

	"yuandu/media"
	"yuandu/model"
	"yuandu/service/ingest"
	"yuandu/store"
)

// offices is the tree of departments, parents first.
var offices = []ingest.Office{
	{Name: "鸢都市人民政府", ShortName: "市政府", Aliases: []string{"市府"}},
	{Name: "鸢都市人民政府办公室", ShortName: "市政府办", Parent: "鸢都市人民政府"},
	{Name: "鸢都市人力资源和社会保障局", ShortName: "市人社局", Aliases: []string{"人社局"}, Parent: "鸢都市人民政府"},
	{Name: "鸢都市社会保险事业中心", ShortName: "市社保中心", Parent: "鸢都市人力资源和社会保障局"},
	{Name: "鸢都市就业服务中心", Parent: "鸢都市人力资源和社会保障局"},
	{Name: "鸢都市民政局", ShortName: "市民政局", Parent: "鸢都市人民政府"},
	{Name: "鸢都市住房和城乡建设局", ShortName: "市住建局", Parent: "鸢都市人民政府"},
	{Name: "鸢都市住房公积金管理中心", ShortName: "市公积金中心", Parent: "鸢都市住房和城乡建设局"},
	{Name: "鸢都市教育局", ShortName: "市教育局", Parent: "鸢都市人民政府"},
	{Name: "鸢都市医疗保障局", ShortName: "市医保局", Parent: "鸢都市人民政府"},
	{Name: "鸢都市商务局", Parent: "鸢都市人民政府"},
	{Name: "国务院办公厅", ShortName: "国办"},
}

// Names that tests ask for, where the name is the point.
const (
	longTitle   = "鸢都市人民政府办公室关于进一步做好高校毕业生、退役军人、农民工和城镇困难人员等重点群体稳就业保就业若干政策措施落实工作的补充通知"
	hostile     = `<script>alert("题")</script>安全生产'检查"办法`
	hostileText = `第一条 </p><script>alert('文')</script><img src=x onerror=alert(1)>安全生产从头抓起。
第二条 见 <a href="javascript:alert(2)">这里</a>。`
	scriptAddress = `javascript:alert(document.cookie)`
)

// paper is one document of the fixture. The clock stands at 2026-11-24.
type paper struct {
	number, title, issuer, published string
	topic                            string
	text                             string
	more                             map[ingest.Column]string
}

const (
	written   = ingest.WrittenDate
	effective = ingest.EffectiveDate
	expiry    = ingest.ExpiryDate
	stated    = ingest.Validity
)

var papers = []paper{
	// An amended one, what amends it, a detailed rule based on it, what cites it.
	{"鸢政发〔2023〕1号", "鸢都市养老服务管理办法", "鸢都市人民政府", "2023-03-01", "养老", `第一章 总则
第一条 为了规范养老服务，保障老年人合法权益，制定本办法。
第二条 本办法适用于本市行政区域内的养老服务活动。
第二章 服务
第三条 民政部门按照下列标准发放补贴：
（一）八十周岁以上的，每人每月一百元；
（二）九十周岁以上的，每人每月二百元。
补贴由社区代为申请。
第十二条 养老机构应当公开收费标准。
第三章 附则
第十三条 本办法自2023年4月1日起施行。`,
		map[ingest.Column]string{effective: "2023-04-01", written: "2023-02-20", ingest.IndexNumber: "YD001/2023-00001",
			ingest.Theme: "民政、扶贫、救灾/养老", ingest.URL: "https://www.example.gov.cn/art/1.html?a=1&b=2"}},
	{"鸢政发〔2025〕8号", "鸢都市人民政府关于修改《鸢都市养老服务管理办法》的决定", "鸢都市人民政府", "2025-06-10", "养老",
		"现决定对《鸢都市养老服务管理办法》（鸢政发〔2023〕1号）作如下修改：\n一、将第三条中的“一百元”改为“一百二十元”。\n二、本决定自2025年7月1日起施行。",
		map[ingest.Column]string{effective: "2025-07-01"}},
	{"鸢民发〔2023〕14号", "鸢都市养老机构等级评定实施细则", "鸢都市民政局", "2023-08-15", "养老",
		"根据《鸢都市养老服务管理办法》（鸢政发〔2023〕1号），制定本细则。\n第一条 养老机构等级分为一至五级。", nil},
	{"鸢民发〔2024〕3号", "鸢都市民政局 鸢都市医疗保障局关于推进医养结合的通知", "鸢都市民政局、鸢都市医疗保障局", "2024-01-12", "养老;就医",
		"各县市区：\n为落实鸢政发〔2023〕1号文件和国办发〔2018〕123号文件精神，现就推进医养结合通知如下。\n一、支持养老机构设立医务室。", nil},
	// A repealed one and what replaced it.
	{"鸢政办发〔2019〕12号", "鸢都市居家养老服务补贴办法", "鸢都市人民政府办公室", "2019-05-06", "养老",
		"第一条 居家养老服务补贴每人每月六十元。", nil},
	{"鸢政办发〔2024〕5号", "鸢都市居家和社区养老服务补贴办法", "鸢都市人民政府办公室", "2024-04-08", "养老",
		"第一条 补贴每人每月八十元。\n第二条 本办法自2024年5月1日起施行。《鸢都市居家养老服务补贴办法》（鸢政办发〔2019〕12号）同时废止。",
		map[ingest.Column]string{effective: "2024-05-01"}},
	// One that is repealed at midnight, and the pending one that does it.
	{"鸢住建发〔2020〕7号", "鸢都市物业服务收费管理细则", "鸢都市住房和城乡建设局", "2020-09-09", "住房",
		"第一条 物业服务收费实行明码标价。", nil},
	{"鸢住建发〔2026〕9号", "鸢都市物业服务收费管理实施细则", "鸢都市住房和城乡建设局", "2026-11-18", "住房",
		"第一条 物业服务收费应当与服务水平相适应。\n第二条 本细则自2026年11月25日起施行。《鸢都市物业服务收费管理细则》（鸢住建发〔2020〕7号）同时废止。",
		map[ingest.Column]string{effective: "2026-11-25"}},
	// Others that don't hold, or soon won't.
	{"鸢人社发〔2020〕22号", "关于疫情期间阶段性减免企业社会保险费的通知", "鸢都市人力资源和社会保障局", "2020-02-28", "社保",
		"自2020年2月起，免征中小微企业基本养老保险、失业保险、工伤保险单位缴费部分。", map[ingest.Column]string{expiry: "2020-12-31"}},
	{"鸢人社发〔2024〕30号", "鸢都市创业担保贷款贴息暂行办法", "鸢都市人力资源和社会保障局", "2024-11-20", "创业;就业",
		"第一条 对符合条件的创业者给予贴息。", map[ingest.Column]string{expiry: "2026-11-24"}},
	{"鸢教发〔2012〕2号", "鸢都市幼儿园收费管理规定", "鸢都市教育局", "2012-02-14", "教育", "幼儿园收费按照类别执行。", map[ingest.Column]string{stated: "废止"}},
	{"鸢教发〔2013〕6号", "鸢都市中小学校服管理通知", "鸢都市教育局", "2013-06-01", "教育", "校服由学校集中采购。", map[ingest.Column]string{stated: "失效"}},
	// A number that others cite, one that is not here but cited, an order.
	{"国办发〔2018〕123号", "国务院办公厅关于开展政务服务工作的通知", "国务院办公厅", "2018-12-26", "", "各省、自治区、直辖市人民政府：\n请认真贯彻执行。", nil},
	{"鸢政办字〔2019〕4号", "关于贯彻落实国家政务服务工作要求的意见", "鸢都市人民政府办公室", "2019-01-20", "",
		"根据国办发〔2018〕123号文件要求，结合我市实际，提出以下意见。\n依照鲁政发〔2016〕77号执行。", nil},
	{"鸢都市人民政府令第5号", "鸢都市城市绿化管理规定", "鸢都市人民政府", "2017-07-17", "环保", "第一条 古树名木由园林主管部门建立档案。", nil},
	// Found by sound, by another word, in other characters, by a question.
	{"鸢公积金发〔2022〕3号", "鸢都市住房公积金提取管理办法", "鸢都市住房公积金管理中心", "2022-03-03", "住房",
		"第一条 职工租房的，每季度可以提取一次住房公积金。", nil},
	{"鸢公积金发〔2026〕1号", "关于调整住房公积金贷款额度的通知", "鸢都市住房公积金管理中心", "2026-05-20", "住房",
		"双缴存职工家庭贷款最高额度提高到八十万元。", nil},
	{"鸢人社发〔2021〕5号", "鸢都市城乡居民基本养老保险实施办法", "鸢都市人力资源和社会保障局", "2021-03-30", "社保;养老",
		"第一条 参保人年满六十周岁，可以按月领取养老金。\n第二条 个人缴费标准设十二个档次。", map[ingest.Column]string{effective: "2021-05-01"}},
	{"鸢社保发〔2025〕6号", "关于退休人员养老金领取资格认证的通知", "鸢都市社会保险事业中心", "2025-09-01", "社保",
		"退休后领取养老金的人员，每年应当办理一次资格认证。", nil},
	{"鸢社保发〔2023〕2号", "灵活就业人员社会保险缴费指引", "鸢都市社会保险事业中心", "2023-12-05", "社保;就业", "按月缴费，可以补缴当年的。", nil},
	{"", "關於養老院消防設施的規定", "鸢都市民政局", "2016-07-02", "养老;公共安全", "養老院應當配備滅火器。", nil},
	{"鸢人社发〔2025〕18号", longTitle, "鸢都市人力资源和社会保障局", "2025-03-18", "就业", "对重点群体给予一次性补助。", nil},
	// Characters of two UTF-16 units, a table, no date, no issuer, no number.
	{"鸢商务字〔2025〕40号", "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版", "鸢都市商务局", "2025-12-20", "消费",
		"🎉 消费券分三轮发放👨‍👩‍👧，每轮三天。🧧餐饮消费券面额五十元。", nil},
	{"鸢医保发〔2026〕4号", "鸢都市居民基本医疗保险缴费标准", "鸢都市医疗保障局", "2026-08-30", "就医",
		"缴费标准如下：\n\n| 人员 | 个人缴费 | 财政补助 |\n| --- | --- | --- |\n| 成年居民 | 400元 | 700元 |\n| 在校学生 | 380元 | 700元 |\n\n逾期不再受理。", nil},
	{"", "鸢都市历史建筑名录", "", "", "", "名录见附件。", nil},
	{"鸢发〔2015〕16号", "关于加强城市社区建设的意见", "", "2015-10-01", "", "社区是城市的细胞。", nil},
	// More of the ordinary kind, so that pages and counts mean something.
	{"鸢教发〔2024〕11号", "鸢都市义务教育阶段学校招生入学工作意见", "鸢都市教育局", "2024-05-30", "教育", "一、坚持免试就近入学。", nil},
	{"鸢教发〔2025〕9号", "鸢都市义务教育阶段学校招生入学工作通知", "鸢都市教育局", "2025-05-29", "教育", "一、坚持免试就近入学。\n二、随迁子女凭居住证入学。", nil},
	{"鸢教发〔2026〕10号", "关于做好课后服务工作的通知", "鸢都市教育局", "2026-09-01", "教育", "学校应当提供课后服务。", nil},
	{"鸢民发〔2022〕5号", "鸢都市临时救助办法", "鸢都市民政局", "2022-06-06", "救助", "第一条 对遭遇突发困难的家庭给予临时救助补贴。", nil},
	{"鸢民发〔2026〕6号", "关于提高城乡低保标准的通知", "鸢都市民政局", "2026-06-30", "救助", "城市低保标准提高到每人每月九百元。", nil},
	{"鸢医保发〔2025〕1号", "关于完善职工医保门诊共济保障机制的通知", "鸢都市医疗保障局", "2025-01-10", "就医", "提高职工医保门诊报销比例。", nil},
	{"鸢就业发〔2026〕2号", "鸢都市公益性岗位开发管理办法", "鸢都市就业服务中心", "2026-02-26", "就业", "第一条 公益性岗位优先安置就业困难人员。", nil},
	{"鸢就业发〔2024〕8号", "关于举办春季招聘会的通告", "鸢都市就业服务中心", "2024-02-19", "就业", "招聘会设摊位二百个。", nil},
	{"鸢住建发〔2025〕21号", "鸢都市老旧小区改造实施方案", "鸢都市住房和城乡建设局", "2025-07-07", "住房", "2025年改造老旧小区一百二十个，支持加装电梯。", nil},
	{"鸢政办字〔2026〕3号", "鸢都市2026年政务公开工作要点", "鸢都市人民政府办公室", "2026-04-22", "", "主动公开群众关切的信息。", nil},
	{"鸢政办字〔2025〕7号", "关于印发鸢都市消防安全专项整治方案的通知", "鸢都市人民政府办公室", "2025-04-02", "公共安全", "现将方案印发给你们，请抓好落实。", nil},
	{"", "鸢都市2024年度高龄津贴发放公告", "鸢都市民政局", "2024-12-31", "养老", "高龄津贴补贴已经发放到位。", nil},
}

// explanations are the interpretations of the fixture, by what they interpret.
var explanations = []paper{
	{"鸢政发〔2023〕1号", "《鸢都市养老服务管理办法》政策解读", "鸢都市民政局", "2023-03-05", "",
		"一、为什么要制定\n为了让老年人安心养老。\n\n第一条 这里也有第一条。\n\n## 问答\n问：补贴怎么领？\n答：到社区申请，带身份证。\n三个工作日办结。\n问：<b>外地户口</b>可以吗？\n答：可以。", nil},
	{"鸢政发〔2023〕1号;鸢民发〔2023〕14号", "一图读懂：养老服务", "鸢都市民政局", "2023-09-01", "", "一图读懂养老服务。", nil},
	{"鸢人社发〔2021〕5号", "城乡居民养老保险问答", "鸢都市人力资源和社会保障局", "2021-04-06", "",
		"问答如下。\n\n## 问答\n问：什么时候开始领？\n答：年满六十周岁。", nil},
	{"鸢公积金发〔2022〕3号", "住房公积金提取政策解读", "鸢都市住房公积金管理中心", "2022-03-10", "", "租房提取更方便。", nil},
}

func (p paper) row(line int, more map[ingest.Column]string) ingest.Row {
	values := map[ingest.Column]string{ingest.Title: p.title, ingest.DocNumber: p.number, ingest.Issuer: p.issuer,
		ingest.PublishedDate: p.published, ingest.Topic: p.topic, ingest.Text: p.text}
	for _, columns := range []map[ingest.Column]string{p.more, more} {
		for c, v := range columns {
			values[c] = v
		}
	}
	return ingest.Row{Line: line, Values: values}
}

// furnish brings the fixture in by the same way as any other import, then what
// no import file can say.
func (h *house) furnish(t testing.TB) {
	t.Helper()
	h.ids = map[string]string{}
	h.furnishOffices(t)
	in := ingest.New(h.store)
	var rows []ingest.Row
	for i, p := range papers {
		rows = append(rows, p.row(i+1, nil))
	}
	for i, p := range explanations {
		rows = append(rows, p.row(len(papers)+i+1, map[ingest.Column]string{ingest.DocNumber: "", ingest.Kind: "解读", ingest.Interprets: p.number}))
	}
	if report, err := in.Rows(ctx, rows); err != nil || report.Created != len(rows) {
		t.Fatalf("%+v, %v", report, err)
	}
	h.furnishFiles(t)
	h.furnishHostile(t)
	h.catchUp(t)
	h.learnIDs(t)
}

// furnishOffices keeps the tree under IDs that are the same in every run: what
// is counted alike is ordered by them.
func (h *house) furnishOffices(t testing.TB) {
	t.Helper()
	h.change(t, func(tx *store.Tx) error {
		for i, o := range offices {
			h.ids[o.Name] = fmt.Sprintf("0FFICE%020d", i+1)
			d := &model.Department{ID: h.ids[o.Name], ParentID: h.ids[o.Parent], Name: o.Name, ShortName: o.ShortName, Aliases: o.Aliases, Position: i}
			if err := tx.SaveDepartment(ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// furnishFiles gives documents files: attachments, a picture, and one file that
// nothing public refers to.
func (h *house) furnishFiles(t testing.TB) {
	t.Helper()
	h.change(t, func(tx *store.Tx) error {
		for _, f := range []struct{ name, mediaType, content string }{
			{"附件1：申请表（2023版）.pdf", "application/pdf", "%PDF-1.7 申请表的内容，一共有很多字节。"},
			{`../a<b>:"网页".html`, "text/html", "<script>alert(1)</script>"},
			{"picture.png", "image/png", "\x89PNG\r\n\x1a\n"},
			{"private.pdf", "application/pdf", "%PDF-1.7 草稿"},
		} {
			kept, err := h.file.Keep(ctx, tx, f.name, f.mediaType, []byte(f.content))
			if err != nil {
				return err
			}
			h.ids[f.name] = kept.FileID
		}
		return nil
	})
	owner := h.find(t, "鸢都市养老服务管理办法")
	h.change(t, func(tx *store.Tx) error {
		for _, name := range []string{"附件1：申请表（2023版）.pdf", `../a<b>:"网页".html`} {
			if err := tx.Attach(ctx, owner, h.ids[name]); err != nil {
				return err
			}
		}
		_, err := tx.SaveInterpretation(ctx, "picture", &model.Interpretation{
			Title: "一张图看懂公积金提取", PublishedDate: "2022-04-01", Body: media.Structure("看图。"),
			PictureID: h.ids["picture.png"], PictureText: `提取流程："三步"`, VideoURL: "https://video.example.gov.cn/v/1",
			SourceURL: "https://www.example.gov.cn/2", Policies: []model.PolicyRef{{DocNumber: "鸢公积金发〔2022〕3号"}}})
		return err
	})
}

// furnishHostile keeps documents whose words would be code if a page let them.
func (h *house) furnishHostile(t testing.TB) {
	t.Helper()
	h.change(t, func(tx *store.Tx) error {
		p := &model.Policy{Title: hostile, DocNumber: "鸢安发〔2014〕1号", PublishedDate: "2014-04-04", Category: "办法", Theme: `"><svg onload=alert(3)>`,
			IndexNumber: "</dd><script>alert(4)</script>", Body: media.Structure(hostileText), SourceURL: scriptAddress}
		if _, err := tx.SavePolicy(ctx, "hostile", p); err != nil {
			return err
		}
		_, err := tx.SaveInterpretation(ctx, "hostile", &model.Interpretation{
			Title: hostile + "的解读", PublishedDate: "2014-05-05", Body: media.Structure(hostileText), PictureID: h.ids["picture.png"],
			PictureText: `"><script>alert(5)</script>`, VideoURL: scriptAddress, SourceURL: scriptAddress,
			Questions: []model.Question{{Ask: "<script>alert(6)</script>？", Answer: "</p><script>alert(7)</script>"}},
			Policies:  []model.PolicyRef{{DocNumber: "鸢安发〔2014〕1号"}}})
		return err
	})
}

// change changes the database.
func (h *house) change(t testing.TB, do func(tx *store.Tx) error) {
	t.Helper()
	change(t, h.store, do)
}

// find is the ID of the policy of a title.
func (h *house) find(t testing.TB, title string) string {
	t.Helper()
	listed, err := h.store.Listed(ctx, model.KindPolicy, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range listed {
		if p, err := h.store.Policy(ctx, l.ID); err != nil || p.Title == title {
			return l.ID
		}
	}
	t.Fatalf("no policy %q", title)
	return ""
}

func (h *house) learnIDs(t testing.TB) {
	t.Helper()
	policies, err := h.store.IndexedPolicies(ctx, "", nil, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range policies {
		h.ids[p.Title] = p.ID
		if p.DocNumber != "" {
			h.ids[p.DocNumber] = p.ID
		}
	}
	interpretations, err := h.store.IndexedInterpretations(ctx, "", nil, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range interpretations {
		h.ids[i.Title] = i.ID
	}
}
