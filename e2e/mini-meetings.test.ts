/** What residents see of meetings: from the agenda to what was decided, on the phone and on the open web. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriers } from './browser';
import { convene, correct, offices, takeBack, type Content } from './meetings';
import { openOffice, type Office } from './office';
import { arrived, look, signInAs, takePhone } from './phone';

let office: Office;
let page: Page;
const ids = { coming: '', held: '', decided: '', heating: '' };
const day = (from: number) => new Date(Date.now() + 8 * 3600_000 + from * 86_400_000).toISOString().slice(0, 10);
const row = (on: Page, title: string) => on.locator('.meeting-row').filter({ hasText: title });
const title = '十八届市政府第63次常务会议';
const first = '审议《鸢都市供热管理办法（草案）》，研究冬季供热价格、供热质量监督和困难家庭取暖补贴的衔接安排';

beforeAll(async () => {
  office = await openOffice();
  const all = await offices(office);
  const named = (name: string) => all.get(name) ?? '';
  const many = [...all.values()].slice(0, 12);
  await office.administrator.request.post('/admin/v1/meeting-columns', {
    data: { name: '防汛抗旱' }, headers: { 'Idempotency-Key': randomUUID() }, // a column of which nothing is public yet
  });
  const executive = { column_id: 'executive', term: '十八届', place: '市政府第一会议室', chair: '市长', begins: '09:00' };
  const decided: Content = {
    ...executive, number: 63, title, day: day(-12), department_ids: many, guests: '市人大代表2人、政协委员2人、市民代表3人',
    body: [{ kind: 'text', text: '会议听取了供热季准备情况的汇报。' }],
    items: [
      {
        title: first, topic_ids: ['housing'], reporter_ids: [named('鸢都市数据局')], responsible_ids: many.slice(0, 2),
        decision: '会议原则通过《鸢都市供热管理办法（草案）》，由市城管局按程序印发。\n会议要求，供热温度不低于二十度，困难家庭取暖补贴在供热前发到手里。',
        body: [{ kind: 'text', text: '第一条　供热季自十一月十五日起，至次年三月十五日止。' }, { kind: 'text', text: '第二条　室内温度不低于二十度。' }],
        video_url: 'https://video.example.com/63',
      },
      { title: '研究老旧小区加装电梯工作', responsible_ids: many.slice(0, 1), decision: '会议决定今年再加装电梯二百部。' },
      { title: '听取安全生产工作汇报', responsible_ids: many.slice(0, 1) },
      { title: '研究海防设施选址事宜', withheld: true, ground: '政府信息公开条例第十四条' },
    ],
  };
  ids.decided = await convene(office, decided);
  ids.held = await convene(office, {
    ...executive, number: 64, title: '十八届市政府第64次常务会议', day: day(-3), department_ids: many.slice(0, 3),
    items: [{ title: '研究义务教育学校招生工作' }, { title: '审议政务数据共享办法' }],
  });
  ids.coming = await convene(office, {
    ...executive, number: 65, title: '十八届市政府第65次常务会议', day: day(4), items: [{ title: '审议明年民生实事项目' }],
  });
  ids.heating = await convene(office, {
    column_id: 'heating', title: '冬季供热保障专题会议', day: day(-400), place: '', items: [{ title: '研究热源建设', decision: '会议决定新建热源一处。' }],
  });
  ({ page } = await takePhone(office.browser, office.house.address));
});

afterAll(() => office?.close());

test('the first page and 政策 lead to the meetings', async () => {
  await page.goto('/m/');
  await arrived(page);
  const block = page.getByRole('region', { name: '会议公开' });
  expect(await block.locator('.meeting-row').count()).toBe(2);
  await block.scrollIntoViewIfNeeded();
  await look(page, 'meetings-home');
  await page.goto('/m/pages/policy/policies');
  await arrived(page);
  await look(page, 'meetings-policies');
  await page.getByRole('link', { name: /会议公开/ }).click();
  await page.getByText(/共 \d+ 次会议/).waitFor();
});

test('they stand by year, and are chosen by column', async () => {
  await page.goto('/m/packages/meeting/meetings');
  await row(page, title).waitFor();
  await row(page, title).getByText('已公开议定事项').first().waitFor();
  await row(page, '第64次').getByText('待公开', { exact: true }).first().waitFor();
  await row(page, '第65次').getByText('议程已公布').waitFor();
  await look(page, 'meetings-list');
  await page.getByRole('radio', { name: '冬季供热保障' }).click();
  await row(page, '冬季供热保障专题会议').waitFor();
  await expect.poll(() => row(page, title).count()).toBe(0);
  await page.getByRole('radio', { name: '全部', exact: true }).click();
  await row(page, title).waitFor();
  await page.getByRole('button', { name: '年份：全部年份' }).click();
  await look(page, 'meetings-years');
  await page.getByRole('radio', { name: '2024年' }).click(); // of which the sample has two meetings
  await expect.poll(() => row(page, title).count()).toBe(0);
  await page.getByRole('radio', { name: '防汛抗旱' }).click();
  await page.getByText('没有公开的会议').waitFor();
  await look(page, 'meetings-none');
  await page.getByRole('button', { name: '看全部会议' }).click();
  await row(page, title).waitFor();
});

test('a meeting tells what was decided, who was there, and what is not public only by its ground', async () => {
  await row(page, title).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByText('其余议定事项将在').waitFor();
  await page.getByRole('button', { name: '为什么是这一天' }).click();
  await page.getByText(/政府信息公开条例》第二十六条/).waitFor();
  await page.getByText('另有 1 项议题依法不公开：政府信息公开条例第十四条').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('海防');
  await look(page, 'meeting-decided');
  await page.getByRole('link', { name: /加装电梯/ }).scrollIntoViewIfNeeded();
  await look(page, 'meeting-agenda');
  await page.getByRole('button', { name: '看全部 12 个单位' }).click();
  await page.getByRole('button', { name: '收起' }).scrollIntoViewIfNeeded();
  await look(page, 'meeting-attendance');
});

test('an item shows its decision first, and leads to its office and its neighbours', async () => {
  await page.getByRole('link', { name: /审议《鸢都市供热管理办法/ }).click();
  const decision = page.getByRole('region', { name: '议定事项' });
  await decision.getByText(/原则通过/).waitFor();
  await page.getByText('室内温度不低于二十度').waitFor();
  await look(page, 'item-decided');
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  await look(page, 'item-foot');
  const before = await decision.locator('.decision-text').evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize));
  await page.getByRole('button', { name: '字号' }).click();
  await page.getByRole('radio', { name: '特大' }).click();
  await page.getByRole('button', { name: '关闭' }).click();
  expect(await decision.locator('.decision-text').evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))).toBeGreaterThan(before);
  await page.getByRole('link', { name: /下一项/ }).click();
  await page.getByRole('heading', { level: 1, name: '研究老旧小区加装电梯工作' }).waitFor();
  await page.getByRole('link', { name: /上一项/ }).waitFor();
  await page.getByRole('link', { name: /下一项/ }).click();
  await page.getByText('这一项的议定事项将在').waitFor();
  await look(page, 'item-waiting');
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
});

test('one that was held says until when, one that comes says its agenda', async () => {
  await page.goto(`/m/packages/meeting/meeting?id=${ids.held}`);
  await page.getByText('已召开，议定事项将在').waitFor();
  await look(page, 'meeting-held');
  await page.goto(`/m/packages/meeting/meeting?id=${ids.coming}`);
  await page.getByText('开会以后，议定事项最迟').waitFor();
  await page.getByRole('region', { name: '议程' }).waitFor();
  await look(page, 'meeting-coming');
});

test('the search finds items and meetings, and the phone remembers what was read', async () => {
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent('加装电梯')}`);
  await page.getByRole('tab', { name: '会议' }).click();
  await page.getByText(/^议题（1）$/).waitFor();
  await look(page, 'meetings-found');
  await page.getByRole('link', { name: /研究老旧小区加装电梯/ }).click();
  await page.getByText('再加装电梯二百部').waitFor();
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent('木星上的石头')}`);
  await page.getByRole('tab', { name: '会议' }).click();
  await page.getByText('没有找到“木星上的石头”').waitFor();
  await page.goto('/m/packages/account/history');
  await page.getByText('会议议题', { exact: true }).first().waitFor();
  await look(page, 'meetings-history');
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
});

test('what was read stays readable without a network', async () => {
  await page.goto('/m/packages/meeting/meetings');
  await row(page, title).waitFor();
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.goto('/m/packages/meeting/meetings');
  await row(page, title).waitFor();
  await page.getByText('离线：读过的内容还可以看').waitFor();
  await look(page, 'meetings-offline');
  await row(page, title).click();
  await page.getByText('另有 1 项议题依法不公开').waitFor();
  await row(page, title).waitFor({ state: 'hidden' });
  await page.goBack();
  await page.getByRole('radio', { name: '民生实事' }).click();
  await page.getByRole('button', { name: '重试' }).waitFor();
  await page.unroute('**/api/v1/**');
});

test('who follows an item is led back to it', async () => {
  await page.goto(`/m/packages/meeting/meeting?id=${ids.held}`);
  await page.getByRole('toolbar').getByRole('button', { name: '订阅栏目' }).click();
  await signInAs(page, '高远');
  await page.getByRole('toolbar').getByRole('button', { name: '已订阅' }).waitFor();
  await page.goto('/m/packages/account/follows');
  await page.getByRole('link', { name: /市政府常务会议/ }).click();
  await row(page, title).waitFor();
  await expect.poll(() => page.getByRole('radio', { name: '市政府常务会议' }).getAttribute('aria-checked')).toBe('true');
});

test('in large type and in the dark it can be read too', async () => {
  for (const [name, made] of [['elder', { elder: true }], ['elder-dark', { elder: true, dark: true }], ['dark', { dark: true }]] as const) {
    const other = await takePhone(office.browser, office.house.address, made);
    await other.page.goto('/m/');
    await arrived(other.page);
    await other.page.getByRole('region', { name: '会议公开' }).scrollIntoViewIfNeeded();
    await look(other.page, `meetings-home-${name}`);
    await other.page.goto('/m/packages/meeting/meetings');
    await row(other.page, title).waitFor();
    await look(other.page, `meetings-list-${name}`);
    if ('elder' in made) {
      await other.page.getByRole('button', { name: '栏目：全部栏目' }).click();
      await look(other.page, `meetings-columns-${name}`);
      await other.page.getByRole('button', { name: '关闭' }).click();
    }
    await row(other.page, title).click();
    await other.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await look(other.page, `meeting-decided-${name}`);
    await other.page.getByRole('link', { name: /审议《鸢都市供热管理办法/ }).click();
    await other.page.getByRole('region', { name: '议定事项' }).waitFor();
    await look(other.page, `item-decided-${name}`);
    await other.page.goto(`/m/packages/meeting/meeting?id=${ids.held}`);
    await other.page.getByText('已召开，议定事项将在').waitFor();
    await look(other.page, `meeting-held-${name}`);
    await other.page.goto(`/m/packages/policy/search?q=${encodeURIComponent('加装电梯')}`);
    await other.page.getByRole('tab', { name: '会议' }).click();
    await other.page.getByText(/^议题（1）$/).waitFor();
    await look(other.page, `meetings-found-${name}`);
    await other.context.close();
  }
});

test('the open web has them without a script, and prints them', async () => {
  const desk = await office.browser.newContext({ baseURL: office.house.address, viewport: { width: 1366, height: 900 }, javaScriptEnabled: true });
  const web = await desk.newPage();
  const see = async (name: string) => {
    for (const width of [375, 1366]) {
      await web.setViewportSize({ width, height: 900 });
      if (process.env.SHOTS) await web.screenshot({ path: `${process.env.SHOTS}/web-${name}-${width}.png`, fullPage: true });
      expect(await barriers(web), name).toEqual([]);
      expect(await web.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), name).toBeLessThanOrEqual(0);
    }
  };
  await web.goto('/');
  await web.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '会议公开' }).click();
  await see('meetings');
  await web.getByRole('navigation', { name: '会议栏目' }).getByRole('link', { name: '冬季供热保障' }).click();
  await web.getByRole('link', { name: '冬季供热保障专题会议' }).waitFor();
  await web.goto('/meetings?q=' + encodeURIComponent('加装电梯'));
  await see('meetings-found');
  await web.getByRole('link', { name: '研究老旧小区加装电梯工作' }).first().click();
  await expect.poll(() => web.url()).toContain(`/meetings/${ids.decided}#item-`);
  await see('meeting');
  await web.emulateMedia({ media: 'print' });
  if (process.env.SHOTS) await web.screenshot({ path: `${process.env.SHOTS}/web-meeting-print.png`, fullPage: true });
  await web.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await see('meeting-dark');
  await web.goto('/view?size=large&back=/meetings');
  await see('meetings-large');
  await desk.close();
});

test('a correction shows at once, with both versions; what is withdrawn says why', async () => {
  await correct(office, ids.decided, '补充安全生产的议定事项', (content) => {
    const third = content.items.find((i) => i.title.startsWith('听取安全生产'));
    if (third) third.decision = '会议要求年底前再查一遍。';
  });
  await page.goto(`/m/packages/meeting/meeting?id=${ids.decided}`);
  await page.getByText('会议要求年底前再查一遍').waitFor();
  expect(await page.getByText('其余议定事项将在').count()).toBe(0);
  await page.getByRole('link', { name: /核验公开的内容/ }).click();
  await page.getByText('第 2 版').first().waitFor();
  await look(page, 'meeting-versions');
  await page.getByRole('link', { name: '和上一版对照' }).click();
  await page.getByText('会议要求年底前再查一遍').first().waitFor();
  await look(page, 'meeting-compared');
  await takeBack(office, ids.heating, '会议名称有误，更正后重新公开');
  await page.goto(`/m/packages/meeting/meeting?id=${ids.heating}`);
  await page.getByText(/会议名称有误，更正后重新公开/).waitFor();
  await look(page, 'meeting-gone');
  await page.getByRole('link', { name: '看全部会议' }).click();
  await row(page, title).waitFor();
});
