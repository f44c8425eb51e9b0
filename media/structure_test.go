package media

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"yuandu/model"
)

// outline writes a body as a person would note it: kind, anchor, label, text.
func outline(body model.Body) []string {
	var all []string
	for _, k := range body {
		s := string(k.Kind)
		if k.Level > 0 {
			s += fmt.Sprint(k.Level)
		}
		for _, part := range []string{k.Anchor, k.Label, k.Text} {
			if part != "" {
				s += " " + part
			}
		}
		for _, row := range k.Rows {
			s += " [" + strings.Join(row, "|") + "]"
		}
		all = append(all, s)
	}
	return all
}

func TestStructure(t *testing.T) {
	for _, story := range []struct {
		name string
		text string
		want []string
	}{
		{"a law has chapters, articles, items and paragraphs", `
## 第一章  总　则

第一条 为了保障住房，制定本条例。

第二条　有下列情形之一的，可以申请：

（一）无房；
(二) 面积小：
1.不足十平方米的；
2、共用厨房的。
① 含阳台；

前款所称面积，指1.5米以上的部分。

第十二条之一 本条后加。

## 第二章 法律责任
### 第一节　一般规定
第十三条`, []string{
			"chapter1 c1 第一章 总则",
			"article a1 第一条 为了保障住房，制定本条例。",
			"article a2 第二条 有下列情形之一的，可以申请：",
			"item （一） 无房；",
			"item (二) 面积小：",
			"item 1. 不足十平方米的；",
			"item 2、 共用厨房的。",
			"item ① 含阳台；",
			"paragraph 前款所称面积，指1.5米以上的部分。",
			"article a12-1 第十二条之一 本条后加。",
			"chapter1 c2 第二章 法律责任",
			"section2 c2-s1 第一节 一般规定",
			"article a13 第十三条",
		}},
		{"chapters that begin anew under each part keep their own anchors", `
第一编　总　则
第一章　任务
第一条 甲。
第二编　分　则
第一章　任务
第一节　一般
第二条 乙。
第一分编　通则
第二章 罪名`, []string{
			"part1 p1 第一编 总则", "chapter3 p1-c1 第一章 任务", "article a1 第一条 甲。",
			"part1 p2 第二编 分则", "chapter3 p2-c1 第一章 任务", "section4 p2-c1-s1 第一节 一般", "article a2 第二条 乙。",
			"part2 p2-d1 第一分编 通则", "chapter3 p2-c2 第二章 罪名",
		}},
		{"a circular without articles has headings", `
# 关于做好工作的通知
各县（市、区）人民政府：
一、总体要求
（一）指导思想
（二）坚持以人民为中心，把好事办好、实事办实，让群众满意，形成长效机制。
1.问题导向。
二、将第二条修改为第六条：
三、工作安排如下，请各单位遵照执行。`, []string{
			"heading1 h1 关于做好工作的通知",
			"paragraph 各县（市、区）人民政府：",
			"heading2 h2 一、 总体要求",
			"heading3 h3 （一） 指导思想",
			"paragraph （二）坚持以人民为中心，把好事办好、实事办实，让群众满意，形成长效机制。",
			"paragraph 1.问题导向。",
			"paragraph 二、将第二条修改为第六条：",
			"paragraph 三、工作安排如下，请各单位遵照执行。",
		}},
		{"an article may stand on a line of its own", `
第一条
根据宪法，制定本条例。
第二款。
第二条
（一）甲；`, []string{
			"article a1 第一条 根据宪法，制定本条例。", "paragraph 第二款。", "article a2 第二条", "item （一） 甲；",
		}},
		{"an article that is cited is not one", `
第三条第二款规定的材料，由申请人提交。
第一条至第三条的补贴，不重复享受。
第七节相应改为第八节，第一百二十三条改为第一百二十八条。
“第五条 引文。”
第六条账户设立
第五章法律责任
第一百二十四 条采用刑讯逼供的，予以排除。`, []string{
			"paragraph 第三条第二款规定的材料，由申请人提交。",
			"paragraph 第一条至第三条的补贴，不重复享受。",
			"paragraph 第七节相应改为第八节，第一百二十三条改为第一百二十八条。",
			"paragraph “第五条 引文。”",
			"article a6 第六条 账户设立",
			"chapter1 c5 第五章 法律责任",
			"article a124 第一百二十四条 采用刑讯逼供的，予以排除。",
		}},
		{"a table of contents makes no second chapter", `
目　录
第一章　总　则……1
第二章　附　则……9
第一章　总　则
第一条 甲。
第二章　附　则
第二条 乙。`, []string{
			"paragraph 目　录", "paragraph 第一章　总　则……1", "paragraph 第二章　附　则……9",
			"chapter1 c1 第一章 总则", "article a1 第一条 甲。", "chapter1 c2 第二章 附则", "article a2 第二条 乙。",
		}},
		{"nor does one without a title, or on one line", `
## 第一章 总则 第二章 分则 第三章 附则
## 第一章 总则
## 第二章 分则
## 第三章 附则
## 第一章 总则
第一条 甲。
## 第二章 分则
## 第三章 附则`, []string{
			"heading1 h1 第一章 总则 第二章 分则 第三章 附则",
			"paragraph 第一章 总则", "paragraph 第二章 分则", "paragraph 第三章 附则",
			"chapter1 c1 第一章 总则", "article a1 第一条 甲。", "chapter1 c2 第二章 分则", "chapter1 c3 第三章 附则",
		}},
		{"a second paper under one cover gets anchors of its own", `
第二条 通知。
第二条之二 插入。
附件：办法
第二条 办法。
第二条 细则。`, []string{
			"article a2 第二条 通知。", "article a2-2 第二条之二 插入。", "paragraph 附件：办法",
			"article a2-3 第二条 办法。", "article a2-4 第二条 细则。",
		}},
		{"the numbers of an amendment go on around the articles it quotes", `
一、将第六条修改为：
第六条 新的内容：
（一）甲；
二、增加一条
附件
（一）名单`, []string{
			"paragraph 一、将第六条修改为：", "article a6 第六条 新的内容：", "item （一） 甲；",
			"heading1 h1 二、 增加一条", "paragraph 附件", "heading2 h2 （一） 名单",
		}},
		{"Markdown leaves no mark, a masked telephone keeps its asterisks", `
**发布日期**: 2025-10-31
**原文链接**: [全文](http://a.cn/b.html)，![图](./a.png)
- [附件[2018].pdf](/cms/a.pdf) (pdf)
国发[2018](修订)号，电话130****1111、138****2222
---
麦角酸*`, []string{
			"paragraph 发布日期: 2025-10-31",
			"paragraph 原文链接: 全文，图",
			"item 附件[2018].pdf (pdf)",
			"paragraph 国发[2018](修订)号，电话130****1111、138****2222",
			"paragraph 麦角酸*",
		}},
		{"a table has its head first and no ragged rows", `
| 项目 | **标准** |
|-----|:---:|
| 低保 | 800元 | 每月 |
| 特困 |

| 年份 | 数 |
|--|--|
| 2024 | - |
2023-02-20 | 证监会 | 不是表格`, []string{
			"table [项目|标准|] [低保|800元|每月] [特困||]",
			"table [年份|数] [2024|-]",
			"paragraph 2023-02-20 | 证监会 | 不是表格",
		}},
		{"blanks of every width are trimmed", "　　第一条\u3000\u2003甲。\u00a0\r\n\u200b\r　乙\u2002\n", []string{
			"article a1 第一条 甲。", "paragraph 乙",
		}},
		{"nothing makes nothing", " \n\u200b\n#\n---\n", nil},
	} {
		t.Run(story.name, func(t *testing.T) {
			got := outline(Structure(story.text))
			if !reflect.DeepEqual(got, story.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(story.want, "\n"))
			}
			mustKeepText(t, story.text)
		})
	}
}

