import { describe, expect, it } from 'vitest';
import { readHTML, readText } from './paste';
import { chinese, numberOf } from './numbering';

/** Passages as one reads them: a letter for the kind, then the text. */
const read = (html: string): string[] =>
  readHTML(html).passages.map((p) => {
    const mark = { heading: `H${p.level}`, text: 'T', item: 'I', table: 'X', picture: 'P' }[p.kind];
    return `${mark} ${p.kind === 'table' ? JSON.stringify(p.rows) : p.text}`;
  });

const wordHead = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/ADMINI~1/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!--
/* Font Definitions */
@font-face {font-family:仿宋_GB2312; panose-1:2 1 6 9 3 1 1 1 1 1;}
p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-unhide:no; margin:0cm; text-align:justify; font-size:16.0pt;}
p.a5, li.a5, div.a5 {mso-style-name:"公文标题 二"; mso-outline-level:2; font-family:楷体;}
p {margin-right:0cm;}
--></style></head><body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->`;
const wordFoot = '<!--EndFragment--></body></html>';
const word = (body: string) => read(wordHead + body + wordFoot);

describe('from Word', () => {
  it('headings by their style, lines without their indent, and nothing of its machinery', () => {
    expect(
      word(`
<p class=MsoTitle align=center><span lang=ZH-CN style='font-family:方正小标宋简体'>鸢都市公共数据开放办法<o:p></o:p></span></p>
<h1 style='line-height:28.0pt'><span style='font-family:黑体'>第一章<span style='mso-spacerun:yes'>&nbsp; </span>总则<o:p></o:p></span></h1>
<p class=a5><span>（一）工作目标<o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-outline-level:3'><span>1.近期目标</span></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span
style='font-family:仿宋_GB2312'>第一条<span style='mso-spacerun:yes'>　</span>为了规范本市公共数据开放，促进
数据要素流通，根据<b>《中华人民共和国数据安全法》</b>制定本办法。<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><span>　　　　本办法自<span lang=EN-US>2026</span>年<span lang=EN-US>12</span>月<span
lang=EN-US>1</span>日起施行。</span></p>`),
    ).toEqual([
      'H1 鸢都市公共数据开放办法',
      'H1 第一章 总则',
      'H2 （一）工作目标',
      'H3 1.近期目标',
      'T 第一条　为了规范本市公共数据开放，促进数据要素流通，根据《中华人民共和国数据安全法》制定本办法。',
      'T 本办法自2026年12月1日起施行。',
    ]);
  });

  it('lists keep the numbers that Word has computed, and dots become entries', () => {
    expect(
      word(`
<p class=MsoListParagraph style='margin-left:42.0pt;text-indent:-42.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=EN-US style='mso-fareast-font-family:等线'><span style='mso-list:Ignore'>一、<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span>总体要求</span></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>（一）<span style='font:7.0pt "Times New Roman"'>&nbsp;</span></span></span><![endif]><span>指导思想</span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>3.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span>坚持便民利企</span></p>
<p class=MsoListParagraph style='mso-list:l3 level1 lfo4'><![if !supportLists]><span><span style='mso-list:Ignore'>第十二条<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]><span>本条的话</span></p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><![if !supportLists]><span lang=EN-US style='font-family:Wingdings;
mso-fareast-font-family:Wingdings'><span style='mso-list:Ignore'>l<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]><span>身份证原件</span></p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><![if !supportLists]><span lang=EN-US style='font-family:Wingdings'><span
style='mso-list:Ignore'><span style='font-family:Wingdings'>l</span><span>&nbsp; </span></span></span><![endif]></p>
<p class=MsoNormal><span>以上材料一式两份。</span></p>`),
    ).toEqual([
      'T 一、总体要求',
      'T （一）指导思想',
      'T 3. 坚持便民利企',
      'T 第十二条　本条的话',
      'I 身份证原件',
      'T 以上材料一式两份。',
    ]);
  });

  it('tables keep what was merged, and the lines of a cell', () => {
    const { passages } =
      readHTML(`${wordHead}<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>
<tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=120 rowspan=2 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal><span>类别<o:p></o:p></span></p></td>
<td width=240 colspan=2 valign=top><p class=MsoNormal align=center><span>补贴标准</span></p></td></tr>
<tr><td><p class=MsoNormal>城镇</p></td><td><p class=MsoNormal>农村</p></td></tr>
<tr style='mso-yfti-lastrow:yes'><td><p class=MsoNormal>低保</p><p class=MsoNormal>（每人每月）</p></td><td><p class=MsoNormal><span lang=EN-US>1,064</span></p></td><td><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></td></tr>
</table>${wordFoot}`);
    expect(passages).toEqual([
      {
        kind: 'table',
        rows: [
          ['类别', '补贴标准', ''],
          ['', '城镇', '农村'],
          ['低保\n（每人每月）', '1,064', ''],
        ],
        spans: [
          { row: 0, column: 0, rows: 2, columns: 1 },
          { row: 0, column: 1, rows: 1, columns: 2 },
        ],
      },
    ]);
  });

  it('footnotes are numbered and stand at the end', () => {
    expect(
      word(`<p class=MsoNormal>按上年度职工平均工资<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></span></a>计算。</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"
