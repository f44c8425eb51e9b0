import { fileURLToPath } from 'node:url';
import uniPlugin from '@dcloudio/vite-plugin-uni';
import type { NodeTransform } from '@vue/compiler-core';
import { transformWithEsbuild, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Built for import by old rules, the plugin hands out its function inside of itself.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin;

const forWeChat = process.env.UNI_PLATFORM === 'mp-weixin';

/**
 * What WeChat wants otherwise. Components share their looks with the page and take up no place of their own, as on the
 * web; they are files with a capital letter. And <icon> is WeChat's own, so that ours goes by another name.
 */
function asWeChatHasIt(): Plugin {
  const shared = "defineOptions({ options: { virtualHost: true, styleIsolation: 'shared' } });";
  return {
    name: 'as-wechat-has-it',
    enforce: 'pre',
    transform(code, id) {
      if (!forWeChat || !id.endsWith('.vue') || id.endsWith('/App.vue')) return null;
      const named = code.replace(/(<\/?|\bimport )Icon\b/g, '$1LineIcon');
      return /\/[A-Z]\w*\.vue$/.test(id) ? named.replace(/<script setup[^>]*>/, (tag) => `${tag}\n${shared}`) : named;
    },
  };
}

/** To WeChat a control's role is its aria-role (base library 2.7.1 and later). What components are told stays role. */
const ariaRole: NodeTransform = (node) => {
  if (!forWeChat || node.type !== 1 || node.tagType !== 0) return;
  for (const said of node.props) {
    if (said.type === 6 && said.name === 'role') said.name = 'aria-role';
    if (said.type === 7 && said.arg?.type === 4 && said.arg.content === 'role') said.arg.content = 'aria-role';
  }
};

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

/** The oldest phones that WeChat runs on read no newer JavaScript; uni-app leaves some of it in. */
function forOldPhones(): Plugin {
  return {
    name: 'for-old-phones',
    enforce: 'post',
    async generateBundle(_, bundle) {
      if (!forWeChat) return;
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = (await transformWithEsbuild(file.code, file.fileName, { target: 'es2019', minify: true })).code;
      }
    },
  };
}

/**
 * The web build comes in few pieces: a slow network asks for each anew. The framework, the tabs with what all pages
 * share, and a piece for each package.
 */
function piece(id: string): string | undefined {
  if (/node_modules|vite\/|\0/.test(id)) return 'framework';
  const [, name] = /src\/packages\/(\w+)\//.exec(id) ?? [];
  return name ?? (id.includes('/src/') ? 'tabs' : undefined);
}

/** Where a running yuandu answers while the mini program is being worked on. */
const house = process.env.YUANDU_HOUSE ?? 'http://127.0.0.1:8080';

const vueOptions = { template: { compilerOptions: { nodeTransforms: [ariaRole] } } };

export default defineConfig({
  plugins: process.env.VITEST ? [] : [asWeChatHasIt(), uni({ vueOptions }), withoutForeignHosts(), forOldPhones()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': house, '/sim': house } },
  build: { assetsInlineLimit: 0, rollupOptions: forWeChat ? {} : { output: { manualChunks: piece } } },
  test: { css: true }, // styles are read by their tests
});
