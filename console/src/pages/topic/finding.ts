/** What can be seen to be wrong with topics before the server is asked. */
import type { Topic } from '@/api/topics';

export function wrongIn(topics: Topic[], complaint: string): Record<string, string> {
  const wrong = topics.filter(({ explanation }) => {
    const length = [...explanation.trim()].length;
    return length < 4 || length > 60;
  });
  return Object.fromEntries(wrong.map((t) => [`items.${t.id}`, complaint]));
}
