import { expect, it } from 'vitest';
import { Problem } from './problem';

it('tells a cut network from a slow server and from nonsense', () => {
  expect(Problem.of(new TypeError('fetch failed')).code).toBe('offline');
  expect(Problem.of(new DOMException('late', 'TimeoutError')).code).toBe('timeout');
  expect(Problem.of('what?').code).toBe('unreadable');
});

it('has a sentence for people even when the answer was a page of some proxy', () => {
  const problem = Problem.from(new Response('', { status: 502 }), '<html>Bad gateway</html>');
  expect(problem.status).toBe(502);
  expect(problem.message).toMatch(/刷新/);
});

it('knows which refusals are for good: those let the next try be a new one', () => {
  const final = (status: number, code: string) => new Problem({ status, code }).isFinal;
  expect(final(422, 'input.invalid')).toBe(true);
  expect(final(409, 'request.running')).toBe(false);
  expect(final(503, 'cache.away')).toBe(false);
  expect(Problem.own('timeout').isFinal).toBe(false);
});
