/** An endless list of policies: pages of one question, and how the house understood it. */
import { ref } from 'vue';
import { policies, type Item, type Listing } from '@/api/policy';
import { searching } from '@/locale/zh-CN';
import { pageSize } from './list';
import { usePages } from './pages';

export function useListing(question: () => Listing) {
  const hint = ref('');

  async function read(offset: number) {
    const page = await policies.list({ ...question(), limit: pageSize, offset });
    hint.value = page.value.hint?.text ?? (page.value.degraded ? searching.degraded : '');
    return page;
  }

  return { ...usePages(read, (item: Item) => item.id), hint };
}
