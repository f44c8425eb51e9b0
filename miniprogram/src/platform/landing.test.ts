/** The built mini program drops what stands between #ifdef H5; here the lines for WeChat come first and count. */
import { describe, expect, it } from 'vitest';
import { idOf, pageOf, plainly } from './landing';

const id = '01JDCGZ5T3Q8V7WJ4N2M6K9XRA';

describe('a code that was scanned', () => {
  it('opens its page from the first page, on a cold start too', () => {
    expect(pageOf(`p=${id}`)).toBe(`/packages/policy/policy?id=${id}`);
    expect(pageOf(`i=${id}`)).toBe(`/packages/policy/interpretation?id=${id}`);
    expect(pageOf('t=social-security')).toBe('/packages/directory/topic?id=social-security');
    expect(pageOf(`d=${id}`)).toBe(`/packages/directory/department?id=${id}`);
  });

  it('is understood however often WeChat wrapped it up', () => {
    expect(pageOf(`p%3D${id}`)).toBe(`/packages/policy/policy?id=${id}`);
    expect(pageOf(`p%253D${id}`)).toBe(`/packages/policy/policy?id=${id}`);
    expect(idOf({ scene: `p%253D${id}` })).toBe(id);
  });

  it('leaves one on the first page where it says nothing that we know', () => {
    for (const scene of ['', undefined, 'x=1', 'p=', 'p', '%', 'p%3', 'p=a b', 'p=../mine', '1011', `p=${id}&u=1`]) {
      expect(pageOf(scene)).toBeUndefined();
      expect(idOf({ scene })).toBe('');
    }
  });

  it('fits what WeChat allows a scene', () => {
    expect(`p=${id}`.length).toBeLessThanOrEqual(32);
  });
});

describe('a card or a link that was tapped', () => {
  it('names its ID plainly, before whatever a scene says', () => {
    expect(idOf({ id })).toBe(id);
    expect(idOf({ id, scene: 'p=other' })).toBe(id);
    expect(idOf({})).toBe('');
    expect(idOf(undefined)).toBe('');
  });

  it('carries words that WeChat hands over as they stand in the address', () => {
    expect(plainly({ q: encodeURIComponent('养老金 50%') })).toEqual({ q: '养老金 50%' });
    expect(plainly({ q: '50%' })).toEqual({ q: '50%' });
    expect(plainly({ sort: 'newest', q: undefined })).toEqual({ sort: 'newest' });
  });
});
