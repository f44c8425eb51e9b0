import pluginVue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'src/api/schema.d.ts'] },
  tseslint.configs.recommended,
  tseslint.configs.stylistic,
  pluginVue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      'max-len': ['error', { code: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 4],
      'max-depth': ['error', 2],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'src/api/client.ts asks the server, nothing else.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='innerHTML']", message: 'No HTML from text.' },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      'vue/no-v-html': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': ['error', 2],
    },
  },
  {
    // A file that is saved, and the worker that stands between the pages and the network.
    files: ['src/platform/export.ts', 'scripts/worker.js'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // A story is as long as it is told.
    files: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  { files: ['scripts/*.mjs'], languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } } },
);
