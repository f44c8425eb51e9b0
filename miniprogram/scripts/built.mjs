// What lies in a build of the mini program.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a folder and all below it, by their names from there on. */
export function files(folder, ...endings) {
  const wanted = (name) => endings.length === 0 || endings.some((e) => name.endsWith(e));
  return readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => wanted(name) && statSync(join(folder, name)).isFile())
    .sort();
}

export const text = (folder, name) => readFileSync(join(folder, name), 'utf8');
export const json = (folder, name) => JSON.parse(text(folder, name));

/** The packages that WeChat loads apart, and their sizes in bytes. The main one, root "", holds what no other does. */
export function packages(folder) {
  const roots = json(folder, 'app.json').subPackages.map((p) => p.root);
  const sizes = new Map(['', ...roots].map((root) => [root, 0]));
  for (const name of files(folder)) {
    const root = roots.find((r) => name.startsWith(`${r}/`)) ?? '';
    sizes.set(root, sizes.get(root) + statSync(join(folder, name)).size);
  }
  return [...sizes].map(([root, size]) => ({ root, size }));
}

/** The pages of app.json, by their full names. */
export function pages(folder) {
  const app = json(folder, 'app.json');
  return [...app.pages, ...app.subPackages.flatMap((p) => p.pages.map((page) => `${p.root}/${page}`))].sort();
}

/** The components that a page or component of a build uses, by their tags. */
export function componentsOf(folder, name) {
  return Object.keys(json(folder, `${name}.json`).usingComponents ?? {});
}

/** Every address in a build that leads to another host, and the files in which it stands. */
export function addresses(folder) {
  const found = new Map();
  for (const name of files(folder, '.js', '.json', '.css', '.html', '.wxml', '.wxss', '.svg')) {
    for (const [address] of text(folder, name).matchAll(/\b(?:https?|wss?):\/\/[^\s"'`)\\<>$,]*/g)) {
      found.set(address, [...new Set([...(found.get(address) ?? []), name])]);
    }
  }
  return found;
}
