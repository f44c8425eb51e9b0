/** How much of what somebody was told they have not read. */
import { ref, watch } from 'vue';
import { notices } from '@/api/notices';
import { token } from '@/api/token';

export const unread = ref(0);

watch(token, (given) => {
  if (!given) unread.value = 0;
});

let asking: Promise<void> | undefined;

/** Asks the house, once for all that want to know; who is away sees what was known before. */
export function countUnread(): Promise<void> {
  asking ??= count().finally(() => (asking = undefined));
  return asking;
}

async function count(): Promise<void> {
  if (!token.value) return;
  const page = await notices.unread().catch(() => undefined);
  if (page) unread.value = page.value.unread;
}
