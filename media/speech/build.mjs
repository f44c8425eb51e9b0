// Puts the encoder where the binary takes it from: dist, beside the placeholder.
import { copyFileSync } from 'node:fs';

const from = new URL('node_modules/wasm-media-encoders/wasm/mp3.wasm', import.meta.url);
copyFileSync(from, new URL('dist/mp3.wasm', import.meta.url));
