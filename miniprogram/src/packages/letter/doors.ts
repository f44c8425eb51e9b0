/**
 * What does not belong in a letter, told by its words: the right door is another one. Nothing is refused for it, and
 * nothing is lost: who writes decides.
 */

export type Door = 'fire' | 'police' | 'ambulance' | 'discipline' | 'court' | 'petition' | 'disclosure';

/** Whom one calls; '' for the city's own number. */
export const calls: Record<Door, string> = {
  fire: '119', police: '110', ambulance: '120', discipline: '12388', court: '12348', petition: '', disclosure: '',
};

export const isUrgent = (door: Door): boolean => ['fire', 'police', 'ambulance'].includes(door);

/** What looks like it and is something else: that of which it is feared, or the thing by which one is warned. */
const harmless = new RegExp(
  [
    '(?:火灾|着火|起火)(?:的?隐患|风险|危险)', '(?:消除|预防|防止|避免|容易|怕|担心|万一|一旦)[^，。！？；]{0,6}(?:火灾|着火|起火|失火)',
    '(?:防|灭|消)火\\S?', '火灾(?:报警|保险|公众)', '报警(?:器|装置|系统|设备|平台|电话)', '(?:可燃气体|燃气|烟雾|烟感)报警',
    '救命(?:药|钱|之恩|恩人)', '急救(?:站|设备|知识|培训|箱|包)', '(?:法院|仲裁委|检察院|信访局|纪委)(?:旁|门口|对面|附近|东|西|南|北|路|宿舍|家属院)',
    '(?:公开|公布)(?:招聘|课|栏)', '自杀式',
  ].join('|'),
  'g',
);

const signs: [Door, RegExp][] = [
  ['fire', /着火|起火|失火|火灾|大火|冒浓烟|爆炸|(?:煤气|燃气|天然气)(?:泄漏|泄露|漏气|味)|困在电梯|电梯(?:里)?(?:困|关)人/],
  ['police', /报警|报案|救命|杀人|抢劫|绑架|拐卖|砍人|持刀|有人打架|正在打人|家暴|入室|被盗|偷(?:了|走)|被骗(?:了|走)?\S{0,4}钱|诈骗|吸毒|贩毒|赌博/],
  ['ambulance', /昏迷|晕倒|昏倒|不省人事|心梗|大出血|没有呼吸|喝(?:了)?农药|自杀|跳楼|轻生|急救|救护车/],
  ['discipline', /贪污|受贿|行贿|索贿|收红包|吃拿卡要|公款吃喝|(?:举报|检举)\S{0,12}(?:局长|主任|书记|干部|科长|村主任|公务员)/],
  ['court', /起诉|诉讼|法院|判决|执行(?:局|法官|案件)|仲裁|行政复议|打官司/],
  ['petition', /信访|上访/],
  ['disclosure', /(?:申请|要求)(?:政府)?信息公开|依申请公开|公开\S{0,10}(?:批文|档案|会议纪要)/],
];

/** The doors that the words of a letter speak of, the most urgent first. */
export function doorsFor(...texts: string[]): Door[] {
  const said = texts.join('\n').replace(harmless, '');
  return signs.filter(([, sign]) => sign.test(said)).map(([door]) => door);
}
