// The batches of the rig, side by side: which one is shown and addressed, who has what, who waits for whom, and a further one.
import { byId, can, el } from './dom';
import { ask, newId, tell } from './commands';
import { get, live } from './live';
import type { BatchSeen, CommandResult, RecipeChoice, Situation } from './contracts';

let drawn = '';
export function batches(now: Situation): void {
  const place = byId('batches');
  if (!place) return;
  const fresh = JSON.stringify([now.batches, now.id]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...now.batches.map((b) => row(b, b.id === now.id)));
}

function row(batch: BatchSeen, shown: boolean): HTMLElement {
  return el('div', { class: shown ? 'batch-row shown' : 'batch-row', 'data-batch-row': batch.id },
    el('b', {}, batch.id), el('span', { class: 'chip' }, batch.state.toUpperCase()), el('span', { class: 'grow' }, batch.title),
    shown ? el('b', {}, 'SHOWN, and addressed by every command') : el('button', { type: 'button', class: 'small', click: () => live.choose(batch.id) }, `Show ${batch.id}`),
    el('small', {}, batch.units.length > 0 ? `has ${batch.units.join(', ').replaceAll('_', ' ')}` : 'has no unit', batch.waits ? `; waits for ${batch.waits.replaceAll('_', ' ')}` : ''));
}

/** A further batch of a recipe beside that of the first; it is IDLE until its own START. */
export function furtherBatch(): HTMLElement {
  const choice = el('select', { 'aria-label': 'Recipe of the further batch', id: 'further-recipe' });
  const note = el('p', { class: 'note' });
  const box = el('details', { id: 'further' }, el('summary', {}, 'A further batch …'),
    el('div', { class: 'row' }, choice, el('button', { type: 'button', class: 'key', id: 'begin-batch', disabled: !can('Operate'), click: () => void begin(choice.value) }, 'Put it beside the others')), note);
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    void get<RecipeChoice[]>(`${live.path}/recipes`).then((found) => {
      choice.replaceChildren(...found.map((r) => el('option', { value: r.file, disabled: r.problem !== '' }, r.problem === '' ? `${r.title} (${r.version})` : `${r.file}: cannot be used`)));
      const fit = found.find((r) => r.id === live.rig.recipe.id) ?? found.find((r) => r.problem === '');
      if (fit) choice.value = fit.file;
      note.textContent = 'It stays IDLE until you show it and press START. What people have set aside stays set aside.';
    }).catch(() => { note.textContent = 'The recipes cannot be listed now.'; });
  });
  return box;
}

async function begin(recipe: string): Promise<void> {
  const made = await ask<CommandResult>('Further batch', '/batches', { id: newId(), recipe });
  if (made) tell(`batch ${made.reason} stands beside the others, IDLE: show it and press START`, 'done');
}
