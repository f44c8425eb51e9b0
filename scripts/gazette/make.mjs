/**
 * Prints the sample issues of the gazette: cmd/yuandu/sample/gazettes.json says what stands in each, its policies,
 * interpretations and meetings are the sample's own. What is printed is committed. It wants Debian's weasyprint,
 * chromium-headless-shell and fonts-noto-cjk: node scripts/gazette/make.mjs
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOut } from './layout.mjs';
import { meetingText, readDocument } from './texts.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const sample = fileURLToPath(new URL('../../cmd/yuandu/sample/', import.meta.url));

const read = (name) => readFileSync(join(sample, name), 'utf8');
const gazette = JSON.parse(read('gazettes.json'));
const meetings = new Map(JSON.parse(read('meetings.json')).map((m) => [m.key, m]));

/** The pieces of a section, in the order in which they are printed. */
function piecesOf(section) {
  return [
    ...(section.policies ?? []).map((name) => readDocument(read(`policies/${name}.md`))),
    ...(section.interpretations ?? []).map((name) => readDocument(read(`interpretations/${name}.md`))),
    ...(section.meetings ?? []).map((key) => meetingText(meetings.get(key))),
  ];
}

/** The photograph that a browser draws, as the address of a JPEG. */
function photograph() {
  const browser = process.env.CHROMIUM ?? 'chromium-headless-shell';
  const quiet =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
    '--disable-component-update --disable-sync --virtual-time-budget=20000 --dump-dom';
  const page = execFileSync(browser, [...quiet.split(' '), `file://${here}photograph.html`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 26,
  });
  return /src="(data:image\/jpeg;base64,[^"]+)"/.exec(page.toString())[1];
}

mkdirSync(join(sample, 'gazettes'), { recursive: true });
for (const issue of gazette.issues) {
  const sections = issue.sections.map((s) => ({ ...s, pieces: piecesOf(s) }));
  const html = layOut(gazette.name, issue, sections, issue.photo ? photograph() : '');
  const file = `${issue.year}-${issue.number}.pdf`;
  const printed = String(new Date(`${issue.day}T00:00:00Z`).getTime() / 1000);
  execFileSync('weasyprint', ['-e', 'utf8', '-q', '-', join(sample, 'gazettes', file)], {
    input: html,
    env: { ...process.env, SOURCE_DATE_EPOCH: printed },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  console.log(file);
}
