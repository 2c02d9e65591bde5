// A change of the batch while it runs: one person proposes values or steps to come with a reason, another takes it or turns it down.
import { byId, can, el, quoted } from './dom';
import { command, key, newId, smallKey, tell } from './commands';
import { get, live, post, Refused } from './live';
import { recipeEditor } from './editing';
import { clock } from './text';
import { phrase, t } from './words';
import type { Editor } from './editor';
import type { BatchRecipe, FormulaInfo, RevisionSeen, Situation, StepsCompared } from './contracts';

let drawn = '';
export function revision(now: Situation): void {
  const place = byId('revision');
  if (!place) return;
  if (!place.firstChild) place.append(el('h3', {}, t('Change this batch')), el('div', { id: 'waiting-change' }), el('div', { id: 'values-change' }), stepsChange());
  place.hidden = ['Idle', 'Complete', 'Stopped', 'Aborted'].includes(now.batch);
  const values = byId('values-change');
  if (values?.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const fresh = JSON.stringify([now.id, now.batch, now.adjustable, now.revisions]);
  if (fresh === drawn) return;
  drawn = fresh;
  byId('waiting-change')?.replaceChildren(...now.revisions.map(waiting));
  values?.replaceChildren(now.adjustable.length > 0 ? proposal(now.adjustable) : el('p', { class: 'note' }, t('The recipe declares no value adjustable.')));
}

function list(lines: string[]): HTMLElement { return el('ul', { class: 'changes', lang: 'en' }, ...lines.map((line) => el('li', {}, line))); }

function waiting(open: RevisionSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason'), 'aria-label': t('Reason of the review') });
  return el('div', { class: 'prompt', 'data-revision': open.by },
    el('h4', {}, t('{0} proposes, since {1}', open.by, clock(open.at))), list(open.changes.map((line) => line.replaceAll('_', ' '))), el('p', {}, t('Reason: {0}', open.reason)),
    open.advice.length > 0 && el('div', {}, el('h4', {}, t('The checks say')), list(open.advice)),
    el('div', { class: 'row' }, reason,
      key(t('ACCEPT the change'), t('Accept the change of the batch'), '/batch/revision/review', can('Operate'), () => ({ accept: true, reason: reason.value.trim() })),
      smallKey(t('TURN DOWN'), t('Turn the change of the batch down'), '/batch/revision/review', can('Operate'), () => ({ accept: false, reason: reason.value.trim() }))));
}

function proposal(values: FormulaInfo[]): HTMLElement {
  const inputs = values.map((value) => ({ value, input: el('input', { type: 'number', step: 'any', min: String(value.low), max: String(value.high), value: String(value.value), name: value.name, 'aria-label': value.label }) }));
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason'), 'aria-label': t('Reason of the proposal') });
  const changed = (): Record<string, string> => Object.fromEntries(inputs.filter((i) => Number(i.input.value) !== i.value.value).map((i) => [i.value.name, `${i.input.value} ${i.value.unit}`.trim()]));
  return el('div', {},
    ...inputs.map((i) => el('label', { class: 'row' }, el('span', {}, phrase('{0} ({1} to {2} {3})', quoted(i.value.label), i.value.low, i.value.high, i.value.unit)), i.input)),
    el('div', { class: 'row' }, reason, smallKey(t('PROPOSE'), t('Propose a change of the formula'), '/batch/formula', can('Operate'), () => ({ values: changed(), reason: reason.value.trim() }))));
}

/** The text of the recipe that the batch runs on, to be edited: what would change is told before anybody is asked to review it. */
function stepsChange(): HTMLElement {
  const place = el('div', { class: 'editor' });
  const found = el('div', { 'aria-live': 'polite', id: 'steps-compared' });
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason'), 'aria-label': t('Reason of the change of steps') });
  let editor: Editor | null = null, opened = false;
  const propose = el('button', { type: 'button', class: 'small', 'aria-disabled': can('WriteRecipes') ? false : 'true', click: () => {
    if (!can('WriteRecipes')) return tell(t('Steps are changed by a researcher or an engineer; you may review what they propose'), 'refused');
    if (editor) void command(t('Propose a change of steps'), '/batch/steps', { text: editor.text(), reason: reason.value.trim() });
  } }, t('PROPOSE the steps'));
  const box = el('details', { id: 'steps-change' }, el('summary', {}, t('Change steps to come …')),
    el('p', { class: 'note' }, t('This is the recipe as the batch runs on it. Steps that have begun stay; what you change further on is compared, proposed with a reason, and reviewed by another person.')),
    place, found, el('div', { class: 'row' }, reason, propose));
  const open = async (): Promise<void> => {
    const recipe = await get<BatchRecipe>(`${live.path}/batches/${encodeURIComponent(live.situation?.id ?? '')}/recipe`);
    editor = await recipeEditor(place, t('Recipe of this batch'), () => { if (editor) void compared(editor, found); });
    editor.load(recipe.text, can('WriteRecipes'));
  };
  box.addEventListener('toggle', () => {
    if (!box.open || opened) return;
    opened = true;
    open().catch(() => { opened = false; tell(t('The recipe of the batch cannot be had: the controller does not answer'), 'refused'); });
  });
  return box;
}

let asking = 0;
async function compared(editor: Editor, place: HTMLElement): Promise<void> {
  const number = ++asking;
  try {
    const seen = await post<StepsCompared>(`${live.path}/batch/steps/compare`, { id: newId(), batch: live.batch, text: editor.text() });
    if (number !== asking) return;
    editor.show(seen.findings);
    place.replaceChildren(
      seen.problems.length > 0 ? el('div', { class: 'prompt' }, el('h4', {}, t('This cannot be taken')), list(seen.problems))
        : seen.changes.length > 0 ? el('div', {}, el('h4', {}, t('This would change')), list(seen.changes)) : el('p', { class: 'quiet' }, t('Nothing changed.')),
      seen.advice.length > 0 ? el('div', {}, el('h4', {}, t('The checks say')), list(seen.advice)) : '');
  } catch (refusal) {
    tell([`${t('Compare refused')}: `, refusal instanceof Refused ? quoted(refusal.message) : t('the controller does not answer')], 'refused');
  }
}
