// A change of the formula while the batch runs: one person proposes with a reason, another takes it or turns it down.
import { byId, can, el } from './dom';
import { key, smallKey } from './commands';
import { clock } from './text';
import type { FormulaInfo, RevisionSeen, Situation } from './contracts';

let drawn = '';
export function revision(now: Situation): void {
  const place = byId('revision');
  if (!place || place.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const fresh = JSON.stringify([now.id, now.batch, now.adjustable, now.revisions]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.hidden = now.adjustable.length === 0;
  place.replaceChildren(el('h3', {}, 'Formula of the running batch'), ...now.revisions.map(waiting), proposal(now.adjustable));
}

function waiting(open: RevisionSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: 'reason', 'aria-label': 'Reason of the review' });
  return el('div', { class: 'prompt', 'data-revision': open.by },
    el('h4', {}, `${open.by} proposes, since ${clock(open.at)}`), el('ul', {}, ...open.changes.map((line) => el('li', {}, line.replaceAll('_', ' ')))), el('p', {}, open.reason),
    el('div', { class: 'row' }, reason,
      key('ACCEPT the change', 'Accept the change of the formula', '/batch/revision/review', can('Operate'), () => ({ accept: true, reason: reason.value.trim() })),
      smallKey('TURN DOWN', 'Turn the change of the formula down', '/batch/revision/review', can('Operate'), () => ({ accept: false, reason: reason.value.trim() }))));
}

function proposal(values: FormulaInfo[]): HTMLElement {
  const inputs = values.map((value) => ({ value, input: el('input', { type: 'number', step: 'any', min: String(value.low), max: String(value.high), value: String(value.value), name: value.name, 'aria-label': value.label }) }));
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: 'reason', 'aria-label': 'Reason of the proposal' });
  const changed = (): Record<string, string> => Object.fromEntries(inputs.filter((i) => Number(i.input.value) !== i.value.value).map((i) => [i.value.name, `${i.input.value} ${i.value.unit}`.trim()]));
  return el('div', {},
    ...inputs.map((i) => el('label', { class: 'row' }, el('span', {}, `${i.value.label} (${i.value.low} to ${i.value.high} ${i.value.unit})`), i.input)),
    el('div', { class: 'row' }, reason, smallKey('PROPOSE', 'Propose a change of the formula', '/batch/formula', can('Operate'), () => ({ values: changed(), reason: reason.value.trim() }))));
}
