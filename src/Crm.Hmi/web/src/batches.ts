// The batches of the rig, side by side: which one is shown and addressed, who has what, who waits for whom, and a further one.
import { byId, can, el, quoted } from './dom';
import { ask, newId, smallKey, tell, why } from './commands';
import { get, live } from './live';
import { RECIPE_STATES, stateChip } from './states';
import { plain, unit } from './text';
import { phrase, t } from './words';
import type { BatchSeen, CommandResult, FormulaInfo, RecipeChoice, Situation } from './contracts';

/** What the state of a recipe means to who wants to start it. */
export const STATES: Record<string, string> = {
  draft: t('DRAFT: not signed by two persons. The twin runs it, a real rig does not.'), experimental: t('EXPERIMENTAL: signed for trials within bounds; a real rig says when they are used up.'),
  approved: t('APPROVED: signed by two persons.'), retired: t('RETIRED: taken out of use. The twin runs it, a real rig does not.'),
};

let drawn = '';
export function batches(now: Situation): void {
  const place = byId('batches');
  if (!place || place.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const fresh = JSON.stringify([now.batches, now.id]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...now.batches.map((b) => row(b, b.id === now.id)));
}

function row(batch: BatchSeen, shown: boolean): HTMLElement {
  return el('div', { class: shown ? 'batch-row shown' : 'batch-row', 'data-batch-row': batch.id },
    el('b', {}, batch.id), stateChip(batch.state), el('span', { class: 'grow', lang: 'en' }, batch.title),
    shown ? el('b', {}, t('SHOWN, addressed by every command')) : el('button', { type: 'button', class: 'small', click: () => live.choose(batch.id) }, t('Show {0}', batch.id)),
    el('small', {}, batch.units.length > 0 ? phrase('has {0}', quoted(batch.units.join(', ').replaceAll('_', ' '))) : t('has no unit'), batch.waits ? phrase('; waits for {0}', quoted(batch.waits.replaceAll('_', ' '))) : '', batch.reason !== '' && batch.units.length === 0 ? ['; ', quoted(plain(batch.reason))] : ''),
    batch.state === 'Idle' ? withdrawal(batch.id) : null);
}

/** A batch that nobody wants any more is taken off the list before it begins, with a reason. */
function withdrawal(id: string): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason to withdraw {0}', id), 'aria-label': t('Reason to withdraw {0}', id) });
  return el('div', { class: 'row wide' }, reason, smallKey(t('Withdraw'), t('Withdraw {0}', id), '/batch/withdraw', can('Operate'), () => ({ batch: id, reason: reason.value.trim() })));
}

/** A further batch of a recipe beside that of the first, with formula values of its own when they are changed; it is IDLE until its own START. */
export function furtherBatch(): HTMLElement {
  const choice = el('select', { 'aria-label': t('Recipe of the further batch'), id: 'further-recipe' });
  const note = el('p', { class: 'note' });
  const values = el('div', { class: 'fields' });
  const formula = el('details', { id: 'further-formula' }, el('summary', {}, t('Formula values')), values);
  let shelf: RecipeChoice[] = [];
  const chosen = (): RecipeChoice | undefined => shelf.find((r) => r.file === choice.value);
  const offer = (): void => {
    const recipe = chosen();
    const fits = recipe !== undefined && recipe.problem === '' && can('Operate');
    begin.setAttribute('aria-disabled', String(!fits));
    note.replaceChildren(recipe && recipe.problem !== '' ? quoted(recipe.problem) : t('{0} It stays IDLE until you show it and press START. What people have set aside stays set aside.', STATES[recipe?.state ?? ''] ?? '').trim());
    values.replaceChildren(...(recipe?.formula ?? []).map(field));
    formula.hidden = (recipe?.formula.length ?? 0) === 0;
  };
  choice.addEventListener('change', offer);
  const begin = el('button', { type: 'button', class: 'key', id: 'begin-batch', 'data-command': '/batches', click: () => void put(choice.value, changed(values), begin.getAttribute('aria-disabled') !== 'true') }, t('Put it beside the others'));
  const box = el('details', { id: 'further' }, el('summary', {}, t('A further batch …')), el('div', { class: 'row' }, choice, begin), note, formula);
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    void get<RecipeChoice[]>(`${live.path}/recipes`).then((found) => {
      shelf = found;
      choice.replaceChildren(...found.map((r) => el('option', { value: r.file, lang: r.problem === '' && 'en' }, r.problem === '' ? `${r.state === '' ? '' : `${RECIPE_STATES[r.state] ?? r.state.toUpperCase()}: `}${r.title} (${r.version})` : t('{0}: cannot be used', r.file))));
      const fit = found.find((r) => r.id === live.rig.recipe.id) ?? found.find((r) => r.problem === '');
      if (fit) choice.value = fit.file;
      offer();
    }).catch(() => { note.textContent = t('The recipes cannot be listed now.'); });
  });
  return box;
}

function field(parameter: FormulaInfo): HTMLElement {
  const input = el('input', { type: 'text', inputmode: 'decimal', name: parameter.name, 'data-unit': parameter.unit, 'data-was': String(parameter.value), maxlength: '20' });
  input.value = String(parameter.value);
  const symbol = unit(parameter.unit) || parameter.unit;
  return el('label', {}, quoted(parameter.label), ' ', input, el('small', {}, ` ${t('{0}, {1} to {2}', symbol, parameter.low, parameter.high)}`));
}

/** Only what is not as in the file, with its unit. */
function changed(values: HTMLElement): Record<string, string> {
  const inputs = [...values.querySelectorAll<HTMLInputElement>('input')].filter((i) => i.value.trim() !== i.dataset.was);
  return Object.fromEntries(inputs.map((i) => [i.name, `${i.value.trim()} ${i.dataset.unit ?? ''}`.trim()]));
}

async function put(recipe: string, formula: Record<string, string>, open: boolean): Promise<void> {
  if (!open) return why(t('Further batch'), '/batches', { recipe, formula });
  const made = await ask<CommandResult>(t('Further batch'), '/batches', { id: newId(), recipe, formula });
  if (made) tell(t('batch {0} stands beside the others, IDLE: show it and press START', made.reason), 'done');
}
