// Removes what the last build left in dist, but for the placeholder page.
import { rmSync } from 'node:fs';

for (const old of ['dist/assets', 'dist/index.html']) {
  rmSync(new URL(`../${old}`, import.meta.url), { recursive: true, force: true });
}
