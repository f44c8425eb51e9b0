/** Which pieces of a long list or text are near what is seen, and so in the tree (Chunk.vue). */
import { shallowReactive } from 'vue';

/**
 * WeChat makes whatever lies in a component's slot, even where the component leaves the slot out: who fills a Chunk
 * leaves out itself what is not near. first: how many pieces are drawn from the start.
 */
export function useNear(first: number) {
  const known = shallowReactive(new Map<number, boolean>());
  const is = (piece: number): boolean => known.get(piece) ?? piece < first;

  /** Each change draws all pieces anew: what is told of one that was known is none. */
  function turn(piece: number, near: boolean): void {
    if (near !== is(piece)) known.set(piece, near);
  }

  return { is, turn };
}
