// Proof tests of the protection: what is overdue, what was done, and the day it is judged by (SAF-30).
import { byId, can, el } from './dom';
import { commandForm, key } from './commands';
import { get, live } from './live';
import type { ProofTestSeen, Situation } from './contracts';

let drawn = '';
/** What is overdue stands where everything stands that the next shift must know. */
export function overdue(now: Situation): void {
  const place = byId('proof-tests');
  if (!place || place.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const fresh = JSON.stringify(now.overdueProofTests);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...now.overdueProofTests.map(row));
}

function row(test: ProofTestSeen): HTMLElement {
  const found = el('input', { type: 'text', maxlength: '200', name: 'found', placeholder: 'what was found', 'aria-label': 'What was found' });
  return el('div', { class: 'alarm', 'data-proof': test.trip, 'data-overdue': String(test.overdue ?? '') },
    el('span', { class: 'chip' }, test.overdue ? 'PROOF TEST OVERDUE' : 'PROOF TEST'),
    el('div', {}, el('b', {}, test.trip.replaceAll('-', ' ')), el('p', {}, `${test.how}. Last passed ${test.last}, due ${test.due}.`)),
    el('div', { class: 'alarm-keys' }, found, key('Done and passed', `Proof test of ${test.trip}`, `/trips/${encodeURIComponent(test.trip)}/proof-test`, true, () => ({ reason: found.value.trim() }))));
}

/** Every row that declares one; and, while nobody has said what day it is, the question. */
export function proofTests(): HTMLElement {
  const list = el('div', {});
  const box = el('details', { id: 'all-proof-tests' }, el('summary', {}, 'Proof tests of the protection: when the last passed, when the next is due'), list);
  const look = (): void => {
    if (!box.open || list.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
    void get<ProofTestSeen[]>(`${live.path}/proof-tests`).then((tests) => {
      const fresh = JSON.stringify(tests);
      if (list.dataset.drawn === fresh) return;
      list.dataset.drawn = fresh;
      list.replaceChildren(...(tests.length === 0 ? [el('p', { class: 'quiet' }, 'No row of this rig declares a proof test.')] : tests.map(row)), ...(tests.some((t) => t.overdue === null) ? [day()] : []));
    }).catch(() => undefined);
  };
  box.addEventListener('toggle', look);
  setInterval(look, 2000);
  return box;
}

function day(): HTMLElement {
  const today = el('input', { type: 'date', name: 'day', required: true, 'aria-label': 'Day' });
  today.value = new Date().toISOString().slice(0, 10);
  const form = el('form', { class: 'row', id: 'day' });
  form.append(el('span', { class: 'reason' }, 'Nobody has said what day it is: nothing is judged as overdue, and no test can be put on record.'), today,
    commandForm(form, 'This is today', 'Day', '/day', can('Operate'), () => ({ day: today.value })));
  return form;
}
