// Dry run of a recipe on a twin beside the plant, in a process of its own: what it predicts, before anybody starts it.
import { byId, can, el, quoted } from './dom';
import { ask, newId, why } from './commands';
import { get, live } from './live';
import { phrase, t } from './words';
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
  place.replaceChildren(el('h3', {}, t('Dry run on a twin beside the plant')), key(), el('p', { class: 'note' }, t('It runs as saved, from an empty plant, and touches nothing here.')),
    ...(going && going.file !== of ? [el('p', {}, phrase('{0} runs {1}: one at a time.', going.by, quoted(going.title)))] : []), ...own.slice(0, 3).map(run));
}

function key(): HTMLElement {
  const body = (): Record<string, unknown> => ({ file: of });
  const begin = async (): Promise<void> => {
    if (!can('WriteRecipes')) return why(t('Dry run'), '/dry-runs', body());
    await ask<CommandResult>(t('Dry run'), '/dry-runs', { id: newId(), ...body() });
    await look();
  };
  return el('button', { type: 'button', class: 'key', id: 'begin-dry-run', 'aria-disabled': can('WriteRecipes') ? false : 'true', click: () => void begin() }, t('Dry run'));
}

function run(seen: DryRunSeen): HTMLElement {
  const report = `${live.path}/dry-runs/${seen.number}/report`;
  if (seen.state === 'running') return el('div', { 'data-dry-run': String(seen.number) }, el('p', {}, el('b', {}, t('Run {0} goes, for {1} s so far …', seen.number, Math.round(seen.seconds)))),
    el('button', { type: 'button', class: 'small', click: () => void ask(t('Stop the dry run'), `/dry-runs/${seen.number}/stop`, {}).then(() => look()) }, t('Stop it')));
  return el('div', { 'data-dry-run': String(seen.number) }, el('p', {}, el('b', {}, phrase('Run {0}: {1}', seen.number, quoted(seen.state === 'done' ? seen.text : `${seen.state.toUpperCase()}: ${seen.text}`)))),
    seen.state !== 'done' ? null : el('dl', { class: 'predicted' },
      ...row(t('Grade'), `${seen.grade}: ${seen.inSpecification === true ? t('✓ in specification') : t('✗ NOT in specification')}`),
      ...row(t('Recovery'), seen.recovery === null ? t('not told') : t('{0} % of {1} (asked: {2} %)', (100 * seen.recovery).toFixed(1), seen.element, (100 * (seen.leastRecovery ?? 0)).toFixed(0))),
      ...row(t('Product'), seen.product === null ? t('none') : `${seen.product.toPrecision(4)} kg`), ...row(t('Plant time'), `${(seen.hours ?? 0).toFixed(1)} h`), ...row(t('Water drawn'), seen.water === null ? t('not told') : `${seen.water.toFixed(1)} L`)),
    seen.state !== 'done' ? null : el('a', { href: report, target: '_blank', rel: 'noopener' }, t('Report with the predicted trends')));
}

function row(name: string, text: string): HTMLElement[] { return [el('dt', {}, name), el('dd', {}, text)]; }
