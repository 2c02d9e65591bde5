// Proof tests of the protection: what is overdue, what was done, and the day it is judged by (SAF-30).
import { byId, can, el, quoted } from './dom';
import { commandForm, key } from './commands';
import { get, live } from './live';
import { phrase, t } from './words';
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
  const found = el('input', { type: 'text', maxlength: '200', name: 'found', placeholder: t('what was found'), 'aria-label': t('What was found') });
  return el('div', { class: 'alarm', 'data-proof': test.trip, 'data-overdue': String(test.overdue ?? '') },
    el('span', { class: 'chip' }, test.overdue ? t('PROOF TEST OVERDUE') : t('PROOF TEST')),
    el('div', {}, el('b', { lang: 'en' }, test.trip.replaceAll('-', ' ')), el('p', {}, phrase('{0}. Last passed {1}, due {2}.', quoted(test.how), test.last, test.due))),
    el('div', { class: 'alarm-keys' }, found, key(t('Done and passed'), phrase('Proof test of {0}', quoted(test.trip)), `/trips/${encodeURIComponent(test.trip)}/proof-test`, true, () => ({ reason: found.value.trim() }))));
}

/** Every row that declares one; and, while nobody has said what day it is, the question. */
export function proofTests(): HTMLElement {
  const list = el('div', {});
  const box = el('details', { id: 'all-proof-tests' }, el('summary', {}, t('Proof tests of the protection: when the last passed, when the next is due')), list);
  const look = (): void => {
    if (!box.open || list.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
    void get<ProofTestSeen[]>(`${live.path}/proof-tests`).then((tests) => {
      const fresh = JSON.stringify(tests);
      if (list.dataset.drawn === fresh) return;
      list.dataset.drawn = fresh;
      list.replaceChildren(...(tests.length === 0 ? [el('p', { class: 'quiet' }, t('No row of this rig declares a proof test.'))] : tests.map(row)), ...(tests.some((t) => t.overdue === null) ? [day()] : []));
    }).catch(() => undefined);
  };
  box.addEventListener('toggle', look);
  setInterval(look, 2000);
  return box;
}

function day(): HTMLElement {
  const today = el('input', { type: 'date', name: 'day', required: true, 'aria-label': t('Day') });
  today.value = new Date().toISOString().slice(0, 10);
  const form = el('form', { class: 'row', id: 'day' });
  form.append(el('span', { class: 'reason' }, t('Nobody has said what day it is: nothing is judged as overdue, and no test can be put on record.')), today,
    commandForm(form, t('This is today'), t('Day'), '/day', can('Operate'), () => ({ day: today.value })));
  return form;
}
