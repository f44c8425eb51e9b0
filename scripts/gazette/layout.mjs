/** An issue as a web page that prints like a gazette: a red cover, what it contains, its pieces, perhaps a photograph. */
import { readFileSync } from 'node:fs';

const style = readFileSync(new URL('print.css', import.meta.url), 'utf8');

const safe = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const sayDay = (day) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/** photograph is the address of a picture. */
export function layOut(name, issue, sections, photograph) {
  let n = 0;
  for (const s of sections) for (const p of s.pieces) p.anchor = `p${++n}`;
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${name} ${issue.year}年第${issue.number}期</title>
<style>${style}
@page { @bottom-center { content: "— " counter(page) " —"; } @top-left { content: "${name}（示例）"; } @top-right { content: "${issue.year}年第${issue.number}期"; } }
@page :first { @bottom-center { content: none; } @top-left { content: none; } @top-right { content: none; } }
</style>
${cover(name, issue)}
${contents(sections, issue)}
${sections.map((s) => s.pieces.map((p, k) => piece(s, p, k, issue)).join('')).join('')}
${issue.photo ? photo(issue.photo, photograph) : ''}
</html>`;
}

function cover(name, issue) {
  return `<section class="cover"><div class="band"><div class="name">${name}</div></div>
<p class="latin">YUANDU SHI RENMIN ZHENGFU GONGBAO</p>
<p class="number">${issue.year}年第${issue.number}期</p>${issue.note ? `<p class="note">（${issue.note}）</p>` : ''}
${kite}
<p class="day">${sayDay(issue.day)}出版</p><p class="by">鸢都市人民政府办公室 主办</p>
<p class="sample">示例公报：城市、机关和内容都是虚构的</p></section>`;
}

/** The kite of the cover, drawn in lines. */
const kite = `<svg class="kite" viewBox="0 0 200 240"><g fill="none" stroke="#b3261e" stroke-width="3" stroke-linejoin="round">
<path d="M100 20 L180 90 L100 180 L20 90 Z M100 20 V180 M20 90 H180"/><path d="M100 180 C60 200 140 214 96 236"/>
<path d="M100 20 C128 60 128 120 100 180 C72 120 72 60 100 20" stroke-width="1.5"/></g></svg>`;

function contents(sections, issue) {
  const line = (p) => `<li><a href="#${p.anchor}">${safe(p.title)}${p.number ? `（${safe(p.number)}）` : ''}</a></li>`;
  const photo = issue.photo ? `<p class="section">图片</p><ul>${line({ ...issue.photo, anchor: 'photo' })}</ul>` : '';
  return `<section class="contents"><p class="head">目 录</p>
${sections.map((s) => `<p class="section">${s.name}</p><ul>${s.pieces.map(line).join('')}</ul>`).join('')}${photo}</section>`;
}

function piece(section, p, k, issue) {
  const red = issue.letterhead && section.name === '市政府文件' && k === 0;
  return `${k === 0 ? `<h1 class="part">${section.name}</h1>` : ''}
<article class="${section.policies ? 'document' : ''}${k === 0 ? ' first' : ''}">
${red ? `<div class="letterhead">${p.issuer}文件</div>` : ''}
<h2 id="${p.anchor}">${safe(p.title)}</h2>
${p.number ? `<p class="doc-number">${safe(p.number)}</p>` : ''}${red ? '<hr class="red">' : ''}
${p.blocks.map(block).join('\n')}</article>`;
}

function block(b) {
  if (b.heading) return `<h3>${safe(b.heading)}</h3>`;
  if (b.rows) return `<table>${b.rows.map((r, n) => `<tr>${r.map((c) => cell(n, c)).join('')}</tr>`).join('')}</table>`;
  return `<p class="${b.signed ? 'signed' : ''}">${safe(b.text)}</p>`;
}

const cell = (row, text) => (row === 0 ? `<th>${safe(text)}</th>` : `<td>${safe(text)}</td>`);

function photo(p, address) {
  return `<section class="photo" id="photo"><h1 class="part">图片</h1><img src="${address}" alt="">
<p class="caption"><b>${p.title}</b>　${p.caption}（示例图片，由程序绘成）</p></section>`;
}
