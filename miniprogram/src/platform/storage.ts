/** Small things that the phone remembers: settings, the token, what was searched. */

/** What is kept under a name, or undefined where there is nothing, or nothing that can be read. */
export function recall<T>(name: string): T | undefined {
  try {
    const text: unknown = uni.getStorageSync(name);
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something. A phone that is full says so by false; nothing breaks. */
export function remember(name: string, value: unknown): boolean {
  try {
    uni.setStorageSync(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name: string): void {
  try {
    uni.removeStorageSync(name);
  } catch {
    // what can't be reached holds nothing
  }
}
