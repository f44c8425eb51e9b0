/** The rules of passwords that can be seen while typing; whether one is common, only the server knows. */

export const shortest = 12;
export const longest = 128;

export type Rule = 'length' | 'own' | 'repeats' | 'new';

export interface Owner {
  login: string;
  name: string;
}

/** Every rule that can be seen here, and whether the password keeps it. */
export function rulesOf(password: string, old: string, owner: Owner): { rule: Rule; kept: boolean }[] {
  const length = [...password].length;
  return [
    { rule: 'length', kept: length >= shortest && length <= longest },
    { rule: 'own', kept: password !== '' && !holdsOwn(password, owner) },
    { rule: 'repeats', kept: password !== '' && !repeats(password) },
    { rule: 'new', kept: password !== '' && password !== old },
  ];
}

function holdsOwn(password: string, owner: Owner): boolean {
  const low = password.toLowerCase();
  return [owner.login, owner.name].some((own) => own.length > 1 && low.includes(own.toLowerCase()));
}

/** One short piece over and over. */
function repeats(password: string): boolean {
  for (let size = 1; size <= Math.min(6, password.length / 2); size++) {
    const piece = password.slice(0, size);
    if (piece.repeat(Math.ceil(password.length / size)).slice(0, password.length) === password) return true;
  }
  return false;
}
