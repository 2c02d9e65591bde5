// The procedure of the batch with the active path: as a list, or as the chart that the recipe is drawn as.
import { byId, el, quoted, say, sayLine } from './dom';
import { about, type Outlook, outlook } from './expected';
import { live } from './live';
import { sampled } from './overview';
import { chartPanel, markChart, MARKS, type StepState } from './procedurechart';
import { clock, span, stepName } from './text';
import { t } from './words';
import type { Situation, StepInfo } from './contracts';

export const CONTAINERS = ['sequence', 'parallel', 'unit', 'operation', 'alternative', 'repeat'];
const SHOWN = 'crm-procedure';
let followed = '';

/** @param page Gives the chart more room than the list. */
export function procedure(page: HTMLElement): HTMLElement {
  const list = el('ol', { id: 'steps' }, ...live.rig.steps.map(row));
  const chart = chartPanel();
  const keys = (['list', 'chart'] as const).map((look) => el('button', { type: 'button', class: 'small', 'data-procedure': look, click: () => show(look) }, look === 'list' ? t('List') : t('Chart')));
  const show = (look: string): void => {
    sessionStorage.setItem(SHOWN, look);
    page.classList.toggle('charted', look === 'chart');
    list.hidden = look === 'chart';
    chart.hidden = look !== 'chart';
    for (const each of keys) each.setAttribute('aria-pressed', String(each.dataset.procedure === look));
    if (look === 'chart') live.tellAgain();
    else list.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'center' });
  };
  const panel = el('section', { class: 'panel procedure', 'aria-label': t('Procedure'), tabindex: '0' },
    el('header', {}, el('h3', { lang: 'en' }, live.rig.recipe.title), el('span', { class: 'looks', role: 'group', 'aria-label': t('How the procedure is shown') }, ...keys)), list, chart);
  show(sessionStorage.getItem(SHOWN) === 'chart' ? 'chart' : 'list');
  return panel;
}

function row(step: StepInfo): HTMLElement {
  return el('li', { class: `step depth-${Math.min(step.depth, 5)} ${CONTAINERS.includes(step.kind) ? 'group' : ''}`, 'data-step': step.id },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, '·'), el('span', { class: 'step-name', lang: 'en' }, stepName(step)), el('span', { class: 'step-state' }));
}

let listed: StepInfo[] | null = null;

export function mark(now: Situation): void {
  if (listed && listed !== live.rig.steps) byId('steps')?.replaceChildren(...live.rig.steps.map(row));
  listed = live.rig.steps;
  const open = new Set(now.steps.map((s) => s.id));
  const left = passedOver(now), taken = sampled(now);
  const ahead = outlook(now, live.frame?.now ?? 0);
  const states = new Map<string, StepState>();
  for (const line of document.querySelectorAll<HTMLElement>('[data-step]')) {
    const id = line.dataset.step ?? '';
    const band = now.bands.find((b) => b.step === id);
    const active = now.steps.find((s) => s.id === id);
    const waiting = now.waiting.find((s) => s.id === id);
    const state: StepState = active ? 'active' : waiting ? 'waiting' : band ? (band.to === null ? 'open' : 'done') : left.has(id) ? 'passed' : taken.has(id) ? 'done' : 'ahead';
    line.dataset.state = state;
    states.set(id, state);
    say(line.querySelector('.mark'), MARKS[state]);
    sayLine(line.querySelector('.step-state'), active ? active.state.toUpperCase() : waiting ? [quoted(waiting.doing)] : band?.to ? `${clock(band.from)}, ${span(band.to - band.from)}` : state === 'passed' ? t('not needed') : state === 'ahead' ? coming(ahead, id) : '');
    if (state === 'active' && id !== followed && open.values().next().value === id) { followed = id; line.scrollIntoView({ block: 'center' }); }
  }
  markChart(states, now);
}

/** About when it begins, and how long it takes. */
export function coming(ahead: Outlook | null, id: string): string {
  const step = ahead?.steps.get(id);
  return step ? t('about {0}, {1}', about(step.at), span(step.takes)) : '';
}

/** Steps of branches and passes that the batch went by: another branch was chosen, or the choice is over. */
export function passedOver(now: Situation): Set<string> {
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
