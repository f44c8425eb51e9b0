/** One matter: staff join what was decided with what was issued, and a resident walks the line of life and follows it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both } from './browser';
import { announce, minutes } from './events';
import { issue } from './matters';
import { convene, correct } from './meetings';
import { openOffice, type Office } from './office';
import { arrived, look, signInAs, takePhone } from './phone';

let office: Office;
let phone: Page;
let elder: Page;
let [meeting, policy, hearing] = ['', '', ''];
const title = '《鸢都市物业管理办法》的制定';
const regulation = '鸢都市物业管理办法';
const item = '审议《鸢都市物业管理办法（草案）》';
const day = (from: number) => new Date(Date.now() + 8 * 3600_000 + from * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  office = await openOffice();
  meeting = await convene(office, {
    column_id: 'executive', term: '十八届', number: 63, title: '十八届市政府第63次常务会议', day: day(-20), chair: '市长',
    items: [
      { title: item, decision: '会议原则通过《鸢都市物业管理办法（草案）》，由市住建局按程序印发。' },
      { title: '研究供暖工作', decision: '会议决定提前供暖。' },
    ],
  });
  policy = await issue(office, regulation, '鸢数发〔2026〕7号', day(-2));
  hearing = await announce(office, {
    kind: 'hearing', title: '《鸢都市物业管理办法》听证会', begins: minutes(3000), ends: minutes(3180), place: '市民中心三楼会议室', address: '府前街 8 号',
    audience: '小区业主、物业企业', contacts: '0536-5550100', body: [{ kind: 'text', text: '听一听电梯维修资金和物业收费怎么定。' }],
    sign_up: { opens: minutes(-60), closes: minutes(2000), places: 20, how: 'first_come' },
  });
  phone = (await takePhone(office.browser, office.house.address)).page;
  elder = (await takePhone(office.browser, office.house.address, { elder: true })).page;
});

afterAll(() => office?.close());

test('an editor begins a matter and takes over what is proposed', async () => {
  const page = office.editor;
  await page.goto('/console/matters');
  await page.getByRole('button', { name: '建立事项' }).first().click();
  await page.getByRole('textbox', { name: '名称', exact: true }).fill(title);
  await page.getByRole('textbox', { name: '说明', exact: true }).fill('物业收费、业主大会和维修资金的规则。');
  await both(page, 'matter-new');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.waitForURL(/matters\/\w{26}$/);
  await page.getByRole('heading', { name: '可能属于这个事项' }).waitFor();
  await both(page, 'matter-proposed');
  await page.getByRole('button', { name: `关联：${item}` }).click();
  await page.getByRole('link', { name: item }).waitFor();
  await page.getByLabel('写标题里的字，或者文号').fill('鸢数发〔2026〕7号');
  await page.getByRole('button', { name: `关联：${regulation}`, exact: true }).last().click();
  await page.getByRole('link', { name: regulation, exact: true }).waitFor();
  await page.getByText('改过的人不能自己审核').waitFor();
  await both(page, 'matter-linked');
  expect(await (await page.request.get(`/api/v1/matters?of=policy:${policy}`)).json()).toEqual({ items: [] });
});

test('a reviewer finds it waiting and releases it', async () => {
  const page = office.reviewer;
  await page.goto('/console/matters');
  await page.getByText('只看等审核的').click();
  await page.getByText(title).waitFor();
  await both(page, 'matters-waiting');
  await page.getByText(title).click();
  await page.getByRole('button', { name: '审核公开' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '审核公开' }).click();
  await page.getByText('审核公开了。').first().waitFor();
  await both(page, 'matter-released');
});

test("a document's page says to which matter it belongs", async () => {
  const page = office.editor;
  await page.goto(`/console/policies/${policy}`);
  const card = page.getByRole('region', { name: '属于事项' });
  await card.getByRole('link', { name: title }).waitFor();
  await card.scrollIntoViewIfNeeded();
  await both(page, 'matter-belonging');
  await page.goto(`/console/meetings/${meeting}`);
  await page.getByRole('region', { name: '属于事项' }).getByRole('link', { name: title }).waitFor();
});

test('at its own desk a hearing is added to the matter that it names', async () => {
  const page = office.editor;
  await page.goto(`/console/events/${hearing}`);
  const card = page.getByRole('region', { name: '属于事项' });
  await card.getByRole('button', { name: `加进“${title}”` }).click();
  await card.getByText('等审核').waitFor();
  await card.scrollIntoViewIfNeeded();
  await both(page, 'matter-belonging-event');
  await office.reviewer.reload();
  await office.reviewer.getByRole('button', { name: '审核公开' }).click();
  await office.reviewer.getByRole('dialog').getByRole('button', { name: '审核公开' }).click();
  await office.reviewer.getByText('审核公开了。').first().waitFor();
  await both(office.reviewer, 'matter-with-hearing');
});

for (const [name, on] of [['', () => phone], ['-elder', () => elder]] as const) {
  test(`a resident reads of the hearing of what is being made${name}`, async () => {
    const page = on();
    await page.goto(`/m/packages/event/event?id=${hearing}`);
    const line = page.getByRole('region', { name: '来龙去脉' });
    await line.getByText('正在看').waitFor();
    await look(page, `event-with-matter${name}`);
    await line.scrollIntoViewIfNeeded();
    await look(page, `event-life${name}`);
    await line.getByRole('link', { name: /会议审议/ }).click();
    await page.getByRole('region', { name: '来龙去脉' }).getByRole('link', { name: /听证会/ }).first().waitFor();
  });

  test(`a resident walks from the policy back to what was decided${name}`, async () => {
    const page = on();
    await page.goto(`/m/packages/policy/policy?id=${policy}`);
    const line = page.getByRole('region', { name: '来龙去脉' });
    await line.getByText('正在看').waitFor();
    await line.getByText('通常的下一步，还没有到').waitFor();
    await line.scrollIntoViewIfNeeded();
    await look(page, `life-policy${name}`);
    await line.getByRole('link', { name: /会议审议/ }).click();
    await page.getByRole('region', { name: '议定事项' }).getByText(/原则通过/).waitFor();
    await page.getByRole('region', { name: '来龙去脉' }).scrollIntoViewIfNeeded();
    await look(page, `life-item${name}`);
    await page.getByRole('region', { name: '来龙去脉' }).getByRole('link', { name: new RegExp(title) }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await look(page, `matter${name}`);
  });
}

test('and follows it', async () => {
  await phone.getByRole('button', { name: '关注进展' }).click();
  await signInAs(phone, '王芳');
  await phone.getByRole('button', { name: '已订阅' }).waitFor();
  const second = await issue(office, '鸢都市物业服务收费办法', '鸢数发〔2026〕8号', day(-1));
  const page = office.editor;
  await page.goto(`/console/policies/${second}`);
  const card = page.getByRole('region', { name: '属于事项' });
  await card.getByRole('combobox', { name: '加进别的事项' }).click();
  await page.getByRole('option', { name: title }).click();
  await card.getByRole('button', { name: '加进来', exact: true }).click();
  await card.getByText('等审核').waitFor();
  await office.reviewer.reload();
  await office.reviewer.getByRole('button', { name: '审核公开' }).click();
  await office.reviewer.getByRole('dialog').getByRole('button', { name: '审核公开' }).click();
  await office.reviewer.getByText('审核公开了。').first().waitFor();
  await expect.poll(async () => {
    await phone.goto('/m/packages/account/notices');
    await arrived(phone);
    return phone.getByText('您订阅了事项').count();
  }, { timeout: 20_000 }).toBeGreaterThan(0);
  await look(phone, 'matter-notice');
  await phone.goto('/m/packages/account/follows');
  await phone.getByText(title).first().waitFor();
  await look(phone, 'matter-followed');
});

test('an item that is withheld later stands in no line', async () => {
  await correct(office, meeting, '一项议题不再公开', (content) => {
    const [first] = content.items;
    if (first) Object.assign(first, { withheld: true, ground: '政府信息公开条例第十六条' });
  });
  await phone.goto(`/m/packages/policy/policy?id=${policy}`);
  await phone.getByRole('region', { name: '来龙去脉' }).getByText('正在看').waitFor();
  expect(await phone.getByRole('region', { name: '来龙去脉' }).innerText()).not.toContain('会议审议');
});

test('the open web shows the line, too', async () => {
  const desk = await office.browser.newContext({ baseURL: office.house.address, javaScriptEnabled: false, viewport: { width: 1200, height: 900 } });
  const web = await desk.newPage();
  await web.goto(`/policies/${policy}`);
  await web.getByRole('region', { name: /来龙去脉/ }).getByRole('link', { name: title }).click();
  await web.getByRole('heading', { level: 1, name: title }).waitFor();
  for (const width of [1200, 375]) {
    await web.setViewportSize({ width, height: 900 });
    expect(await web.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
    if (process.env.SHOTS) await web.screenshot({ path: `${process.env.SHOTS}/web-matter-${width}.png`, fullPage: true });
  }
  await web.goto(`/policies/${policy}`);
  if (process.env.SHOTS) await web.screenshot({ path: `${process.env.SHOTS}/web-matter-policy.png`, fullPage: true });
  await desk.close();
});
