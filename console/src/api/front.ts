/** The first page that residents see: its blocks and notices. */
import { answer, api, once, versioned, type Versioned } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type FrontTable = components['schemas']['HomeTable'];
type Line = components['schemas']['HomeLine'];
type SentNotice = components['schemas']['HomeNotice'];

/** What can be changed of a block; its kind is its ID. */
export interface Block {
  id: string;
  title: string;
  shown: boolean;
}

/** A notice, with an ID of the form's own. */
export interface Notice extends SentNotice {
  id: string;
}

/** The first page as the form changes it. */
export interface Front {
  blocks: Block[];
  notices: Notice[];
}

const blockOf = ({ kind, title, shown }: Line): Block => ({ id: kind, title, shown });

export const frontOf = (table: FrontTable): Front => ({
  blocks: table.blocks.map(blockOf),
  notices: table.notices.map((n, at) => ({ id: `n${at}`, title: n.title, text: n.text, until: n.until })),
});

export const readFront = () => versioned(api.GET('/admin/v1/home'));

export function useFront() {
  return useReading<Versioned<FrontTable>>({ key: ['front'], read: readFront });
}

export const saveFront = async ({ value, version }: Versioned<Front>, key: string) => {
  const body = {
    blocks: value.blocks.map(({ id, title, shown }) => ({ kind: id, title, shown })),
    notices: value.notices.map(({ title, text, until }) => ({ title, text, until })),
  };
  await answer(api.PUT('/admin/v1/home', { body, params: { header: once(key, version) } }));
  await changed('front');
};
