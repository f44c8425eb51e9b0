/** Acts on the document that is open: everything typed is saved first, and the act names the version of that. */
import { ElMessage } from 'element-plus';
import { useAct, type Act } from '@/api/act';
import type { Versioned } from '@/api/client';
import type { DeskRecord, Ref } from '@/api/documents';
import { Problem } from '@/api/problem';
import { documentActs } from '@/locale/zh-CN';

/** What an act must know of the document. */
export interface Subject {
  record: DeskRecord;
  /** The version to name, once everything is saved; undefined where that cannot be. */
  ready: () => Promise<string | undefined>;
  /** The act was done, and this is the document now. */
  done: (now: Versioned<DeskRecord>) => void;
}

type Send<In> = (ref: Ref, input: In, key: string) => Promise<Versioned<DeskRecord>>;

/** An act on a document; `said` is what people are told when it is done. */
export function useDocumentAct<In>(subject: () => Subject, send: Send<In>, said: (input: In) => string): Act<In> {
  let input: In;
  return useAct(
    async (given: In, key: string) => {
      input = given;
      const { record, ready } = subject();
      const version = await ready();
      if (version === undefined) throw new Problem({ status: 0, code: 'offline', detail: documentActs.cut });
      return send({ kind: record.kind, id: record.id, version }, given, key);
    },
    (now) => {
      subject().done(now);
      const sentence = said(input);
      if (sentence) ElMessage.success(sentence);
    },
  );
}
