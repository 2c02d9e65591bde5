// A batch that came back from a lost controller: what ran, what was on, what moved, and a person's choice for each step. RESTART carries it out.
import { byId, can, el, quoted } from './dom';
import { command, why } from './commands';
import { clock, plain, span, stepName } from './text';
import { live } from './live';
import { t } from './words';
import type { Recovery, RecoveryStep, Situation } from './contracts';

const CONSEQUENCE: Record<string, string> = {
  resume: t('goes on where it stood; what was dosed stays counted'),
  repeat: t('begins anew'),
  skip: t('is left out; the next step follows'),
};
let shown = '';

export function recovery(now: Situation): void {
  const place = byId('recovery');
  if (!place) return;
  const key = JSON.stringify(now.recoveries);
  if (key === shown) return;
  shown = key;
  place.hidden = now.recoveries.length === 0;
  place.replaceChildren(...now.recoveries.map(card));
}

function card(found: Recovery): HTMLElement {
  const open = found.steps.filter((s) => s.decision === '').length;
  return el('div', {},
    el('h3', {}, t('The controller was lost')),
    el('div', { class: 'reason' }, t('The batch was {0} until {1}. Nobody was in charge for {2}.', found.was.toUpperCase(), clock(found.lastSign), span(found.away))),
    ...found.steps.map(choices),
    found.steps.length === 0 ? el('p', {}, t('No step was running.')) : null,
    el('p', { class: 'key-note' }, open > 0 ? t('{0} of {1} to decide. Look at the rig first; then RESTART, or STOP or ABORT, which need no decision.', open, found.steps.length) : t('Decided. Reset the trips when their causes are clear, then RESTART.')),
    list(t('Was on, and what its device did'), found.energised, t('Nothing was on.')),
    list(t('Has moved'), found.moved, t('Nothing has moved.')),
    el('details', {}, el('summary', {}, t('What no record brings back')), el('ul', {}, ...found.notKept.map((line) => el('li', { lang: 'en' }, line)))));
}

function choices(step: RecoveryStep): HTMLElement {
  const name = live.rig.steps.find((s) => s.id === step.step);
  const title = name ? stepName(name) : step.step;
  if (step.decision !== '') return el('div', { class: 'prompt', 'data-recover': step.step, 'data-decision': step.decision }, el('h4', { lang: 'en' }, title), el('p', {}, t('Decided: {0}; it {1}.', step.decision, CONSEQUENCE[step.decision] ?? '')));
  const reason = el('input', { type: 'text', maxlength: '200', required: true, name: 'reason', placeholder: t('what you have looked at') });
  const may = can('Operate');
  const form = el('form', { class: 'prompt', 'data-recover': step.step, 'data-decision': '' },
    el('h4', { lang: 'en' }, title), el('p', { lang: 'en' }, step.text.split(': ').pop()?.replaceAll('_', ' ') ?? ''), el('label', {}, `${t('Reason')} `, reason),
    ...step.choices.map((choice) => el('div', {}, el('button', { type: 'submit', class: 'key', value: choice, formnovalidate: !may, 'aria-disabled': may ? false : 'true' }, choice.toUpperCase()), el('small', {}, ` ${CONSEQUENCE[choice] ?? ''}`))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const decision = ((event as SubmitEvent).submitter as HTMLButtonElement | null)?.value ?? '';
    void (may ? command : why)([`${decision.toUpperCase()} `, quoted(title)], '/steps/decide', { step: step.step, decision, reason: reason.value.trim() });
  });
  return form;
}

function list(title: string, lines: string[], none: string): HTMLElement {
  return el('div', { class: 'explained' }, el('b', {}, title), el('ul', {}, ...(lines.length > 0 ? lines.map((line) => el('li', { lang: 'en' }, plain(line))) : [el('li', {}, none)])));
}
