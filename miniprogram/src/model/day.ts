/** Days and moments as people say them: 2026年11月23日 in documents, 11月23日 周一 in lists. All of them in Beijing's time. */

const beijing = 8 * 3600_000;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** 2026-11-23 as 2026年11月23日; what is no day stays as it is. */
export function long(day: string): string {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  return y ? `${y}年${Number(m)}月${Number(d)}日` : day;
}

/** 2026-11-23 as 11月23日 周一 within this year, else with its year and without the weekday. */
export function short(day: string, now = Date.now()): string {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  if (!y) return day;
  if (y !== today(now).slice(0, 4)) return `${y}年${Number(m)}月${Number(d)}日`;
  return `${Number(m)}月${Number(d)}日 ${weekdays[new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/** The day of a moment: yyyy-mm-dd. */
export function today(now = Date.now()): string {
  return new Date(now + beijing).toISOString().slice(0, 10);
}

/** A moment to the minute: 2026年12月28日 00:30. */
export function exactly(at: string): string {
  const then = Date.parse(at);
  return `${long(today(then))} ${new Date(then + beijing).toISOString().slice(11, 16)}`;
}

/** A moment as it is said in lists: 14:05 today, 昨天 14:05, else the day. */
export function moment(at: string | number, now = Date.now()): string {
  const then = typeof at === 'number' ? at : Date.parse(at);
  const clock = new Date(then + beijing).toISOString().slice(11, 16);
  const day = today(then);
  if (day === today(now)) return `今天 ${clock}`;
  if (day === today(now - 86_400_000)) return `昨天 ${clock}`;
  return short(day, now);
}
