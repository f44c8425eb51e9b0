/** A resident writes to the government with one hand on an old phone and a poor network, and does not let go. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { act, answer, dispatch, lastLetter, openHandlers, read, type Handlers } from './letters';
import { arrived, look, signInAs, takePhone, type Phone } from './phone';

let house: House;
let browser: Browser;
let handlers: Handlers;
let phone: Phone;
let page: Page;
let folder: string;
let letter: string; // its ID

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  handlers = await openHandlers(browser, house);
  phone = await takePhone(browser, house.address);
  page = phone.page;
  folder = mkdtempSync(join(tmpdir(), 'yuandu-pictures-'));
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A picture of its own colour, as a file. */
function picture(name: string, red: number): string {
  const image = new PNG({ width: 64, height: 48 });
  for (let i = 0; i < image.data.length; i += 4) image.data.set([red, 120, 90, 255], i);
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(PNG.sync.write(image)));
  return path;
}

/** A file that says of itself only its name. */
function file(name: string, content = 'x'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function choose(on: Page, button: string, paths: string[]): Promise<void> {
  const [chooser] = await Promise.all([on.waitForEvent('filechooser'), on.getByRole('button', { name: button }).click()]);
  await chooser.setFiles(paths);
}

const next = (on: Page) => on.getByRole('button', { name: '下一步' }).click();
const step = (on: Page, title: string) => on.getByRole('heading', { name: title }).waitFor();
const title = '东风街小区三号楼暖气不热';
const text = '从11月15日供暖到现在，三号楼二单元的暖气片一直是凉的，家里只有12度。老人孩子受不了，打过物业电话没有人来。希望尽快派人来看看。';
const fillWords = async (on: Page, words: { title: string; text: string }) => {
  await on.getByLabel('一句话说是什么事').fill(words.title);
  await on.getByLabel('内容', { exact: true }).fill(words.text);
};

describe('writing', () => {
  test('the two channels stand on the first page and where one speaks to the government', async () => {
    await page.goto('/m/');
    await page.getByRole('link', { name: '我向政府问个事' }).waitFor();
    await look(page, 'letter-home');
    await page.goto('/m/pages/talk/talk');
    await page.getByRole('link', { name: /我和市长拉个呱/ }).waitFor();
    await look(page, 'letter-talk');
  });

  test('begins without signing in, and says until when there is an answer and why', async () => {
    await page.getByRole('link', { name: /我向政府问个事/ }).click();
    await page.getByText(/现在寄出，最迟 \d+月\d+日.*答复/).waitFor();
    await look(page, 'letter-words');
    await page.getByRole('button', { name: '为什么是这天' }).click();
    await page.getByText(/5个工作日|5 个工作日/).first().waitFor();
    await next(page);
    await page.getByText('请写一个标题').waitFor();
    await look(page, 'letter-words-wrong');
    await fillWords(page, { title, text: '😡😡😡！！！' });
    await next(page);
    await page.getByText('只有表情和符号').waitFor();
  });

  test('ten thousand characters that are pasted are cut, and it is said', async () => {
    await page.getByLabel('内容', { exact: true }).fill('暖'.repeat(10_000));
    await page.getByText('后面的 7,000 个字没有放进来').waitFor();
    await expect.poll(async () => (await page.locator('textarea').inputValue()).length).toBe(3000);
    await look(page, 'letter-words-cut');
  });

  test('what can’t wait is shown the phone that picks up, and nothing is lost', async () => {
    await page.getByLabel('内容', { exact: true }).fill(`${text}刚才楼下车棚着火了！`);
    await page.getByRole('button', { name: '119 火警和救援' }).waitFor();
    await look(page, 'letter-urgent');
    await page.getByLabel('内容', { exact: true }).fill(`${text}这件事我信访过，也去法院问过。`);
    await page.getByRole('button', { name: '12348 法律服务' }).waitFor();
    await look(page, 'letter-doors');
    await page.getByLabel('内容', { exact: true }).fill(text);
    await page.getByRole('button', { name: '12348 法律服务' }).waitFor({ state: 'hidden' });
    await next(page);
    await step(page, '这是哪方面的事');
  });

  test('who leaves finds all of it again, and goes on where it was left', async () => {
    await page.getByRole('checkbox', { name: '住房' }).click();
    await page.getByRole('button', { name: /不知道找谁/ }).click();
    await page.getByLabel('按名称找部门').fill('住建');
    await look(page, 'letter-offices');
    await page.getByRole('radio', { name: '鸢都市住房和城乡建设局' }).click();
    await look(page, 'letter-about');
    await next(page);
    await step(page, '在哪里，有没有照片');
    await page.goto('/m/packages/letter/write?channel=ask');
    await page.getByText(title).waitFor();
    await look(page, 'letter-resume');
    await page.getByRole('button', { name: '继续写上次没写完的' }).click();
    await step(page, '在哪里，有没有照片');
    await page.getByLabel('例如：东风街潍州路口').fill('东风街小区三号楼二单元');
    await look(page, 'letter-where-empty');
  });

  test('pictures wait for the sign-in, then go one by one; films and HEIC are told in plain words', async () => {
    await page.getByRole('button', { name: '加照片' }).click();
    await signInAs(page, '王芳');
    await step(page, '在哪里，有没有照片');
    await choose(page, '加照片', [picture('暖气片.png', 200), picture('温度计.png', 20)]);
    await page.getByText(/正在传|等着传/).first().waitFor({ state: 'hidden' });
    await choose(page, '加文件', [file('路面.mp4'), file('IMG_0001.HEIC')]);
    await page.getByText('不能附视频').waitFor();
    await look(page, 'letter-where');
    for (const name of ['路面.mp4', 'IMG_0001.HEIC']) await page.getByRole('button', { name: `去掉 ${name}` }).click();
    await page.route('**/api/v1/me/letter-files?*', (route) => route.abort());
    await choose(page, '加照片', [picture('楼道.png', 90)]);
    await page.getByRole('button', { name: '重传 楼道.png' }).waitFor();
    await look(page, 'letter-where-failed');
    await page.unroute('**/api/v1/me/letter-files?*');
    await page.getByRole('button', { name: '重传 楼道.png' }).click();
    await page.getByRole('button', { name: '重传 楼道.png' }).waitFor({ state: 'hidden' });
    const gone = page.waitForResponse((r) => r.request().method() === 'DELETE');
    await page.getByRole('button', { name: '去掉 楼道.png' }).click();
    expect((await gone).status()).toBeLessThan(300);
    await next(page);
  });

  test('how one is reached stands apart, and others read it only if one says so', async () => {
    await step(page, '怎么联系您');
    await page.getByLabel('例如：王女士').fill('王女士');
    await page.getByLabel('有事要问时打给您').fill('12345');
    await page.getByRole('switch', { name: '同意公开这封信' }).click();
    await next(page);
    await page.getByText('这个号码不像电话').waitFor();
    await page.getByLabel('有事要问时打给您').fill('13800138000');
    await look(page, 'letter-who');
    await next(page);
    await step(page, '看一遍，就可以寄出');
    await page.getByText('照片和文件 2 个').waitFor();
    await look(page, 'letter-check');
  });

  test('a second phone goes on with what the first one began', async () => {
    const other = await takePhone(browser, house.address);
    await other.page.goto('/m/packages/account/signin');
    await signInAs(other.page, '王芳');
    await expect.poll(async () => {
      await other.page.goto('/m/packages/letter/write?channel=ask');
      await arrived(other.page);
      return other.page.getByRole('button', { name: '继续写上次没写完的' }).count();
    }).toBe(1);
    await other.page.getByRole('button', { name: '继续写上次没写完的' }).click();
    await step(other.page, '看一遍，就可以寄出');
    await other.page.getByText('照片和文件 2 个').waitFor();
    await other.context.close();
  });
});

describe('sending', () => {
  const door = (url: URL) => url.pathname === '/api/v1/letters';

  test('what the house refuses is said at its field, and the page goes there', async () => {
    await page.route(door, (route) => route.fulfill({ status: 422, json: {
      status: 422, code: 'letter.title', title: '有一项不对', errors: [{ field: 'title', message: '标题请写 1 到 50 个字，只写一行。' }],
    } }));
    await page.getByRole('button', { name: '寄出' }).click();
    await page.getByText('标题请写 1 到 50 个字').waitFor();
    await page.unroute(door);
    await page.getByRole('button', { name: '改好了' }).click();
    await step(page, '看一遍，就可以寄出');
  });

  test('the network goes after the letter has left: sent again it is one letter, with the same number', async () => {
    let first = '';
    await page.route(door, async (route) => {
      const taken = await route.fetch();
      first = ((await taken.json()) as { number: string }).number;
      await route.abort(); // it arrived; the answer did not
    });
    const keptThere = page.waitForResponse((r) => r.url().endsWith('/letter-drafts/ask') && (r.request().postData() ?? '').includes('pending'));
    await page.getByRole('button', { name: '寄出' }).click();
    await page.getByText('没有等到答复').waitFor();
    await look(page, 'letter-unsure');
    await page.unroute(door);
    await page.getByRole('button', { name: '回首页' }).click();
    await keptThere; // the house keeps what it has taken long ago: that draft has to go too
    await page.goto('/m/packages/letter/write?channel=ask'); // the phone was put away meanwhile
    await page.getByText('没有等到答复').waitFor();
    await page.getByRole('button', { name: '再寄一次' }).dblclick();
    await page.getByRole('heading', { name: '信寄到了' }).waitFor();
    await page.getByText(first, { exact: true }).waitFor();
    await arrived(page);
    await look(page, 'letter-sent');
    await page.getByRole('button', { name: '有答复时微信提醒我' }).click();
    await page.getByText('还能在微信里提醒您 1 次').first().waitFor();
    await page.goto('/m/packages/letter/mine');
    await arrived(page);
    expect(await page.getByRole('link', { name: new RegExp(title) }).count()).toBe(1);
    await page.goto('/m/packages/letter/write?channel=ask');
    await step(page, '您要说什么事'); // nothing is left of the draft
  });

  test('who taps with a sign-in that is over signs in, and the letter goes', async () => {
    await page.goto('/m/packages/letter/write?channel=mayor');
    await fillWords(page, { title: '学校门口的路', text: '实验小学门口的路坑坑洼洼，孩子上学不安全，想请市长看看。' });
    for (const heading of ['这是哪方面的事', '在哪里，有没有照片', '怎么联系您', '看一遍，就可以寄出']) {
      await next(page);
      await step(page, heading);
    }
    const token = JSON.parse((await page.evaluate(() => localStorage.getItem('token'))) ?? '') as string;
    await fetch(`${house.address}/api/v1/logout`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() } });
    await page.getByRole('button', { name: '寄出' }).click();
    await signInAs(page, '王芳');
    await page.getByRole('heading', { name: '信寄到了' }).waitFor();
    await look(page, 'letter-sent-mayor');
  });
});

