/** What is being listened to (在线听): one document at a time, wherever in the mini program one is. */
import { computed, reactive, shallowRef } from 'vue';
import {
  byPlace, goOnAt, nextSleep, nextSpeed, sentenceAt, stepped, stopped, untilEnd, type Sentence, type Stop,
} from './heard';
import { say } from './saying';
import { Problem } from '@/api/problem';
import { voices, type Voice } from '@/api/voice';
import { listening as words } from '@/locale/zh-CN';
import { goesOnElsewhere, newSound, type Sound } from '@/platform/sound';
import { recall, remember } from '@/platform/storage';

/** What the player is doing. */
export type Phase = 'off' | 'loading' | 'playing' | 'paused';

const speedPlace = 'listening-speed';
const stopsPlace = 'listening-stops';

const voice = shallowRef<Voice>();

export const listening = reactive({
  phase: 'off' as Phase,
  of: '', // kind:id
  at: 0, // the sentence that is heard
  seconds: 0,
  speed: recall<number>(speedPlace) ?? 1,
  sleep: 0, // minutes; 0 and untilEnd as in heard.ts
  onward: false, // after this document another one is heard
  /** Grows whenever the page has to go to the sentence, also where it is the same one. */
  turns: 0,
});

/** The sentences of each place of the page. */
const places = computed(() => byPlace(voice.value?.marks ?? []));
export const whole = computed(() => voice.value?.seconds ?? 0);
/** The place of the page that is heard. */
export const heardPlace = computed(() => voice.value?.marks[listening.at]?.place ?? '');

/** The sentences of a place of a document, undefined where another one is heard, or none. */
export function sentencesOf(of: string | undefined, place: string): Sentence[] | undefined {
  return of && listening.phase !== 'off' && listening.of === of ? places.value.get(place) : undefined;
}

let sound: Sound | undefined;
let sleepsAt = 0; // ms, 0 for never
/** How near to where it was sent the player has to be, in ms: it tells of itself four times a second. */
const near = 1500;
let sleeper: ReturnType<typeof setTimeout>;
/** Where the player was sent, in ms: what it says before it is there is not true any more. */
let sentTo: number | undefined;

const sounding = (): Sound =>
  (sound ??= newSound({
    heard,
    plays: () => turn('playing'),
    pauses: () => turn('paused'),
    ends: ended,
    skips: skip,
    fails: () => fail(words.failed),
  }));

function turn(phase: Phase): void {
  if (listening.phase !== 'off') listening.phase = phase;
}

function fail(sentence: string): void {
  if (listening.phase === 'off') return;
  turn('paused');
  say(sentence);
}

/** What is heard after a document: which one, and what after that; undefined for nothing. */
export type Onward = () => Promise<{ of: string; after: Onward } | undefined>;
const onwards = new Map<string, Onward>();

/** After a document, another one is to be heard. */
export function goOn(of: string, next: Onward): void {
  onwards.set(of, next);
  if (listening.of === of) listening.onward = true;
}

/** Begins with a document, where one stopped the last time. */
export async function listen(of: string): Promise<void> {
  if (listening.of === of && voice.value && listening.phase !== 'off') return toggle();
  close();
  await begin(of, false);
}

async function begin(of: string, anew: boolean): Promise<void> {
  Object.assign(listening, { phase: 'loading', of, at: 0, seconds: 0, onward: onwards.has(of) });
  try {
    const answer = await voices.of(of);
    if (listening.of !== of || listening.phase === 'off') return;
    voice.value = answer.value;
    const stop = stops().find((s) => s.of === of);
    start(anew ? 0 : goOnAt(answer.value.marks, answer.value.url, stop));
  } catch (thrown) {
    if (listening.of === of) close();
    say(Problem.of(thrown).message);
  }
}

/** Plays from a sentence on, with a player that has nothing loaded. */
function start(index: number): void {
  const v = voice.value;
  if (!v) return;
  const from = v.marks[index]?.start ?? 0;
  arrive(index);
  sentTo = from;
  listening.phase = 'loading';
  void sounding().load(v.url, v.title, index ? from : 0, listening.speed);
}

function arrive(index: number): void {
  listening.at = index;
  listening.turns += 1;
  noteStop();
}

function heard(ms: number): void {
  if (listening.phase === 'off' || !voice.value) return;
  if (sentTo !== undefined && Math.abs(ms - sentTo) > near) return;
  sentTo = undefined;
  listening.seconds = ms / 1000;
  const index = sentenceAt(voice.value.marks, ms);
  if (index !== listening.at) arrive(index);
  if (sleepsAt && Date.now() >= sleepsAt) sleepNow();
}

/** It was heard to its end. */
let isOver = false;

function ended(): void {
  if (listening.phase === 'off') return;
  arrive((voice.value?.marks.length ?? 1) - 1);
  listening.seconds = whole.value;
  turn('paused');
  isOver = true;
  if (listening.sleep === untilEnd) listening.sleep = 0;
  else void hearNext();
}

/** Goes on to what comes after the document, with the timer that is set. */
async function hearNext(): Promise<void> {
  const { of } = listening;
  const next = await onwards.get(of)?.().catch(() => undefined);
  if (!next || listening.of !== of || !isOver) return;
  isOver = false;
  onwards.set(next.of, next.after);
  await begin(next.of, true);
}

/** Plays or pauses; what was heard to its end begins anew. */
export function toggle(): void {
  if (listening.phase === 'playing') return sounding().pause();
  if (isOver) {
    isOver = false;
    return start(0);
  }
  sounding().play();
}

/** Goes some sentences on or back. */
export function skip(step: number): void {
  if (voice.value) goTo(stepped(voice.value.marks, listening.at, step));
}

/** Goes to a sentence and reads on from there. */
export function goTo(index: number): void {
  const mark = voice.value?.marks[index];
  if (!mark) return;
  isOver = false;
  sentTo = mark.start;
  listening.seconds = mark.start / 1000;
  arrive(index);
  sounding().seek(mark.start);
  if (listening.phase !== 'playing') sounding().play();
}

export function changeSpeed(): void {
  listening.speed = nextSpeed(listening.speed);
  remember(speedPlace, listening.speed);
  sounding().rate(listening.speed);
}

/** The next choice of the sleep timer. */
export function changeSleep(): void {
  listening.sleep = nextSleep(listening.sleep, listening.onward);
  clearTimeout(sleeper);
  const wait = Math.max(0, listening.sleep) * 60_000;
  sleepsAt = wait ? Date.now() + wait : 0;
  if (wait) sleeper = setTimeout(sleepNow, wait);
}

function sleepNow(): void {
  clearTimeout(sleeper);
  sleepsAt = 0;
  listening.sleep = 0;
  sounding().pause();
}

const stops = (): Stop[] => recall<Stop[]>(stopsPlace) ?? [];

function noteStop(): void {
  const v = voice.value;
  const mark = v?.marks[listening.at];
  if (!v || !mark) return;
  const stop = { of: listening.of, url: v.url, index: listening.at, place: mark.place, from: mark.from };
  remember(stopsPlace, stopped(stops(), stop));
}

/** Ends listening; where one is stays remembered. */
export function close(): void {
  if (listening.phase === 'off') return;
  listening.phase = 'off';
  listening.of = '';
  voice.value = undefined;
  sentTo = undefined;
  isOver = false;
  clearTimeout(sleeper);
  sleepsAt = 0;
  listening.sleep = 0;
  sound?.stop();
}

/** The page of a document is left: in a browser nobody could turn it off any more. */
export function leave(of: string): void {
  if (listening.of === of && !goesOnElsewhere()) close();
}
