// What runs here, who has an account, what it relies on that it cannot see, and what the marks of instruments mean (SAF-33, NE-05).
import { accounts, showAccounts } from './accounts';
import { byId, el, quoted } from './dom';
import { key, tell } from './commands';
import { mark, MARKS } from './health';
import { get, live } from './live';
import { span } from './text';
import { phrase, t } from './words';
import type { AboutRig, HardWiredSeen } from './contracts';

export function about(): void {
  const place = byId('about');
  if (!place) return;
  place.className = 'about';
  place.append(
    el('section', { class: 'panel', id: 'boundary' }, el('h3', {}, t('What this is not')),
      el('p', {}, el('b', {}, `${t('Crm is not a safety system.')} `), t('It makes accidents rarer; nobody may count on it alone. What is listed here must work with this software stopped, wrong or hostile, and somebody must have seen that it does.'))),
    el('section', { class: 'panel', id: 'hard-wired' }, el('h3', {}, t('Hard-wired protections this rig is taken to have')), el('p', { id: 'hard-wired-count' }), el('div', { id: 'hard-wired-list' })),
    el('div', {}, accounts(), el('section', { class: 'panel', id: 'versions' }, el('h3', {}, t('What runs')), el('dl', { class: 'metrics', id: 'what-runs' })),
    el('section', { class: 'panel', id: 'marks' }, el('h3', {}, t('Marks of instruments')), ...MARKS.slice(1).map((m, i) => el('p', { class: 'row' }, mark(i + 1), el('span', {}, `${m.letter}: ${m.word}`))))));
  void showAccounts();
  void look();
  setInterval(() => void look(), 2000);
}

let drawn = '';
async function look(): Promise<void> {
  const seen = await get<AboutRig>(`${live.path}/about`).catch(() => null);
  const list = byId('hard-wired-list');
  const writing = list?.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement && document.activeElement.value !== '';
  const fresh = JSON.stringify([seen, live.situation?.aside.filter((a) => a.kind === 'hard_wired')]);
  if (!seen || !list || writing || fresh === drawn) return;
  drawn = fresh;
  const open = seen.hardWired.filter((h) => h.by === '').length;
  byId('hard-wired-count')?.replaceChildren(el('p', { class: open > 0 ? 'reason' : 'quiet' }, seen.hardWired.length === 0 ? t('The rig file names none: a rig without this list is not ready for anything but its twin.')
    : open > 0 ? t('{0} of {1} are not ticked: nobody has put on record that they work. {2}', open, seen.hardWired.length, seen.twin ? t('This is a twin: it starts all the same.') : t('START waits for them.')) : t('All of them are ticked.')));
  list.replaceChildren(...seen.hardWired.map(row));
  byId('what-runs')?.replaceChildren(...[[t('Software'), seen.software], [t('Rig'), `${seen.rig} ${seen.version}${seen.twin ? t(', on its twin') : ''}`], [t('Rig file'), seen.rigHash.slice(0, 12)], [t('Protection'), seen.protection.slice(0, 12)]].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function row(h: HardWiredSeen): HTMLElement {
  const ticked = h.by !== '';
  const found = el('input', { type: 'text', maxlength: '200', name: 'found', placeholder: ticked ? t('why not any more') : t('what was found'), 'aria-label': ticked ? t('Why it is not taken for granted any more') : t('What was found') });
  const name = h.name.replaceAll('_', ' ');
  const act = ticked ? key(t('Take the tick back'), phrase('{0}: not taken for granted', quoted(name)), `/hard-wired/${h.name}/withdraw`, true, () => ({ reason: found.value.trim() }))
    : key(t('Seen to work'), phrase('{0}: seen to work', quoted(name)), `/hard-wired/${h.name}/tick`, true, () => ({ reason: found.value.trim() }));
  act.addEventListener('click', () => { if (found.value.trim() === '') tell(ticked ? phrase('{0}: say why first', quoted(name)) : phrase('{0}: say what was found first', quoted(name)), 'refused'); });
  return el('div', { class: 'alarm', 'data-hard-wired': h.name, 'data-ticked': String(ticked) },
    el('span', { class: 'tick', 'aria-hidden': 'true' }, ticked ? '☑' : '☐'),
    el('div', {}, el('b', { lang: 'en' }, name), el('p', { lang: 'en' }, `${h.what}.`), el('p', {}, ticked ? phrase('Seen to work by {0} on {1}: {2}', h.by, h.day, h.note) : phrase('To be seen: {0}.', quoted(h.proof)))),
    el('div', { class: 'alarm-keys' }, found, act, ticked ? null : setAside(h, name, found)));
}

/** As a bypass: for a time, with a reason, by who may; a twin asks nobody, so there is nothing to set aside (SAF-13, SAF-33). */
function setAside(h: HardWiredSeen, name: string, reason: HTMLInputElement): HTMLElement | null {
  if (live.rig.twin) return null;
  const standing = live.situation?.aside.find((a) => a.kind === 'hard_wired' && a.target === h.name);
  if (standing) return el('div', {}, el('small', {}, t('set aside by {0}: {1}', standing.by, standing.reason)), key(t('START waits again'), phrase('{0}: START waits for it again', quoted(name)), `/hard-wired/${h.name}/end-set-aside`, true));
  const minutes = el('select', { 'aria-label': t('How long') }, ...[30, 60, 120, 240].map((m) => el('option', { value: String(m) }, span(m * 60))));
  return el('details', {}, el('summary', {}, t('START without it …')), el('div', { class: 'shelve' }, el('small', {}, t('the words above are the reason')), minutes,
    key(t('Set aside'), phrase('{0}: started without it', quoted(name)), `/hard-wired/${h.name}/set-aside`, true, () => ({ minutes: Number(minutes.value), reason: reason.value.trim() }))));
}