describe('what becomes of it', () => {
  test('its author reads who has it, and adds what came to mind', async () => {
    await page.goto('/m/');
    await page.getByRole('link', { name: /我的来信/ }).waitFor();
    await look(page, 'letter-home-under-way');
    await page.goto('/m/packages/letter/mine');
    await arrived(page);
    await look(page, 'letter-mine');
    await page.getByRole('link', { name: new RegExp(title) }).click();
    await page.getByText('现在由受理中心办理').waitFor();
    letter = new URL(page.url()).searchParams.get('id') ?? '';
    await look(page, 'letter-received');
    await page.getByRole('button', { name: '补充说明' }).click();
    await page.getByLabel('补充说明').fill('今天早上测了，只有11度。');
    await look(page, 'letter-adding');
    await page.getByRole('button', { name: '寄出补充' }).click();
    await page.getByText('今天早上测了，只有11度。').first().waitFor();
    await page.getByRole('link', { name: /暖气片.png/ }).click();
    await page.locator('#u-a-p, uni-image, .uni-system-preview-image').first().waitFor({ state: 'attached' });
    await page.goBack();
    await page.goto(`/m/packages/letter/letter?id=${letter}`);
    await page.getByRole('switch', { name: /同意公开这封信/ }).click();
    await page.getByText('已改好').waitFor();
  });

  test('staff see it with its pictures and without the phone number; the office answers', async () => {
    const record = await read(handlers.centre, letter);
    expect(record.files.map((f) => f.media_type)).toEqual(['image/png', 'image/png']);
    expect(JSON.stringify(record)).not.toContain('13800138000');
    await dispatch(handlers, letter);
    await act(handlers.clerk, letter, 'post', 'take');
    await answer(handlers, handlers.clerk, letter, {
      text: '经查，三号楼二单元的分户阀被误关，供热公司已于今天上午打开，请您再看看。', basis: '根据鸢政发〔2023〕1号第三条', outcome: 'solved',
    });
    await page.goto('/m/pages/mine/mine');
    await page.getByText(/\d+ 封等您评价/).waitFor();
    await look(page, 'letter-mine-count');
    await page.goto(`/m/packages/letter/letter?id=${letter}`);
    await page.getByText('分户阀被误关').waitFor();
    await look(page, 'letter-answered');
    await page.getByRole('link', { name: '查 鸢政发〔2023〕1号' }).waitFor();
  });

  test('its author says it is not solved, and it is handled once more by another person', async () => {
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByText('三个问题都请选一个').waitFor();
    await page.getByRole('radio', { name: '没有解决' }).click();
    await page.getByText('会换一个人再办一次').waitFor();
    await page.getByRole('radio', { name: '一般' }).click();
    await page.getByRole('radio', { name: '不满意', exact: true }).click();
    await page.getByLabel('还想说什么（可以不写）').fill('阀门开了，还是不热。');
    await page.getByRole('radiogroup').first().scrollIntoViewIfNeeded();
    await look(page, 'letter-rating');
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByText('第二次办理，换了人').waitFor();
    await page.getByText('再次办理').first().waitFor();
    await look(page, 'letter-reopened');
    const refused = await handlers.clerk.request.get(`/admin/v1/letters/${letter}`);
    expect(((await refused.json()) as { round: number }).round).toBe(2);
    await answer(handlers, handlers.other, letter, { text: '管道有气，已经放气并更换阀门，复测21度。', outcome: 'solved' });
    await page.reload();
    await page.getByText('复测21度').waitFor();
    await page.getByRole('radio', { name: '解决了', exact: true }).click();
    await page.getByRole('radio', { name: '很好' }).click();
    await page.getByRole('radio', { name: '很满意', exact: true }).click();
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByText('已办结').first().waitFor();
    await look(page, 'letter-closed');
  });

  test('what is not accepted comes with the reason and the way; what takes longer with a plan; and one may take it back', async () => {
    const mayor = await lastLetter(handlers.centre);
    await dispatch(handlers, mayor);
    await act(handlers.clerk, mayor, 'post', 'extension', { day: '2027-03-01', why: '学校门口的路要等冬季停工期过后才能修。', plan: '先填平坑洼，三月开工重铺。' });
    await page.goto(`/m/packages/letter/letter?id=${mayor}`);
    await page.getByText('三月开工重铺').first().waitFor();
    await look(page, 'letter-extended');
    await page.getByRole('button', { name: '撤回这封信' }).click();
    await look(page, 'letter-withdraw');
    await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByText('已撤回').first().waitFor();
    await writeShort(page, '对判决不服', '法院的判决我不服，请政府改过来。');
    await act(handlers.centre, await lastLetter(handlers.centre), 'post', 'refusal', {
      ground: 'litigation', text: '您反映的事已经有法院判决，只能由上级法院改判。可以在判决送达后15日内上诉，或者打12348免费问律师。',
    });
    await page.goto('/m/packages/letter/mine');
    await page.getByRole('link', { name: /对判决不服/ }).click();
    await page.getByText('免费问律师').first().waitFor();
    await look(page, 'letter-refused');
  });

  test('the inbox told of it, and a tap on that opens the letter', async () => {
    await page.goto('/m/packages/account/notices');
    await page.getByText('来信答复').first().waitFor();
    await page.getByRole('link', { name: /来信答复/ }).first().click();
    await page.getByText('复测21度').waitFor();
    expect(phone.foreign).toEqual([]);
  });
});

