// Puts the web build where the binary takes it from, dist/web, beside the placeholder page; and writes worker.js, which
// keeps the pages' own files on the phone, so that they open without a network.
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const built = new URL('../dist/build/h5/', import.meta.url);
const web = new URL('../dist/web/', import.meta.url);

for (const old of readdirSync(web)) if (old !== 'placeholder.html') rmSync(new URL(old, web), { recursive: true });
cpSync(built, web, { recursive: true });

const files = readdirSync(web, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(js|css|svg|png|woff2)$/.test(name))
  .sort();
const version = createHash('sha256');
for (const file of [...files, 'index.html']) version.update(file).update(readFileSync(new URL(file, web)));

const worker = readFileSync(new URL('worker.js', import.meta.url), 'utf8')
  .replace('__VERSION__', version.digest('hex').slice(0, 16))
  .replace('__FILES__', JSON.stringify(files.map((name) => `/m/${name}`)));
writeFileSync(new URL('worker.js', web), worker);
console.log(`dist/web: ${files.length} files that stay readable without a network`);