func TestChineseNumber(t *testing.T) {
	for s, want := range map[string]int{
		"十二": 12, "一百零五": 105, "二十": 20, "一千二百六十": 1260, "〇": 0, "一": 1, "十": 10, "一百一十": 110,
		"一百十二": 112, "二〇二一": 2021, "12": 12, "１２": 12, "两百": 200, "一千零一": 1001, "九千九百九十九": 9999,
	} {
		if got, ok := ChineseNumber(s); !ok || got != want {
			t.Errorf("%s is %d, got %d %v", s, want, got, ok)
		}
	}
	for _, s := range []string{"", "百", "十百", "二十十", "一二百", "零十", "甲", "十甲", "十 二", "1十", "123456", "一百二百"} {
		if got, ok := ChineseNumber(s); ok {
			t.Errorf("%q is no number, got %d", s, got)
		}
	}
	for n := 1; n < 10_000; n++ {
		if got, ok := ChineseNumber(writeChinese(n)); !ok || got != n {
			t.Fatalf("%d, written %s, is read as %d %v", n, writeChinese(n), got, ok)
		}
	}
}

// writeChinese is the other direction, for numbers below ten thousand.
func writeChinese(n int) string {
	var s strings.Builder
	gap := false
	for _, u := range []struct {
		value int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.value % 10
		switch {
		case d == 0:
			gap = s.Len() > 0
			continue
		case gap:
			s.WriteString("零")
			gap = false
		}
		if u.value != 10 || d != 1 || s.Len() > 0 {
			s.WriteString(string([]rune("零一二三四五六七八九")[d]))
		}
		s.WriteString(u.name)
	}
	return s.String()
}
