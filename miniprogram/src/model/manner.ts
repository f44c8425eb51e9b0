/** How this reader wants things: in large type or not, and how large a document's text. It stays on the phone. */
import { reactive } from 'vue';
import { fontScale } from '@/platform/manner';
import { recall, remember } from '@/platform/storage';

/** How many times the usual size a document's text may have. */
export const textSizes = [1, 1.15, 1.3, 1.5, 1.8] as const;

interface Manner {
  elder: boolean;
  text: number; // one of textSizes
  scale: number; // the phone's own
}

const place = 'manner';
const largest = 1.6;

export const manner = reactive<Manner>({ elder: false, text: 1, ...recall<Partial<Manner>>(place), scale: 1 });

/** Looks how large the phone shows type; it may have changed while we were away. */
export function measure(): void {
  manner.scale = Math.min(largest, Math.max(1, fontScale()));
}

export function setElder(on: boolean): void {
  manner.elder = on;
  keep();
}

export function setText(size: number): void {
  manner.text = size;
  keep();
}

function keep(): void {
  remember(place, { elder: manner.elder, text: manner.text });
}
