// The procedure chart of the batch: the drawing of its recipe, with what is done, runs, waits and was passed over laid on it.
import { drawing, el, say } from './dom';
import { live } from './live';
import { t } from './words';
import type { Situation } from './contracts';

export type StepState = 'active' | 'open' | 'waiting' | 'done' | 'passed' | 'ahead';
export const MARKS: Record<StepState, string> = { active: '▶', open: '▸', waiting: '…', done: '✓', passed: '–', ahead: '·' };

/** Of several passes that one box stands for, the one that says most. */
const TELLING: StepState[] = ['active', 'open', 'waiting', 'done', 'passed', 'ahead'];
const SIZES = [0.4, 0.6, 0.8, 1];
/** A box of the drawing; px of the drawing. The tooltip of a box is the id of its step. */
const BOX = /<rect class="(?:step|person|sample|gate|wait)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*><title>([^<]*)<\/title>/g;

const boxes = new Map<string, HTMLElement>();
const sheet = el('div', { class: 'chart-sheet', role: 'img', 'aria-label': t('Procedure chart of the batch; the list says the same in words') });
const frame = el('div', { class: 'procedure-chart', id: 'procedure-chart', tabindex: '0', role: 'region', 'aria-label': t('Procedure chart') }, sheet);
let width = 0;
let size = SIZES.length - 1;
let drawn = '';
let followed = '';

export function chartPanel(): HTMLElement {
  const key = (label: string, name: string, by: number): HTMLElement => el('button', { type: 'button', class: 'small', 'aria-label': name, click: () => scale(by) }, label);
  return el('div', { class: 'chart-panel', hidden: true }, el('div', { class: 'chart-sizes' }, key('−', t('Smaller'), -1), key('+', t('Larger'), 1)), frame);
}

/** Keeps what is in the middle there. */
function scale(by: number): void {
  const was = SIZES[size] ?? 1;
  size = Math.min(SIZES.length - 1, Math.max(0, size + by));
  const is = SIZES[size] ?? 1, x = (frame.scrollLeft + frame.clientWidth / 2) / was, y = (frame.scrollTop + frame.clientHeight / 2) / was;
  sheet.style.width = `${width * is}px`;
  frame.scrollTo(x * is - frame.clientWidth / 2, y * is - frame.clientHeight / 2);
}

/** Draws it when it is looked at, and anew when the steps of the batch were changed. */
export function markChart(states: Map<string, StepState>, now: Situation): void {
  if (frame.offsetParent === null) return;
  const asked = `${now.id} ${now.procedure}`;
  if (asked !== drawn) {
    drawn = asked;
    void load(now.id).then((done) => { if (done) live.tellAgain(); else drawn = ''; });
    return;
  }
  const steps = live.rig.steps, telling = new Map<string, StepState>();
  for (const step of steps) {
    const id = steps[standsIn(step.number)]?.id ?? '', state = states.get(step.id) ?? 'ahead', other = telling.get(id);
    if (other === undefined || TELLING.indexOf(state) < TELLING.indexOf(other)) telling.set(id, state);
  }
  let first = '';
  for (const [id, box] of boxes) {
    const state = telling.get(id) ?? 'ahead';
    box.dataset.state = state;
    const running = now.steps.find((s) => steps[standsIn(steps.find((i) => i.id === s.id)?.number ?? -1)]?.id === id);
    say(box, state === 'active' ? `${MARKS.active} ${(running?.state ?? '').toUpperCase()}` : state === 'ahead' ? '' : MARKS[state]);
    if (state === 'active') first ||= id;
  }
  if (first !== '' && first !== followed) { followed = first; boxes.get(first)?.scrollIntoView({ block: 'center', inline: 'center' }); }
}

/** The drawing has the first pass of a repeat for all of them: the step there that stands in for this one. */
function standsIn(number: number): number {
  const steps = live.rig.steps;
  for (let at = number; at >= 0; at = steps[at]?.parent ?? -1) {
    const around = steps[steps[at]?.parent ?? -1];
    if (around?.kind !== 'repeat') continue;
    // Passes are alike and written out one after the other.
    const first = steps.find((s) => s.parent === around.number)?.number ?? at;
    if (first !== at) return standsIn(number - (at - first));
  }
  return number;
}

/** @returns Whether the controller answered; else it is asked again with the next situation. */
async function load(batch: string): Promise<boolean> {
  const answer = await fetch(`${live.path}/batches/${encodeURIComponent(batch)}/chart`).catch(() => null);
  if (answer === null || answer.status === 503) return false;
  const text = answer.ok ? await answer.text() : '';
  boxes.clear();
  const [, across, down] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? [];
  if (!across || !down) {
    sheet.replaceChildren(el('p', { class: 'quiet' }, t('The chart cannot be drawn: what the recipe names (blocks, specification) is not as it was when the batch began.')));
    return true;
  }
  width = Number(across);
  const share = (value: string | undefined, of: string): string => `${(100 * Number(value)) / Number(of)}%`;
  sheet.replaceChildren(drawing(text, ''), ...[...text.matchAll(BOX)].map(([, x, y, wide, high, id]) => {
    const box = el('div', { class: 'chart-mark', 'data-chart-step': id ?? '' });
    Object.assign(box.style, { left: share(x, across), top: share(y, down), width: share(wide, across), height: share(high, down) });
    boxes.set(id ?? '', box);
    return box;
  }));
  sheet.style.width = `${width * (SIZES[size] ?? 1)}px`;
  followed = '';
  return true;
}
