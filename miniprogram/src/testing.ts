/** A phone for tests: what it remembers, and a network that answers as it is told. */
import { vi } from 'vitest';

export interface Answered {
  status?: number;
  head?: Record<string, string>;
  body?: unknown;
  /** No answer comes. */
  fails?: 'offline' | 'timeout';
}

export interface Asked {
  method: string;
  url: string;
  header: Record<string, string>;
  data?: unknown;
}

export interface Phone {
  asked: Asked[];
  kept: Map<string, string>;
  /** What the network answers, one after another; the last one again and again. */
  answers: Answered[];
  full: boolean;
}

/** Puts a phone in the place of uni-app's. */
export function newPhone(...answers: Answered[]): Phone {
  const phone: Phone = { asked: [], kept: new Map(), answers, full: false };
  vi.stubGlobal('uni', {
    getStorageSync: (name: string) => phone.kept.get(name) ?? '',
    setStorageSync: (name: string, value: string) => {
      if (phone.full) throw new Error('exceed storage max size');
      phone.kept.set(name, value);
    },
    removeStorageSync: (name: string) => phone.kept.delete(name),
    request: (
      o: Asked & { success: (r: object) => void; fail: (e: object) => void; header: Record<string, string> },
    ) => {
      phone.asked.push({ method: o.method, url: o.url, header: o.header, data: o.data });
      const a = phone.answers.length > 1 ? phone.answers.shift() : phone.answers[0];
      queueMicrotask(() =>
        a === undefined || a.fails
          ? o.fail({ errMsg: `request:fail ${a?.fails === 'timeout' ? 'timeout' : ''}` })
          : o.success({ statusCode: a.status ?? 200, header: a.head ?? {}, data: a.body }),
      );
      return { abort: () => o.fail({ errMsg: 'request:fail abort' }) };
    },
  });
  return phone;
}

/** The phone's shelf, in memory. */
export function shelfInMemory(phone: Phone) {
  return {
    shelf: {
      read: async (key: string) => phone.kept.get(`shelf/${key}`),
      write: async (key: string, text: string) => {
        if (phone.full) throw new Error('the maximum size of the file storage limit is exceeded');
        phone.kept.set(`shelf/${key}`, text);
      },
      remove: async (key: string) => void phone.kept.delete(`shelf/${key}`),
    },
  };
}
