import { createSSRApp } from 'vue';
import App from './App.vue';
import { hearBack } from '@/platform/above';

/** uni-app asks for the application by this name, on every platform. */
export function createApp() {
  hearBack();
  return { app: createSSRApp(App) };
}
