/** What an office and the Centre do together: two at one letter, more time, an end, one matter of many, a colleague who leaves, the Supervisor's round. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consent, look, openBrowser, settled, sitDown, views } from './browser';
import { openHouse, type House } from './house';
import { act, answer, dispatch, read, type Handlers } from './letters';
import { arrive, type Resident } from './resident';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let first: Page; // who opens the accounts
let hands: Handlers;
let supervisor: Page;
let people: Resident[]; // each of whom writes so many letters a day
let resident: Resident;

const lead = '鸢都市住房和城乡建设局';

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const staff = [['chenjing', '陈静', '受理中心'], ['liuyang', '刘洋', '承办'], ['zhaolei', '赵磊', '承办'], ['zhoufang', '周芳', '部门负责人'], ['sunhao', '孙浩', '市政府办（督办）']] as const;
  const seats: Page[] = [];
  for (const [login, name, role] of staff) {
    const temporary = await hire(first, login, name, role, lead);
    const seat = await sitDown(browser, house.address, 1366);
    await begin(seat, login, temporary);
    seats.push(seat);
  }
  const [centre, clerk, other, head, last] = seats as [Page, Page, Page, Page, Page];
  hands = { centre, clerk, other, head };
  supervisor = last;
  people = await Promise.all(['王芳', '李建国', '赵小满', '高远'].map((name) => arrive(house.address, name)));
  resident = people[0] as Resident;
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** Sends a letter, and gives its ID. */
async function write(title: string, by = resident, place = ''): Promise<string> {
  const body = { channel: 'ask', title, text: `${title}，已经好几天了，请派人来看一看，并告诉我们什么时候能好。`, may_publish: false, anonymous: true, ...(place ? { place } : {}) };
  return (await by.send<{ id: string }>('/api/v1/letters', body)).id;
}

async function open(page: Page, id: string, box = 'all'): Promise<void> {
  await page.goto(`/console/letters/${id}?box=${box}`);
  await settled(page);
  await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
}

const stateOf = async (id: string, by = resident) => (await by.ask<{ state: string }>(`/api/v1/me/letters/${id}`)).state;

describe('at one letter', () => {
  let id = '';

  test('two see each other, and who writes the reply; nothing that is typed is lost', async () => {
    id = await write('锦绣家园3号楼外墙渗水，卧室墙皮脱落');
    await dispatch(hands, id);
    const { clerk, other } = hands;
    await open(clerk, id, 'todo');
    await open(other, id, 'todo');
    await other.getByText('刘洋').first().waitFor();
    await other.getByText('也在看这封信').waitFor();
    await other.getByLabel('答复内容').fill('您好，乙写的答复。');
    await clerk.reload();
    await settled(clerk);
    await clerk.getByText('正在写答复').waitFor();
    await clerk.getByLabel('答复内容').fill('您好，甲写的答复。');
    await views(clerk, 'desk-company');
    await clerk.locator('.el-radio__label').filter({ hasText: '已解决' }).first().click();
    await clerk.getByRole('button', { name: '送签' }).click();
    await clerk.getByText('已送签').first().waitFor();
    await other.locator('.el-radio__label').filter({ hasText: '解释说明' }).first().click();
    await other.getByRole('button', { name: '送签' }).click();
    await other.getByText('两份都在这里').waitFor();
    await other.getByRole('blockquote').getByText('您好，甲写的答复。').waitFor();
    expect(await other.getByLabel('答复内容').inputValue()).toBe('您好，乙写的答复。');
    await look(other, 'desk-both-texts');
  });

  test('a page that nobody sees says nothing, and its reader is gone', async () => {
    const { clerk, other } = hands;
    await open(clerk, id, 'all');
    await clerk.getByText('赵磊').first().waitFor();
    await other.goto('/console/');
    await clerk.reload();
    await settled(clerk);
    await expect.poll(() => clerk.getByText('也在看这封信').count(), { timeout: 25_000 }).toBe(0);
  });
});

