/** The left menu: what there is, by domain, and which act opens it. */
import type { Drawing } from '@/components/Icon.vue';
import { opensTo, type ActName, type Opener } from '@/api/session';
import { frame } from '@/locale/zh-CN';

export interface Entry {
  name: keyof typeof frame.pages; // also the route's name
  icon: Drawing;
  act?: Opener;
}

export interface Group {
  name: keyof typeof frame.groups;
  entries: Entry[];
}

const groups: Group[] = [
  { name: 'start', entries: [{ name: 'home', icon: 'home' }] },
  {
    name: 'publishing',
    entries: [
      { name: 'policies', icon: 'document', act: 'document.read' },
      { name: 'interpretations', icon: 'explain', act: 'document.read' },
      { name: 'meetings', icon: 'meeting', act: 'document.read' },
      { name: 'disclosures', icon: 'clock', act: 'document.read' },
      { name: 'consultations', icon: 'consultation', act: 'document.read' },
      { name: 'owed-consultations', icon: 'clock', act: 'opinion.read' },
      { name: 'events', icon: 'people', act: 'document.read' },
      { name: 'gazettes', icon: 'book', act: 'document.read' },
      { name: 'gazette-imports', icon: 'upload', act: 'document.read' },
      { name: 'gazette-years', icon: 'calendar', act: ['document.read', 'gazette_year.edit'] },
      { name: 'matters', icon: 'thread', act: 'document.read' },
      { name: 'due', icon: 'clock', act: 'document.read' },
      { name: 'imports', icon: 'sheet', act: 'document.read' },
    ],
  },
  {
    name: 'answering',
    entries: [
      { name: 'letters', icon: 'letter', act: 'letter.open' },
      { name: 'publicLetters', icon: 'document', act: 'letter.read' },
      { name: 'letters.figures', icon: 'sheet', act: 'letter.open' },
      { name: 'letters.watch', icon: 'shield', act: 'letter.supervise' },
      { name: 'letters.calls', icon: 'phone', act: 'letter.call' },
      { name: 'robots', icon: 'bell', act: 'letter.robot' },
      { name: 'knowledge', icon: 'topics', act: 'knowledge.read' },
      { name: 'reply-templates', icon: 'copy', act: 'knowledge.read' },
      { name: 'feedback', icon: 'explain', act: 'feedback.read' },
    ],
  },
  {
    name: 'people',
    entries: [
      { name: 'staff', icon: 'people', act: 'staff.read' },
      { name: 'departments', icon: 'tree', act: 'department.read' },
    ],
  },
  {
    name: 'lists',
    entries: [
      { name: 'doubles', icon: 'double', act: 'document.merge' },
      { name: 'front', icon: 'phone', act: 'home.read' },
      { name: 'topics', icon: 'topics', act: 'topic.read' },
      { name: 'meeting-columns', icon: 'sheet', act: 'meeting_column.edit' },
      { name: 'words', icon: 'words', act: 'words.read' },
      { name: 'voices', icon: 'explain', act: 'voice.read' },
    ],
  },
  {
    name: 'city',
    entries: [
      { name: 'settings', icon: 'sliders', act: 'settings.read' },
      { name: 'privacy', icon: 'shield', act: 'settings.read' },
      { name: 'calendar', icon: 'calendar', act: 'settings.read' },
    ],
  },
  {
    name: 'messages',
    entries: [
      { name: 'announcements', icon: 'bell', act: 'delivery.read' },
      { name: 'push', icon: 'sliders', act: 'push.read' },
      { name: 'credits', icon: 'person', act: 'push.read' },
      { name: 'templates', icon: 'phone', act: 'template.read' },
    ],
  },
  {
    name: 'residents',
    entries: [
      { name: 'residents', icon: 'person', act: 'resident.count' },
      { name: 'follows', icon: 'trail', act: 'resident.count' },
    ],
  },
  { name: 'audit', entries: [{ name: 'audit', icon: 'trail', act: 'audit.read' }] },
];

/** The menu of somebody: groups in which nothing may be opened are not there. */
export function menuFor(may: (act: ActName) => boolean): Group[] {
  return groups
    .map((g) => ({ ...g, entries: g.entries.filter((e) => opensTo(may, e.act)) }))
    .filter((g) => g.entries.length > 0);
}
