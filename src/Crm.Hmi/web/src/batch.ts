// The batch: procedure with the active path, prompts and samples that wait for a person, what happens next.
import { byId, can, el, put, quoted, say } from './dom';
import { about, followExpected, outlook } from './expected';
import { get, live } from './live';
import { promptForm, sampleForm } from './answers';
import { progress, sampled } from './overview';
import { batches, furtherBatch } from './batches';
import { campaigns, furtherCampaign } from './campaigns';
import { finish } from './finish';
import { modes, refusals, waitingStep } from './modes';
import { coming, CONTAINERS, mark, passedOver, procedure } from './procedure';
import { recovery } from './recovery';
import { revision } from './revision';
import { remarkForm } from './remark';
import { HEADINGS, LOT_KINDS, stateChip } from './states';
import { clock, doing, plain, span, stepName, waitsForPerson } from './text';
import { t } from './words';
import type { PlantExplanation, Situation } from './contracts';

let asked = '';

export function batch(): void {
  const place = byId('batch');
  if (!place) return;
  place.className = 'batch';
  place.append(
    procedure(place),
    el('div', { class: 'beside', tabindex: '0', role: 'region', 'aria-label': t('The batch now') },
      el('section', { class: 'panel', id: 'recovery', hidden: true, 'aria-live': 'polite', 'aria-label': t('After a lost controller') }),
      el('section', { class: 'panel', 'aria-live': 'polite', 'aria-label': t('Waiting for you') }, el('h3', {}, t('Waits for you')), el('div', { id: 'prompts' })),
      el('section', { class: 'panel' }, el('h3', {}, t('Now')), el('div', { id: 'now' }), el('div', { id: 'finish' })),
      el('section', { class: 'panel', id: 'why', hidden: true }),
      el('section', { class: 'panel', 'aria-label': t('Mode and presence') }, el('h3', {}, t('Mode, and who is at the rig')), el('div', { id: 'modes' })),
      el('section', { class: 'panel', id: 'revision', hidden: true, 'aria-live': 'polite', 'aria-label': t('Change this batch') }),
      el('section', { class: 'panel', 'aria-label': t('Remark') }, el('h3', {}, t('Remark')), remarkForm()),
      el('section', { class: 'panel', 'aria-label': t('Refusals') }, el('h3', {}, t('Refused last')), el('ul', { id: 'refusals', class: 'refusals' })),
      el('section', { class: 'panel', 'aria-label': t('Batches') }, el('h3', {}, t('Batches on this rig')), el('div', { id: 'batches' }), furtherBatch(), el('div', { id: 'campaigns' }), furtherCampaign()),
      el('section', { class: 'panel' }, el('h3', {}, t('Next')), el('ol', { id: 'next' }), el('p', { class: 'quiet', id: 'next-end' })),
      el('section', { class: 'panel' }, el('h3', {}, t('Lots')), el('table', { id: 'lots' }))));
  followExpected(() => live.tellAgain());
  live.onSituation((now) => { mark(now); recovery(now); present(now); finish(now); ahead(now); lots(now); questions(now); modes(now); revision(now); refusals(now); batches(now); campaigns(now); });
  live.onSecond((now) => { present(now); questions(now); });
}

function present(now: Situation): void {
  const place = byId('now');
  if (!place) return;
  const rows: HTMLElement[] = now.steps.filter((s) => !now.prompts.some((p) => p.id === s.id)).map((step) => el('div', { class: 'step-now' },
    ...(step.unit === '' && doing(step) !== '' ? [el('b', { lang: 'en' }, doing(step)), ' '] : [el('b', { lang: 'en' }, stepName(step)), ' ', stateChip(step.state), step.state === 'Held' ? null : el('span', { lang: 'en' }, doing(step))]), step.progress === null ? null : progress(step.progress),
    step.reason && !now.reason.includes(step.reason) ? el('div', { class: 'reason', lang: 'en' }, plain(step.reason)) : null, el('small', {}, t('for {0} of plant time', span((live.frame?.now ?? step.since) - step.since)))));
  if (now.reason) rows.unshift(el('div', { class: 'reason' }, `${now.batch.toUpperCase()}: `, quoted(plain(now.reason))));
  explain(now);
  rows.push(...now.waiting.map((step) => el('div', { class: 'step-now' }, el('b', { lang: 'en' }, stepName(step)), ' ', el('span', { lang: 'en' }, doing(step)))));
  put(place, rows.length > 0 ? rows : [el('p', { class: 'quiet' }, now.prompts.length > 0 ? t('The batch waits for the answer above.') : t('The batch is {0}.', now.batch.toUpperCase()))]);
}

