/** Starts the console. */
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { queries } from './api/query';
import { forgetSession } from './api/session';
import { listen, onSignedOutElsewhere } from './api/traffic';
import { router } from './router';
import './styles';

listen();
onSignedOutElsewhere(() => {
  forgetSession();
  void router.push({ name: 'signin' });
});
createApp(App).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app');
