/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the house answers, for WeChat: https://… without a slash at the end. The web build asks where it came from. */
  readonly VITE_HOUSE?: string;
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent<object, object, unknown>;
  export default component;
}
