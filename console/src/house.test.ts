import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
const views = files.filter((f) => f.name.endsWith('.vue'));

/** The source without its comments. */
const bare = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|<!--[\s\S]*?-->/gm, '');
const breaking = (rule: RegExp, among: typeof files) => among.filter((f) => rule.test(bare(f.text))).map((f) => f.name);

describe('the house of the console', () => {
  it('is looked at', () => expect(views.length).toBeGreaterThan(40));

  it('keeps its wording in locale', () => {
    expect(breaking(/[\u4e00-\u9fff]/, views)).toEqual([]);
  });

  it('keeps the addresses of the server in api', () => {
    expect(
      breaking(
        /['"`]\/(admin|api)\//,
        files.filter((f) => !f.name.startsWith('api/')),
      ),
    ).toEqual([]);
  });

  it('asks the server by one door', () => {
    expect(
      breaking(
        /\bfetch\(/,
        files.filter((f) => f.name !== 'api/client.ts'),
      ),
    ).toEqual([]);
  });

  it('makes no HTML from text, and no colours beside the tokens', () => {
    expect(
      breaking(
        /v-html|innerHTML =/,
        files.filter((f) => f.name !== 'testing.ts'),
      ),
    ).toEqual([]);
    expect(breaking(/:\s*#(?!fff\b)[0-9a-f]{3,8}\b/, views)).toEqual([]);
  });

  it('opens every file with what it is for', () => {
    expect(
      files.filter((f) => !f.text.slice(0, 200).includes('/**') && f.name !== 'env.d.ts').map((f) => f.name),
    ).toEqual([]);
  });
});
