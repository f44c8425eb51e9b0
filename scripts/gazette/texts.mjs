/** What is printed, read from the sample: a piece has a title, perhaps a number, and blocks. */

/** A policy or an interpretation as its Markdown has it. */
export function readDocument(text) {
  const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text);
  const field = (name) => new RegExp(`^${name}: *(.*)$`, 'm').exec(head)?.[1] ?? '';
  const title = field('标题').replace(/^政策解读：/, '');
  return {
    title,
    number: field('文号'),
    issuer: field('发文机关'),
    interprets: field('解读文件'),
    blocks: body.trim().split(/\n{2,}/).flatMap(blockOf),
  };
}

function blockOf(text) {
  const lines = text.split('\n');
  if (lines[0].startsWith('#')) return [{ heading: lines[0].replace(/^#+ */, '') }];
  if (lines[0].startsWith('|')) return [{ rows: lines.filter((l) => !/^\|[-|: ]+\|$/.test(l)).map(cells) }];
  return lines.map((line) => ({ text: line, signed: isSignature(line) }));
}

const cells = (line) => line.split('|').slice(1, -1).map((c) => c.trim());

/** Who signs, and when: set to the right. */
function isSignature(line) {
  return /^\d{4}年\d{1,2}月\d{1,2}日$/.test(line) || (line.length < 22 && /(政府|办公室|局|委员会|联合会|中心)$/.test(line));
}

/** What a meeting decided; an item that is withheld is not printed. */
export function meetingText(m) {
  const items = m.items.filter((i) => !i.withheld);
  return {
    title: `${m.title}纪要`,
    number: '',
    issuer: '鸢都市人民政府办公室',
    blocks: [
      { text: `${m.day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}，${m.chair}主持召开${m.title}，研究下列事项。` },
      ...items.flatMap((i, n) => [{ heading: `${numeral(n + 1)}、${i.title}` }, ...i.decision.split('\n').map((text) => ({ text }))]),
    ],
  };
}

const numeral = (n) => '一二三四五六七八九十'[n - 1];
