import { fileURLToPath } from 'node:url';
import uniPlugin from '@dcloudio/vite-plugin-uni';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Built for import by old rules, the plugin hands out its function inside of itself.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin;

const forWeChat = process.env.UNI_PLATFORM === 'mp-weixin';

/**
 * What WeChat wants said differently: a control's role is aria-role (base library 2.7.1 and later), and components
 * share their looks with the page and take up no place of their own, as on the web.
 */
function inWeChatsWords(): Plugin {
  const shared = "defineOptions({ options: { virtualHost: true, styleIsolation: 'shared' } });";
  return {
    name: 'in-wechats-words',
    enforce: 'pre',
    transform(code, id) {
      if (!forWeChat || !id.endsWith('.vue')) return null;
      const said = code.replace(/(\s:?)role=/g, '$1aria-role=');
      return id.includes('/components/') ? said.replace(/<script setup[^>]*>/, (tag) => `${tag}\n${shared}`) : said;
    },
  };
}

/** The framework's own hosts: a shadow below bars that we do not draw, and advertisements that we do not show. */
const framework = /https?:\/\/\w+\.dcloud\.net\.cn\/[\w./-]*/g;

/** Nothing loads from other hosts: their addresses do not even stand in what is built. */
function withoutForeignHosts(): Plugin {
  return {
    name: 'without-foreign-hosts',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(framework, 'data:,');
        else if (typeof file.source === 'string') file.source = file.source.replace(framework, 'data:,');
      }
    },
  };
}

/** The web build comes in few pieces: a slow network asks for each anew. The framework, the tabs with what all pages share, and a piece for each package. */
function piece(id: string): string | undefined {
  if (/node_modules|vite\/|\0/.test(id)) return 'framework';
  const [, name] = /src\/packages\/(\w+)\//.exec(id) ?? [];
  return name ?? (id.includes('/src/') ? 'tabs' : undefined);
}

/** Where a running yuandu answers while the mini program is being worked on. */
const house = process.env.YUANDU_HOUSE ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: process.env.VITEST ? [] : [inWeChatsWords(), uni(), withoutForeignHosts()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': house, '/sim': house } },
  build: { assetsInlineLimit: 0, rollupOptions: forWeChat ? {} : { output: { manualChunks: piece } } },
});
