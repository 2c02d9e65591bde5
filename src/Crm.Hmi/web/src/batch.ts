// The batch: procedure with the active path, prompts and samples that wait for a person, what happens next.
import { byId, can, el, put, quoted, say, sayLine } from './dom';
import { about, followExpected, outlook, type Outlook } from './expected';
import { get, live } from './live';
import { promptForm, sampleForm } from './answers';
import { progress, sampled } from './overview';
import { batches, furtherBatch } from './batches';
import { campaigns, furtherCampaign } from './campaigns';
import { finish } from './finish';
import { modes, refusals, waitingStep } from './modes';
import { recovery } from './recovery';
import { revision } from './revision';
import { remarkForm } from './remark';
import { HEADINGS, LOT_KINDS, stateChip } from './states';
import { clock, doing, plain, span, stepName, waitsForPerson } from './text';
import { t } from './words';
import type { PlantExplanation, Situation, StepInfo } from './contracts';

const CONTAINERS = ['sequence', 'parallel', 'unit', 'operation', 'alternative', 'repeat'];
let asked = '';
let followed = '';

export function batch(): void {
  const place = byId('batch');
  if (!place) return;
  place.className = 'batch';
  place.append(
    el('section', { class: 'panel procedure', 'aria-label': t('Procedure'), tabindex: '0' }, el('h3', { lang: 'en' }, live.rig.recipe.title), el('ol', { id: 'steps' }, ...live.rig.steps.map(row))),
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

function row(step: StepInfo): HTMLElement {
  return el('li', { class: `step depth-${Math.min(step.depth, 5)} ${CONTAINERS.includes(step.kind) ? 'group' : ''}`, 'data-step': step.id },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, '·'), el('span', { class: 'step-name', lang: 'en' }, stepName(step)), el('span', { class: 'step-state' }));
}

let listed: StepInfo[] | null = null;

function mark(now: Situation): void {
  if (listed && listed !== live.rig.steps) byId('steps')?.replaceChildren(...live.rig.steps.map(row));
  listed = live.rig.steps;
  const open = new Set(now.steps.map((s) => s.id));
  const left = passedOver(now), taken = sampled(now);
  const ahead = outlook(now, live.frame?.now ?? 0);
  for (const line of document.querySelectorAll<HTMLElement>('[data-step]')) {
    const id = line.dataset.step ?? '';
    const band = now.bands.find((b) => b.step === id);
    const active = now.steps.find((s) => s.id === id);
    const waiting = now.waiting.find((s) => s.id === id);
    const state = active ? 'active' : waiting ? 'waiting' : band ? (band.to === null ? 'open' : 'done') : left.has(id) ? 'passed' : taken.has(id) ? 'done' : 'ahead';
    line.dataset.state = state;
    say(line.querySelector('.mark'), { active: '▶', open: '▸', waiting: '…', done: '✓', passed: '–', ahead: '·' }[state]);
    sayLine(line.querySelector('.step-state'), active ? active.state.toUpperCase() : waiting ? [quoted(waiting.doing)] : band?.to ? `${clock(band.from)}, ${span(band.to - band.from)}` : state === 'passed' ? t('not needed') : state === 'ahead' ? coming(ahead, id) : '');
    if (state === 'active' && id !== followed && open.values().next().value === id) { followed = id; line.scrollIntoView({ block: 'center' }); }
  }
}

/** About when it begins, and how long it takes. */
function coming(ahead: Outlook | null, id: string): string {
  const step = ahead?.steps.get(id);
  return step ? t('about {0}, {1}', about(step.at), span(step.takes)) : '';
}

/** Steps of branches and passes that the batch went by: another branch was chosen, or the choice is over. */
function passedOver(now: Situation): Set<string> {
  const ended = new Map(now.bands.map((b) => [b.step, b.to !== null]));
  const coming = new Set([...now.waiting, ...now.steps].map((s) => s.id));
  const steps = live.rig.steps;
  const passed = new Set<string>();
  for (const step of steps) {
    const parent = steps[step.parent];
    if (!parent) continue;
    const isChoice = parent.kind === 'alternative' || parent.kind === 'repeat';
    const another = parent.kind === 'alternative' && steps.some((s) => s.parent === parent.number && ended.has(s.id));
    if (passed.has(parent.id) || (isChoice && !ended.has(step.id) && !coming.has(step.id) && (another || ended.get(parent.id) === true))) passed.add(step.id);
  }
  return passed;
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