title=""><span class=MsoFootnoteReference>[1]</span></a> 以统计部门公布的为准。</p></div></div>`),
    ).toEqual(['T 按上年度职工平均工资〔注1〕计算。', 'H1 注释', 'I 〔注1〕以统计部门公布的为准。']);
  });

  it('what was struck out, the remarks of colleagues and the contents do not come along', () => {
    expect(
      word(`<p class=MsoToc1><a href="#_Toc1">第一章 总则<span style='mso-tab-count:1 dotted'>. </span>1</a></p>
<p class=MsoNormal>期限为<del cite="mailto:李强" datetime="2026-11-01T10:00">五</del><ins cite="mailto:李强">十</ins>个工作日<a style='mso-comment-reference:李_1'>内</a><span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[李1]</a></span>办结。</p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>内部编号 7788</span></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>这里再核一下</p></div></div>`),
    ).toEqual(['T 期限为十个工作日内办结。']);
  });

  it('a soft break stays within the line, an indent behind it begins another', () => {
    expect(word('<p class=MsoNormal>联系人：办公室<br>\n电话：8888888<br>　　地址：东风东街</p>')).toEqual([
      'T 联系人：办公室\n电话：8888888',
      'T 地址：东风东街',
    ]);
  });

  it('small figures keep their meaning', () => {
    expect(word('<p class=MsoNormal>120 m<sup>2</sup>，CO<sub>2</sub>，注<sup>甲</sup></p>')).toEqual([
      'T 120 m²，CO₂，注甲',
    ]);
  });

  it('pictures in its own files cannot be read, and are counted', () => {
    const { passages, missing } =
      readHTML(`${wordHead}<p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/clip_image001.png"/></v:shape><![endif]--><![if !vml]><img
width=553 height=311 src="file:///C:/Users/ADMINI~1/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg" v:shapes="图片_x0020_1"><![endif]>图 1</p>${wordFoot}`);
    expect(passages).toEqual([{ kind: 'text', text: '图 1' }]);
    expect(missing).toBe(1);
  });
});

describe('from WPS', () => {
  it('a document with headings, lists and a table', () => {
    expect(
      read(`<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style>@page{mso-page-border-surround-header:no;}</style></head>
<body style="tab-interval:21pt;text-justify-trim:punctuation;"><!--StartFragment-->
<h2 style="text-align:center;" align=center><b><span style="mso-spacerun:'yes';font-family:黑体;mso-bidi-font-family:'Times New Roman';font-weight:bold;font-size:16.0000pt;"><font face="黑体">申请材料</font></span></b><b><span style="mso-spacerun:'yes';"><o:p></o:p></span></b></h2>
<p class=MsoNormal style="margin-left:0pt;text-indent:0pt;mso-list:l0 level1 lfo1;"><![if !supportLists]><span style="font-family:仿宋;"><span style='mso-list:Ignore;'>（一）<span>&nbsp;</span></span></span><![endif]><span style="mso-spacerun:'yes';font-family:仿宋;"><font face="仿宋">申请表</font></span><span><o:p></o:p></span></p>
<p class=MsoNormal><span style="mso-spacerun:'yes';"><font face="仿宋">&nbsp;&nbsp;&nbsp;&nbsp;申请人应当如实</font></span><span style="mso-spacerun:'yes';"><font face="仿宋">填写。</font></span></p>
<table class=MsoTableGrid border=1 cellspacing=0 style="border-collapse:collapse;"><tr><td width=284 valign=top style="width:213.05pt;" ><p class=MsoNormal><span>序号</span><span><o:p></o:p></span></p></td><td width=284 valign=top><p class=MsoNormal><span>名称</span></p></td></tr>
<tr><td><p class=MsoNormal><span>1</span></p></td><td><p class=MsoNormal><span>营业执照</span></p></td></tr></table><!--EndFragment--></body></html>`),
    ).toEqual(['H2 申请材料', 'T （一）申请表', 'T 申请人应当如实填写。', 'X [["序号","名称"],["1","营业执照"]]']);
  });
});

describe('from Excel', () => {
  it('a sheet: merged cells, breaks in a cell, no hidden rows, no cells that only overflow', () => {
    const { passages } =
      readHTML(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"\\#\\,\\#\\#0\\.00";}--></style></head><body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse;width:162pt'><!--StartFragment--><col width=72 span=3 style='width:54pt'>
<tr height=19><td colspan=3 height=19 class=xl66 width=216>2026 年预算安排</td></tr>
<tr height=19><td colspan=2 height=19 style='mso-ignore:colspan'>单位：万元（不含上级补助）</td><td></td></tr>
<tr height=38><td height=38 class=xl67 width=72>项目<br style='mso-data-placement:same-cell'>名称</td><td>年初</td><td>调整后</td></tr>
<tr height=0 style='display:none'><td>内部测算</td><td>9</td><td>9</td></tr>
<tr height=19><td>道路养护</td><td align=right class=xl65>1,234.50</td><td align=right class=xl65>1,300.00</td></tr><!--EndFragment-->
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td><td width=72></td><td width=72></td></tr><![endif]></table></body></html>`);
    expect(passages).toEqual([
      {
        kind: 'table',
        rows: [
          ['2026 年预算安排', '', ''],
          ['单位：万元（不含上级补助）', '', ''],
          ['项目\n名称', '年初', '调整后'],
          ['道路养护', '1,234.50', '1,300.00'],
        ],
        spans: [{ row: 0, column: 0, rows: 1, columns: 3 }],
      },
    ]);
  });

  it('forty columns are forty columns', () => {
    const row = `<tr>${Array.from({ length: 40 }, (_, n) => `<td>${n + 1}</td>`).join('')}</tr>`;
    expect(readHTML(`<table>${row}${row}</table>`).passages[0]?.rows?.map((r) => r.length)).toEqual([40, 40]);
  });
});

