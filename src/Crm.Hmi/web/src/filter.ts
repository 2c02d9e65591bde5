// Which alarms of the list are shown, and in which order. What there is in all is always said: a filter never hides silently (ALM-25).
import { byId, el } from './dom';
import { live } from './live';
import { needsAcknowledging } from './shell';
import { PRIORITIES } from './text';
import { counted, t } from './words';
import type { AlarmSeen } from './contracts';

const EMPTY = { priority: '', state: '', words: '', order: 'priority' };
let chosen = { ...EMPTY };

export function choose(alarms: AlarmSeen[]): AlarmSeen[] {
  const words = chosen.words.trim().toLowerCase();
  const shown = alarms.filter((a) => (chosen.priority === '' || a.priority === Number(chosen.priority))
    && (chosen.state === '' || (chosen.state === 'new') === needsAcknowledging(a)) && (words === '' || `${a.id} ${a.text}`.toLowerCase().includes(words)));
  if (chosen.order === 'priority') return shown;
  return [...shown].sort((a, b) => (chosen.order === 'newest' ? b.since - a.since : a.since - b.since));
}

export function count(alarms: AlarmSeen[], shown: number): void {
  const place = byId('alarm-count');
  if (!place) return;
  const open = alarms.filter(needsAcknowledging).length;
  const text = counted(alarms.length, '{0} alarm, {1} not acknowledged', '{0} alarms, {1} not acknowledged', open);
  const hidden = alarms.length - shown;
  const row = byId('alarm-choose');
  if (row) row.hidden = alarms.length === 0;
  const fresh = `${text} ${hidden}`;
  if (place.dataset.drawn === fresh) return;
  place.dataset.drawn = fresh;
  place.replaceChildren(el('b', {}, text), hidden > 0 ? el('span', { class: 'reason' }, `${t('a filter hides {0} of them', hidden)} `, el('button', { type: 'button', class: 'small', id: 'show-all', click: clear }, t('Show all'))) : '');
}

/** Filters are of this look at the page alone: nobody finds another's. */
export function filters(): HTMLElement {
  const changed = (): void => { const now = live.situation; if (now) live.tellAgain(); };
  const select = (label: string, name: 'priority' | 'state' | 'order', options: [string, string][]): HTMLElement => {
    const made = el('select', { 'aria-label': label, name, change: () => { chosen[name] = made.value; changed(); } }, ...options.map(([value, text]) => el('option', { value }, text)));
    return made;
  };
  const words = el('input', { type: 'search', name: 'words', placeholder: t('words'), 'aria-label': t('Only alarms with these words'), input: () => { chosen.words = words.value; changed(); } });
  return el('div', { id: 'alarm-filter' }, el('p', { id: 'alarm-count' }), el('div', { class: 'row', id: 'alarm-choose' },
    select(t('Priority'), 'priority', [['', t('every priority')], ...[1, 2, 3, 4].map((p): [string, string] => [String(p), t('only {0}, {1}', p, PRIORITIES[p] ?? '')])]),
    select(t('State'), 'state', [['', t('every state')], ['new', t('only not acknowledged')], ['seen', t('only acknowledged')]]), words,
    select(t('Order'), 'order', [['priority', t('by priority')], ['newest', t('newest first')], ['oldest', t('oldest first')]])));
}

function clear(): void {
  chosen = { ...EMPTY };
  for (const control of document.querySelectorAll<HTMLSelectElement | HTMLInputElement>('#alarm-filter select, #alarm-filter input')) control.value = control.name === 'order' ? EMPTY.order : '';
  live.tellAgain();
}
