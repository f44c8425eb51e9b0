/** How often WeChat may remind somebody: how it stands, the tap that allows once more, and when it is offered. */
import { ref, shallowRef, watch } from 'vue';
import { me, meet } from './resident';
import { said, say } from './saying';
import { newKey } from '@/api/client';
import { credits, type Credit, type CreditReport, type Credits } from '@/api/credits';
import { Problem } from '@/api/problem';
import { token } from '@/api/token';
import { allowing as words } from '@/locale/zh-CN';
import { askForMessages, mostAsked, NotAsked, type Choice } from '@/platform/subscribe';
import { recall, remember } from '@/platform/storage';

export const standing = shallowRef<Credits>();
/** WeChat is asking, or the house is being told. */
export const busy = ref(false);
/** Why a tap came to nothing; off: the way leads through WeChat's settings. */
export const trouble = ref<{ text: string; off: boolean }>();
/** Whether the sheet that nobody asked for is open. */
export const offering = ref(false);

watch(token, (given) => {
  if (!given) standing.value = trouble.value = undefined;
});

/** Reads how it stands, after telling what could not be told before. Who is away sees what was known. */
export async function lookAtCredits(): Promise<void> {
  await meet().catch(() => undefined);
  if (!me.value?.agreed) return;
  await tellKept();
  const page = await credits.list().catch(() => undefined);
  if (page) standing.value = page.value;
}

/** What one tap asks for: what lasts for always first; WeChat never asks for both sorts at once. */
export function wanted({ items }: Credits): Credit[] {
  const open = items.filter((c) => !c.lasting && !c.banned);
  const always = open.filter((c) => c.long && !c.refused);
  const once = open.filter((c) => !c.long);
  const some = [always, once, open].find((list) => list.length > 0) ?? [];
  return some.slice(0, mostAsked);
}

/** Lets WeChat ask. Nothing is waited for before: WeChat asks only right after a tap. */
export async function allow(): Promise<void> {
  const list = standing.value ? wanted(standing.value) : [];
  if (busy.value || list.length === 0) return;
  busy.value = true;
  trouble.value = undefined;
  const answer = askForMessages(
    list.map((c) => c.template),
    recall<string>('played') ?? '',
  );
  try {
    await heard(await answer);
  } catch (thrown) {
    trouble.value = whyNot(thrown);
  } finally {
    busy.value = false;
  }
}

async function heard(choices: Record<string, Choice>): Promise<void> {
  const results = Object.entries(choices).map(([template, says]) => ({ template, says }));
  if (results.length === 0) return;
  keep({ who: me.value?.id ?? '', key: newKey(), at: Date.now(), results });
  const agreed = results.some((r) => r.says === 'accept');
  if (agreed) say(words.allowed);
  else if (results.some((r) => r.says === 'reject')) trouble.value = { text: words.refused, off: true };
  await tellKept();
  if (agreed && keptReports().length > 0) say(words.toldLater);
}

function whyNot(thrown: unknown): { text: string; off: boolean } {
  const why = thrown instanceof NotAsked ? thrown.why : 'fault';
  return { text: words.notAsked[why], off: why === 'off' };
}

/** An answer that the house has not heard yet. */
interface Unheard {
  who: string;
  key: string;
  at: number;
  results: CreditReport['results'];
}

const place = 'unheard';
const day = 24 * 60 * 60 * 1000;
const keptReports = () => recall<Unheard[]>(place) ?? [];
const keep = (report: Unheard) => remember(place, [...keptReports(), report]);

let telling: Promise<void> | undefined;

/** Tells the house what it has not heard, each once: one that is not answered goes again under its key. */
export function tellKept(): Promise<void> {
  telling ??= tellAll().finally(() => (telling = undefined));
  return telling;
}

async function tellAll(): Promise<void> {
  if (keptReports().length === 0) return;
  await meet().catch(() => undefined);
  const who = me.value?.id;
  if (!who) return;
  for (const report of keptReports()) {
    if (report.who === who && Date.now() - report.at < day && !(await tell(report))) return;
    remember(
      place,
      keptReports().filter((r) => r.key !== report.key),
    );
  }
}

/** False where it has to be told again: the house can't be reached, or has no time. */
async function tell({ results, at, key }: Unheard): Promise<boolean> {
  const ago = Math.floor((Date.now() - at) / 1000);
  try {
    standing.value = await credits.report({ results, ago }, key);
    return true;
  } catch (thrown) {
    const problem = Problem.of(thrown);
    return !problem.isAway && !problem.wantsSignIn && problem.status < 500 && problem.status !== 429;
  }
}

/** With so many left, nobody is offered more unasked. */
const enough = 3;

/** Offers it after something was followed: once a day at most, and never to who refused or wants none. */
export async function offer(now = Date.now()): Promise<void> {
  await lookAtCredits();
  const page = standing.value;
  if (!page || page.calls.length === 0 || wanted(page).every((c) => c.left >= enough)) return;
  const last = recall<{ who: string; at: number }>('offered');
  if (last && last.who === me.value?.id && now - last.at < day) return;
  remember('offered', { who: me.value?.id, at: now });
  trouble.value = undefined;
  said.value = ''; // the sheet says it
  offering.value = true;
}