describe('from web pages', () => {
  it('lists of every sort, their numbers written out', () => {
    expect(
      read(`<ol start="3"><li>受理</li><li><p>审查</p><p>说明一句</p><ul><li>形式</li><li>内容</li></ul></li><li value="9">送达</li></ol>
<ol type="a"><li>甲</li></ol><ol style="list-style-type: cjk-ideographic"><li>总则</li></ol>`),
    ).toEqual(['T 3. 受理', 'T 4. 审查', 'T 说明一句', 'I 形式', 'I 内容', 'T 9. 送达', 'T a. 甲', 'T 一、总则']);
  });

  it('scripts, styles, buttons and what is hidden stay behind', () => {
    expect(
      read(`<script>alert(1)</script><style>p{color:red}</style><p onclick="alert(2)">正文<button>分享</button></p>
<!-- 注释 --><noscript>请开启脚本</noscript><div hidden>藏着</div><iframe></iframe><p><a href="javascript:alert(3)">链接</a></p>`),
    ).toEqual(['T 正文', 'T 链接']);
  });

  it('a page laid out with tables and breaks reads as paragraphs', () => {
    expect(
      read(
        `<table><tr><td><table><tr><td><div id="zoom">　　各县市区人民政府：<br><br>　　现将有关事项通知如下。<br>　　一、提高认识。</div></td></tr></table></td></tr></table>`,
      ),
    ).toEqual(['T 各县市区人民政府：', 'T 现将有关事项通知如下。', 'T 一、提高认识。']);
  });

  it('pictures that come along are kept for uploading, those elsewhere are counted', () => {
    const { passages, missing } = readHTML(
      '<p>前</p><img src="data:image/png;base64,iVBORw0KGgo=" alt="流程图"><img src="https://example.com/a.png"><img src="data:image/svg+xml;base64,PHN2Zz4="><img src="https://example.com/dot.gif" width="1" height="1"><p>后</p>',
    );
    expect(passages).toEqual([
      { kind: 'text', text: '前' },
      { kind: 'picture', text: '流程图', source: 'data:image/png;base64,iVBORw0KGgo=' },
      { kind: 'text', text: '后' },
    ]);
    expect(missing).toBe(2);
  });

  it('a picture within a cell stands behind its table', () => {
    expect(
      read('<table><tr><td>甲</td><td>乙<img src="data:image/png;base64,iVBORw0KGgo=" alt="章"></td></tr></table>'),
    ).toEqual(['X [["甲","乙"]]', 'P 章']);
  });
});

it('plain text becomes its lines', () => {
  expect(readText('　　第一段\r\n\r\n\r\n  第二段\u200b\n')).toEqual([
    { kind: 'text', text: '第一段' },
    { kind: 'text', text: '第二段' },
  ]);
});

it('numbers are written as their list writes them', () => {
  expect([1, 10, 12, 20, 35].map(chinese)).toEqual(['一', '十', '十二', '二十', '三十五']);
  expect([numberOf('upper-roman', 14), numberOf('A', 2), numberOf('decimal', 7)]).toEqual(['XIV. ', 'B. ', '7. ']);
});

it('a law of five hundred articles is read while one waits', () => {
  const articles = Array.from(
    { length: 500 },
    (
      _,
      n,
    ) => `<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>第${chinese(n + 1)}条<span>　</span>${'行政机关应当依法公开政府信息，'.repeat(6)}</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>（一）<span>&nbsp;</span></span><![endif]><span>应当公开的；</span></p>`,
  ).join('');
  const began = performance.now();
  const { passages } = readHTML(wordHead + articles + wordFoot);
  expect(passages).toHaveLength(1000);
  expect(performance.now() - began).toBeLessThan(5000); // a browser takes a tenth of it;
});