function ahead(now: Situation): void {
  const begun = new Set([...now.bands.map((b) => b.step), ...sampled(now)]);
  const left = passedOver(now);
  const next = live.rig.steps.filter((s) => !CONTAINERS.includes(s.kind) && !begun.has(s.id) && !left.has(s.id)).slice(0, 5);
  const expected = outlook(now, live.frame?.now ?? 0);
  byId('next')?.replaceChildren(...next.map((s) => el('li', {}, quoted(stepName(s)), s.kind === 'prompt' ? el('small', {}, ` ${t('needs a person')}`) : null, el('small', { class: 'quiet' }, ` ${coming(expected, s.id)}`))));
  say(byId('next-end'), expected ? `${t('Expected end about {0}, in {1} of plant time', about(expected.end), span(expected.end - (live.frame?.now ?? 0)))}, ${expected.source}` : '');
}

function lots(now: Situation): void {
  byId('lots')?.replaceChildren(...now.lots.map((lot) => el('tr', {}, el('td', { lang: 'en' }, lot.id.replaceAll('_', ' ')), el('td', {}, LOT_KINDS[lot.kind] ?? lot.kind), el('td', { class: 'right' }, `${lot.mass.toFixed(3)} kg`))));
}

let explained = '';
/** At rest: what came first, what stands against RESTART, what to do; told by the controller. */
function explain(now: Situation): void {
  const place = byId('why');
  if (!place) return;
  const rests = ['Holding', 'Held', 'Stopped', 'Aborted'].includes(now.batch);
  const key = rests ? JSON.stringify([now.batch, now.reason, now.commands, now.trips, now.alarms.map((a) => a.state), now.steps.map((s) => s.state)]) : '';
  if (key === explained) return;
  explained = key;
  place.hidden = !rests;
  if (!rests) return;
  void get<PlantExplanation>(`${live.path}/explanation${live.ofBatch}`).then((why) => place.replaceChildren(
    el('h3', {}, t('Why, and what to do')), ...why.parts.filter((p) => !['instruments', 'outputs', 'now'].includes(p.heading)).map((part) => el('div', { class: 'explained' }, el('b', {}, HEADINGS[part.heading] ?? quoted(part.heading)), el('ul', {}, ...part.lines.map((l) => el('li', { lang: 'en' }, plain(l))))))))
    .catch(() => { explained = ''; });
}

/** What was typed into a form that is made anew, because the lot it named was refused, stays in it. */
function keepTyped(place: HTMLElement, forms: Node[]): void {
  for (const form of forms) {
    if (!(form instanceof HTMLFormElement)) continue;
    const before = place.querySelector(`form[data-prompt="${CSS.escape(form.dataset.prompt ?? '')}"]`);
    for (const input of form.querySelectorAll<HTMLInputElement>('input[type=number]')) {
      const typed = before?.querySelector<HTMLInputElement>(`input[name="${CSS.escape(input.name)}"]`);
      if (typed) input.value = typed.value;
    }
  }
}

/** Forms are made anew only when what is asked changes: nobody loses half an answer to a refresh. */
function questions(now: Situation): void {
  const due = now.samples.map((s) => ({ sample: s, due: s.dueAt <= (live.frame?.now ?? 0) }));
  const waiting = now.waiting.filter(waitsForPerson);
  const key = JSON.stringify([now.id, waiting.map((s) => [s.id, s.doing]), now.prompts.map((p) => [p.id, p.attempts]), due.map((d) => [d.sample.name, d.due])]);
  const place = byId('prompts');
  if (!place || key === asked) return;
  asked = key;
  const forms: Node[] = [...waiting.map(waitingStep), ...now.prompts.map((prompt) => promptForm(prompt, can('Operate')))];
  for (const { sample, due: ready } of due) forms.push(ready ? sampleForm(sample, can('EnterResults')) : el('p', { class: 'sample-away' }, t('Sample {0} is at the laboratory until {1}.', sample.name, clock(sample.dueAt))));
  keepTyped(place, forms);
  place.replaceChildren(...(forms.length > 0 ? forms : [el('p', { class: 'quiet' }, t('Nothing waits for you.'))]));
}