describe('an office', () => {
  test('takes more time, says why and what comes next, and the day is a working day', async () => {
    const id = await write('学府街北段路灯杆倾斜，怕倒下来');
    await dispatch(hands, id);
    const { clerk } = hands;
    await open(clerk, id, 'todo');
    await clerk.getByRole('button', { name: '延长期限' }).click();
    const dialog = clerk.getByRole('dialog');
    await dialog.getByLabel('为什么不能按期答复').fill('灯杆要定做，厂家两周后到货。');
    await dialog.getByLabel('接下来怎么办').fill('先围挡，到货当天更换。');
    const day = nextSaturday(21);
    await dialog.locator('.el-date-editor input').fill(day);
    await dialog.locator('.el-date-editor input').press('Enter');
    await look(clerk, 'desk-extend');
    await consent(clerk, '延长');
    await clerk.getByText('已延长到').first().waitFor();
    await views(clerk, 'desk-extended');
    const l = await resident.ask<{ extension: { day: string; plan: string } }>(`/api/v1/me/letters/${id}`);
    expect(l.extension.plan).toBe('先围挡，到货当天更换。');
    expect(l.extension.day > day).toBe(true); // a Saturday: until the next working day
  });

  test('asks to end what can not be solved; the Centre has it handled on, and then agrees', async () => {
    const id = await write('邻居在自家阳台养鸽子，早上太吵', people[3]);
    await dispatch(hands, id);
    const { clerk, centre } = hands;
    const askToEnd = async (why: string) => {
      await open(clerk, id, 'todo');
      await clerk.getByRole('button', { name: '申请终结' }).click();
      await clerk.getByRole('dialog').getByLabel('理由').fill(why);
      await look(clerk, 'desk-ask-to-end');
      await consent(clerk, '申请终结');
      await clerk.getByText('已交受理中心审核').first().waitFor();
    };
    const review = async (decision: string, why: string) => {
      await open(centre, id, 'ending');
      await centre.getByRole('button', { name: '审核终结' }).click();
      await centre.getByRole('dialog').locator('.el-radio__label').filter({ hasText: decision }).click();
      await centre.getByRole('dialog').getByLabel('理由').fill(why);
      await look(centre, 'desk-review-end');
      await consent(centre, '确定');
    };
    await askToEnd('三次上门调解，双方没有谈拢。');
    await review('不同意，继续办理', '请社区再调解一次。');
    await centre.getByText('已退给部门继续办理').first().waitFor();
    await askToEnd('社区又调解一次，仍没有谈拢。');
    await review('同意终结', '已多次调解不成，可以依法起诉，法律援助电话 12348。');
    await centre.getByText('已终结').first().waitFor();
    await views(centre, 'desk-ended');
    expect(await stateOf(id, people[3])).toBe('ended');
  });
});

describe('one matter of many', () => {
  test('is offered to the Centre, merged in one act, and answered to all', async () => {
    const titles = ['滨河小区突然停电', '滨河小区停电了什么时候来电', '滨河小区一直停电', '停电没人管'];
    const ids: string[] = [];
    for (const [n, by] of people.entries()) ids.push(await write(titles[n] ?? '', by, '滨河小区'));
    const { centre } = hands;
    await centre.goto('/console/letters?box=centre');
    await settled(centre);
    await centre.getByText('收到了多封相似的来信').waitFor();
    await views(centre, 'desk-matters');
    await centre.locator('.matters').getByRole('link', { name: titles[0] }).click();
    await centre.getByText(/相似的 3 封/).waitFor();
    await centre.getByRole('button', { name: '看看是哪些' }).click();
    await centre.getByRole('link', { name: titles[1] }).waitFor();
    await views(centre, 'desk-alike');
    await centre.getByRole('button', { name: '并入 3 封' }).click();
    await look(centre, 'desk-merge-many');
    await consent(centre, '并案');
    await centre.getByText('3 封已并案').waitFor();
    await expect.poll(() => centre.getByText(/相似的/).count()).toBe(0);
    await dispatch(hands, ids[0] ?? '');
    await answer(hands, hands.clerk, ids[0] ?? '', { text: '变压器已更换，21 点全部恢复供电。', outcome: 'solved' });
    for (const [n, by] of people.entries()) {
      const l = await by.ask<{ state: string; answers: { text: string }[] }>(`/api/v1/me/letters/${ids[n]}`);
      expect(l).toMatchObject({ state: 'answered', answers: [{ text: '变压器已更换，21 点全部恢复供电。' }] });
    }
    await open(centre, ids[1] ?? '');
    await centre.getByText('已并入同一件事').waitFor();
  });

  test('one goes with another by its number', async () => {
    const [one, into] = [await write('文化路公交站牌倒了', people[1]), await write('文化路站牌被撞歪，看不到车次', people[1])];
    const { centre } = hands;
    const { number } = await read(centre, into);
    await open(centre, one, 'centre');
    await centre.getByRole('button', { name: '并案', exact: true }).click();
    await centre.getByRole('dialog').getByLabel('另一封信的受理编号').fill(number);
    await look(centre, 'desk-merge');
    await consent(centre, '并案');
    await centre.getByText('已并案').first().waitFor();
    expect(await stateOf(one, people[1])).toBe('merged');
  });
});

