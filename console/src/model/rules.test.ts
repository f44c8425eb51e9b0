import { describe, expect, it } from 'vitest';
import { browserOf } from './browser';
import { idleState, leftOf, type Clocks } from './idle';
import { differences, merged } from './merge';
import { rulesOf } from './password';
import { clash } from './role';
import { piecesOf } from './text';
import { downward, found, pathOf, rowsOf, treeOf } from './tree';

const held = (role: string, department_id = '') => ({ role, department_id });

describe('roles', () => {
  it('nobody holds two of the three powers, nor one beside anything else', () => {
    expect(clash([held('system_administrator'), held('auditor')])).toBe('role.powers');
    expect(clash([held('auditor'), held('editor', 'zj')])).toBe('role.powers');
    expect(clash([held('auditor')])).toBeUndefined();
  });

  it('an editor is one somewhere, a dispatcher everywhere', () => {
    expect(clash([held('editor')])).toBe('role.department');
    expect(clash([held('dispatcher', 'zj')])).toBe('role.department');
    expect(clash([held('editor', 'zj'), held('editor', 'jt')])).toBeUndefined();
    expect(clash([held('editor', 'zj'), held('editor', 'zj')])).toBe('role.twice');
  });
});

describe('a new password', () => {
  const owner = { login: 'wang.jie', name: '王洁' };
  const broken = (password: string) =>
    rulesOf(password, 'old password 1', owner)
      .filter((r) => !r.kept)
      .map((r) => r.rule);

  it('is long, not made of its owner, not a piece over and over, and new', () => {
    expect(broken('青石板 雨巷 旧茶壶 1987')).toEqual([]);
    expect(broken('short')).toEqual(['length']);
    expect(broken('Wang.Jie-2026-11')).toEqual(['own']);
    expect(broken('abcabcabcabcabc')).toEqual(['repeats']);
    expect(broken('old password 1')).toEqual(['new']);
  });

  it('that is not there yet keeps no rule', () => {
    expect(broken('')).toHaveLength(4);
  });
});

describe('two who changed the same', () => {
  const base = { name: '李强', title: '科员', department: 'zj' };
  const mine = { ...base, name: '李刚' };
  const theirs = { ...base, title: '副科长' };

  it('differ in what either typed; what nobody here typed is theirs', () => {
    expect(differences({ base, mine, theirs }, ['name', 'title', 'department'])).toEqual([
      { field: 'name', likely: 'mine' },
      { field: 'title', likely: 'theirs' },
    ]);
  });

  it('are merged as was chosen', () => {
    expect(merged(mine, theirs, { name: 'mine', title: 'theirs' })).toEqual({
      name: '李刚',
      title: '副科长',
      department: 'zj',
    });
  });
});

describe('a session', () => {
  const minute = 60_000;
  const clocks = (changed: Partial<Clocks>): Clocks => ({
    now: 0,
    answeredAt: 0,
    touchedAt: 0,
    idle: 30 * minute,
    expiresAt: 12 * 60 * minute,
    ...changed,
  });

  it('is warned two minutes before it ends for want of use', () => {
    expect(idleState(clocks({ now: 27 * minute }))).toBe('fine');
    expect(idleState(clocks({ now: 28 * minute }))).toBe('idle');
    expect(leftOf(clocks({ now: 28 * minute }))).toBe(2 * minute);
    expect(idleState(clocks({ now: 30 * minute }))).toBe('over');
  });

  it('is kept for somebody who types without sending anything', () => {
    expect(idleState(clocks({ now: 6 * minute, touchedAt: 5 * minute }))).toBe('touch');
    expect(idleState(clocks({ now: 6 * minute, touchedAt: 1 * minute }))).toBe('fine'); // they left long ago
  });

  it('ends at its time whoever is there, and says so before', () => {
    const busy = { answeredAt: 719 * minute, touchedAt: 719 * minute };
    expect(idleState(clocks({ now: 719 * minute, ...busy }))).toBe('ending');
    expect(idleState(clocks({ now: 720 * minute, ...busy }))).toBe('over');
  });
});

describe('departments', () => {
  const d = (id: string, parent_id: string, name: string, aliases: string[] = []) => ({
    id,
    parent_id,
    name,
    short_name: '',
    aliases,
  });
  const list = [
    d('gov', '', '鸢都市人民政府'),
    d('zj', 'gov', '住房和城乡建设局', ['住建委']),
    d('wy', 'zj', '物业科'),
    d('jt', 'gov', '交通运输局'),
  ];

  it('stand below each other, siblings in their order', () => {
    expect(rowsOf(treeOf(list)).map((b) => `${b.depth}${b.item.id}`)).toEqual(['0gov', '1zj', '2wy', '1jt']);
  });

  it('whose parent is not in the list stand at the top, and none is lost in a circle that cannot be', () => {
    expect(rowsOf(treeOf([d('wy', 'zj', '物业科')]))).toHaveLength(1);
    expect(pathOf([d('a', 'b', '甲'), d('b', 'a', '乙')], 'a')).toHaveLength(2);
  });

  it('are found by what people call them, and keep their place', () => {
    expect(found(list, '住建委').map((x) => x.id)).toEqual(['gov', 'zj']);
    expect(found(list, '没有')).toEqual([]);
    expect(found(list, ' ')).toHaveLength(4);
  });

  it('cannot be put below themselves', () => {
    expect([...downward(list, 'zj')]).toEqual(['zj', 'wy']);
  });
});

it('a privacy text is headings, lists and paragraphs; whatever else it holds stays text', () => {
  expect(piecesOf('# 标题\n\n第一段<script>\n\n- 甲\n- 乙\n1. 一\n')).toEqual([
    { kind: 'heading', level: 1, text: '标题' },
    { kind: 'paragraph', text: '第一段<script>' },
    { kind: 'list', ordered: false, items: ['甲', '乙'] },
    { kind: 'list', ordered: true, items: ['一'] },
  ]);
});

it('a browser is called what people call it', () => {
  expect(
    browserOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0'),
  ).toBe('Edge，Windows');
  expect(browserOf('curl/8.5.0')).toBe('curl/8.5.0');
  expect(browserOf('')).toBe('');
});
