// Dry run of a recipe on a twin beside the plant, in a process of its own: what it predicts, before anybody starts it.
import { byId, can, el } from './dom';
import { ask, newId, why } from './commands';
import { get, live } from './live';
import type { CommandResult, DryRunSeen, RecipeSeen } from './contracts';

let of = '';
let timer = 0;

export function dryRuns(seen: RecipeSeen): void {
  of = seen.entry.file;
  window.clearInterval(timer);
  drawn = '';
  void look();
  timer = window.setInterval(() => void look(), 2000);
}

let drawn = '';
async function look(): Promise<void> {
  const runs = await get<DryRunSeen[]>(`${live.path}/dry-runs`).catch(() => null);
  const place = byId('dry-run');
  const fresh = JSON.stringify([of, runs]);
  if (!place || !runs || fresh === drawn) return;
  drawn = fresh;
  const own = runs.filter((r) => r.file === of);
  const going = runs.find((r) => r.state === 'running');
  place.replaceChildren(el('h3', {}, 'Dry run on a twin beside the plant'), key(), el('p', { class: 'note' }, 'It runs as saved, from an empty plant, and touches nothing here.'),
    ...(going && going.file !== of ? [el('p', {}, `${going.by} runs ${going.title}: one at a time.`)] : []), ...own.slice(0, 3).map(run));
}

function key(): HTMLElement {
  const body = (): Record<string, unknown> => ({ file: of });
  const begin = async (): Promise<void> => {
    if (!can('WriteRecipes')) return why('Dry run', '/dry-runs', body());
    await ask<CommandResult>('Dry run', '/dry-runs', { id: newId(), ...body() });
    await look();
  };
  return el('button', { type: 'button', class: 'key', id: 'begin-dry-run', 'aria-disabled': can('WriteRecipes') ? false : 'true', click: () => void begin() }, 'Dry run');
}

function run(seen: DryRunSeen): HTMLElement {
  const report = `${live.path}/dry-runs/${seen.number}/report`;
  if (seen.state === 'running') return el('div', { 'data-dry-run': String(seen.number) }, el('p', {}, el('b', {}, `Run ${seen.number} goes, for ${Math.round(seen.seconds)} s so far …`)),
    el('button', { type: 'button', class: 'small', click: () => void ask('Stop the dry run', `/dry-runs/${seen.number}/stop`, {}).then(() => look()) }, 'Stop it'));
  return el('div', { 'data-dry-run': String(seen.number) }, el('p', {}, el('b', {}, `Run ${seen.number}: ${seen.state === 'done' ? seen.text : `${seen.state.toUpperCase()}: ${seen.text}`}`)),
    seen.state !== 'done' ? null : el('dl', { class: 'predicted' },
      ...row('Grade', `${seen.grade}: ${seen.inSpecification === true ? '✓ in specification' : '✗ NOT in specification'}`),
      ...row('Recovery', seen.recovery === null ? 'not told' : `${(100 * seen.recovery).toFixed(1)} % of ${seen.element} (asked: ${(100 * (seen.leastRecovery ?? 0)).toFixed(0)} %)`),
      ...row('Product', seen.product === null ? 'none' : `${seen.product.toPrecision(4)} kg`), ...row('Plant time', `${(seen.hours ?? 0).toFixed(1)} h`), ...row('Water drawn', seen.water === null ? 'not told' : `${seen.water.toFixed(1)} L`)),
    seen.state !== 'done' ? null : el('a', { href: report, target: '_blank', rel: 'noopener' }, 'Report with the predicted trends'));
}

function row(name: string, text: string): HTMLElement[] { return [el('dt', {}, name), el('dd', {}, text)]; }