describe('a colleague who is away or leaves', () => {
  test('has letters that the head gives to another, several at once', async () => {
    const { clerk, head, other } = hands;
    const author = people[2] as Resident;
    const ids = [await write('地下车库积水半米深', author), await write('消防通道被私家车堵住', author)];
    for (const id of ids) {
      await dispatch(hands, id);
      await act(clerk, id, 'post', 'take');
    }
    await head.goto('/console/letters?box=todo');
    await settled(head);
    for (const title of ['地下车库', '消防通道']) await head.getByRole('row').filter({ hasText: title }).locator('.el-checkbox').click();
    await head.getByRole('button', { name: '移交 2 封' }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByRole('button', { name: '移交', exact: true }).click();
    await dialog.getByText('请选择同事').first().waitFor();
    await dialog.getByRole('combobox', { name: '交给哪位同事' }).fill('赵磊');
    await head.getByRole('option', { name: /赵磊/ }).filter({ visible: true }).first().click();
    await dialog.getByLabel('为什么移交').fill('刘洋出差两周');
    await views(head, 'desk-handover');
    await consent(head, '移交');
    await head.getByText('2 封已移交给赵磊').waitFor();
    await other.goto('/console/letters?box=taken');
    await settled(other);
    expect(await other.getByRole('row').filter({ hasText: '地下车库' }).count()).toBe(1);
    expect(JSON.stringify(await author.ask(`/api/v1/me/letters/${ids[0]}`))).not.toContain('出差');
  });

  test('is closed only when somebody takes over what is in hand', async () => {
    await first.goto('/console/staff?q=zhaolei');
    await settled(first);
    await first.getByRole('link', { name: '赵磊' }).first().click();
    await first.getByRole('button', { name: '停用账号' }).click();
    const dialog = first.getByRole('dialog');
    await dialog.getByText('在办来信').waitFor();
    await dialog.getByRole('combobox', { name: '没办完的事项移交给谁' }).fill('刘洋');
    await first.getByRole('option', { name: /刘洋/ }).filter({ visible: true }).first().click();
    await dialog.getByLabel('为什么移交').fill('调离');
    await views(first, 'desk-close-account');
    await consent(first, '停用账号');
    await first.getByText('已停用').first().waitFor();
    await hands.clerk.goto('/console/letters?box=taken');
    await settled(hands.clerk);
    expect(await hands.clerk.getByRole('row').filter({ hasText: '地下车库' }).count()).toBe(1);
  });
});

describe('the Supervisor', () => {
  test('handles what two offices could not solve, and signs it', async () => {
    const author = people[3] as Resident;
    const id = await write('老旧小区加装电梯停工半年', author);
    await dispatch(hands, id);
    await answer(hands, hands.clerk, id, { text: '正在协调。', outcome: 'explained' });
    const unsolved = { response: 2, solved: false, satisfaction: 1, text: '还是没有动静' };
    await author.send(`/api/v1/me/letters/${id}/rating`, unsolved);
    await answer(hands, hands.head, id, { text: '又协调了一次。', outcome: 'explained' });
    await author.send(`/api/v1/me/letters/${id}/rating`, unsolved);
    await hands.clerk.goto('/console/letters?box=todo');
    await settled(hands.clerk);
    expect(await hands.clerk.getByRole('row').filter({ hasText: '加装电梯' }).count()).toBe(0);
    await supervisor.goto('/console/letters?box=supervised');
    await settled(supervisor);
    await supervisor.getByRole('link', { name: '老旧小区加装电梯停工半年' }).click();
    await supervisor.getByText('这是第三次办理').waitFor();
    await views(supervisor, 'desk-supervisor');
    await supervisor.getByRole('button', { name: '认领' }).click();
    await supervisor.getByText('您已认领').first().waitFor();
    await supervisor.getByLabel('答复内容').fill('市政府办召集住建局和施工单位，12 月 5 日复工。');
    await supervisor.locator('.el-radio__label').filter({ hasText: '列入计划' }).first().click();
    await supervisor.getByRole('button', { name: '送签' }).click();
    await supervisor.getByText('已送签').first().waitFor();
    await supervisor.goto('/console/letters?box=signing');
    await settled(supervisor);
    expect(await supervisor.locator('[data-row-door]').count()).toBe(1); // no office's reply is the Supervisor's to sign
    await supervisor.locator('[data-row-door]').first().click();
    await supervisor.getByRole('button', { name: '签发', exact: true }).click();
    await consent(supervisor, '签发');
    await supervisor.getByText('已签发').first().waitFor();
    const l = await author.ask<{ answers: { text: string }[] }>(`/api/v1/me/letters/${id}`);
    expect(l.answers.at(-1)?.text).toContain('12 月 5 日复工');
  });
});

/** The first Saturday at least so many days from now. */
function nextSaturday(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  while (at.getUTCDay() !== 6) at.setTime(at.getTime() + 86_400_000);
  return at.toISOString().slice(0, 10);
}