/** A letter of the fewest taps. */
async function writeShort(on: Page, heading: string, words: string): Promise<void> {
  await on.goto('/m/packages/letter/write?channel=ask');
  await fillWords(on, { title: heading, text: words });
  for (const at of ['这是哪方面的事', '在哪里，有没有照片', '怎么联系您', '看一遍，就可以寄出']) {
    await next(on);
    await step(on, at);
  }
  await on.getByRole('button', { name: '寄出' }).click();
  await on.getByRole('heading', { name: '信寄到了' }).waitFor();
}

describe('in large type, and in the dark', () => {
  test.each([['large', true, false], ['dark', false, true], ['dark-large', true, true]])('(%s) every page is as usable', async (name, elder, dark) => {
    const other = await takePhone(browser, house.address, { elder, dark });
    const on = other.page;
    const seen = (what: string) => look(on, `letter-${name}-${what}`);
    await on.goto('/m/');
    await seen('home');
    await on.goto('/m/pages/talk/talk');
    await seen('talk');
    await on.goto('/m/packages/account/signin');
    await signInAs(on, '王芳');
    await on.goto('/m/packages/letter/write?channel=mayor');
    await fillWords(on, { title: '楼下车棚充电', text: '楼下车棚电动车充电，今天冒浓烟，差点着火了，想请市长管一管。' });
    await on.getByRole('button', { name: '119 火警和救援' }).waitFor();
    await seen('words');
    await on.getByLabel('内容', { exact: true }).fill('楼下车棚电动车充电不安全，想请市长管一管。');
    for (const [what, heading] of [['about', '这是哪方面的事'], ['where', '在哪里，有没有照片'], ['who', '怎么联系您'], ['check', '看一遍，就可以寄出']] as const) {
      await next(on);
      await step(on, heading);
      if (what === 'where') await choose(on, '加照片', [picture(`车棚-${name}.png`, 60)]);
      if (what === 'who') await on.getByRole('switch', { name: '同意公开这封信' }).click();
      await seen(what);
    }
    await on.goto('/m/packages/letter/write?channel=mayor');
    await on.getByRole('button', { name: '继续写上次没写完的' }).waitFor();
    await seen('resume');
    await on.getByRole('button', { name: '重新写' }).click();
    await on.getByRole('dialog').getByRole('button', { name: '重新写' }).click();
    await step(on, '您要说什么事');
    await on.goto('/m/packages/letter/mine');
    await seen('mine');
    await on.getByRole('link', { name: new RegExp(title) }).click();
    await on.getByText('复测21度').waitFor();
    await seen('letter');
    await other.context.close();
  });
});
