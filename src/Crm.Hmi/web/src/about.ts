// What runs here, what it relies on that it cannot see, and what the marks of instruments mean (SAF-33, NE-05).
import { byId, el } from './dom';
import { key, tell } from './commands';
import { mark, MARKS } from './health';
import { get, live } from './live';
import { span } from './text';
import type { AboutRig, HardWiredSeen } from './contracts';

export function about(): void {
  const place = byId('about');
  if (!place) return;
  place.className = 'about';
  place.append(
    el('section', { class: 'panel', id: 'boundary' }, el('h3', {}, 'What this is not'),
      el('p', {}, el('b', {}, 'Crm is not a safety system. '), 'It makes accidents rarer; nobody may count on it alone. What is listed here must work with this software stopped, wrong or hostile, and somebody must have seen that it does.')),
    el('section', { class: 'panel', id: 'hard-wired' }, el('h3', {}, 'Hard-wired protections this rig is taken to have'), el('p', { id: 'hard-wired-count' }), el('div', { id: 'hard-wired-list' })),
    el('div', {}, el('section', { class: 'panel', id: 'versions' }, el('h3', {}, 'What runs'), el('dl', { class: 'metrics', id: 'what-runs' })),
    el('section', { class: 'panel', id: 'marks' }, el('h3', {}, 'Marks of instruments'), ...MARKS.slice(1).map((m, i) => el('p', { class: 'row' }, mark(i + 1), el('span', {}, `${m.letter}: ${m.word}`))))));
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
  byId('hard-wired-count')?.replaceChildren(el('p', { class: open > 0 ? 'reason' : 'quiet' }, seen.hardWired.length === 0 ? 'The rig file names none: a rig without this list is not ready for anything but its twin.'
    : open > 0 ? `${open} of ${seen.hardWired.length} are not ticked: nobody has put on record that they work. ${seen.twin ? 'This is a twin: it starts all the same.' : 'START waits for them.'}` : 'All of them are ticked.'));
  list.replaceChildren(...seen.hardWired.map(row));
  byId('what-runs')?.replaceChildren(...[['Software', seen.software], ['Rig', `${seen.rig} ${seen.version}${seen.twin ? ', on its twin' : ''}`], ['Rig file', seen.rigHash.slice(0, 12)], ['Protection', seen.protection.slice(0, 12)]].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function row(h: HardWiredSeen): HTMLElement {
  const ticked = h.by !== '';
  const found = el('input', { type: 'text', maxlength: '200', name: 'found', placeholder: ticked ? 'why not any more' : 'what was found', 'aria-label': ticked ? 'Why it is not taken for granted any more' : 'What was found' });
  const name = h.name.replaceAll('_', ' ');
  const act = ticked ? key('Take the tick back', `${name}: not taken for granted`, `/hard-wired/${h.name}/withdraw`, true, () => ({ reason: found.value.trim() }))
    : key('Seen to work', `${name}: seen to work`, `/hard-wired/${h.name}/tick`, true, () => ({ reason: found.value.trim() }));
  act.addEventListener('click', () => { if (found.value.trim() === '') tell(`${name}: say ${ticked ? 'why' : 'what was found'} first`, 'refused'); });
  return el('div', { class: 'alarm', 'data-hard-wired': h.name, 'data-ticked': String(ticked) },
    el('span', { class: 'tick', 'aria-hidden': 'true' }, ticked ? '☑' : '☐'),
    el('div', {}, el('b', {}, name), el('p', {}, `${h.what}.`), el('p', {}, ticked ? `Seen to work by ${h.by} on ${h.day}: ${h.note}` : `To be seen: ${h.proof}.`)),
    el('div', { class: 'alarm-keys' }, found, act, ticked ? null : setAside(h, name, found)));
}

/** As a bypass: for a time, with a reason, by who may; a twin asks nobody, so there is nothing to set aside (SAF-13, SAF-33). */
function setAside(h: HardWiredSeen, name: string, reason: HTMLInputElement): HTMLElement | null {
  if (live.rig.twin) return null;
  const standing = live.situation?.aside.find((a) => a.kind === 'hard_wired' && a.target === h.name);
  if (standing) return el('div', {}, el('small', {}, `set aside by ${standing.by}: ${standing.reason}`), key('START waits again', `${name}: START waits for it again`, `/hard-wired/${h.name}/end-set-aside`, true));
  const minutes = el('select', { 'aria-label': 'How long' }, ...[30, 60, 120, 240].map((m) => el('option', { value: String(m) }, span(m * 60))));
  return el('details', {}, el('summary', {}, 'START without it …'), el('div', { class: 'shelve' }, el('small', {}, 'the words above are the reason'), minutes,
    key('Set aside', `${name}: started without it`, `/hard-wired/${h.name}/set-aside`, true, () => ({ minutes: Number(minutes.value), reason: reason.value.trim() }))));
}
