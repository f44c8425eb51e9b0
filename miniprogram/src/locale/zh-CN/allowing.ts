/** What is said of reminders through WeChat, and of the tap that allows one. */
export const allowing = {
  title: '微信提醒',
  once: '再加一次提醒',
  always: '同意一直提醒',
  offer: '要在微信里提醒您吗？',
  offerText: '已加入“我的订阅”。有了变化，会放进“消息”。点一下并在微信里选“允许”，下次有变化就再在微信里提醒您一次。',
  offerAlways: '已加入“我的订阅”。有了变化，会放进“消息”。点一下并在微信里选“允许”，以后有变化都会在微信里提醒您，不用再点。',
  notNow: '先不用',
  close: '好的',
  allowed: '好的，记下了',
  toldLater: '记下了，有网后自动报上',
  refused: '您选了不提醒。变化照样会放进“消息”。以后想收到，再点一下就行。',
  notAsked: {
    'no tap': '微信没有打开询问，请再点一次',
    off: '您在微信里关掉了这个小程序的消息',
    network: '网络不通，没能问到微信，请稍后再点一次',
    fault: '没能问到微信，请稍后再试。变化照样会放进“消息”',
  },
  way: '如果点了没有反应，是因为选过“总是保持以上选择”：点右上角的“…”，进“设置”里的“通知管理”，打开后回来再点一下。',
  settings: '打开微信的设置',
};
