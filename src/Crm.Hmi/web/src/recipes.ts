// Recipes: library and drafts, text beside the procedure chart, findings while it is written, dry run on a twin, signatures.
import { byId, can, drawing, el, quoted } from './dom';
import { ask, newId, tell, why } from './commands';
import { get, live, post } from './live';
import { dryRuns } from './dryruns';
import { signatures } from './signatures';
import { STATES } from './batches';
import { recipeEditor } from './editing';
import { RECIPE_STATES } from './states';
import { counted, phrase, t } from './words';
import type { Editor } from './editor';
import type { CommandResult, FindingSeen, RecipeChecked, RecipeEntry, RecipeSeen } from './contracts';

let editor: Editor | null = null;
let shown: RecipeSeen | null = null;

export function recipes(): void {
  const place = byId('recipes');
  if (!place) return;
  place.className = 'recipes';
  place.append(
    el('section', { class: 'panel', 'aria-label': t('Library') }, el('h3', {}, t('Library of this rig')), el('div', { class: 'recipe-list', id: 'library' })),
    el('section', { class: 'panel recipe-work', 'aria-label': t('Recipe') }, el('div', { id: 'recipe-head' }, el('p', { class: 'quiet' }, t('The controller reads the recipe …'))), el('div', { class: 'editor', id: 'editor', hidden: true }), el('ul', { class: 'findings', id: 'findings', 'aria-live': 'polite', 'aria-label': t('Findings') }), saving()),
    el('div', { class: 'recipe-beside' },
      el('section', { class: 'panel', 'aria-label': t('Procedure') }, el('h3', {}, t('Procedure')), el('div', { class: 'recipe-chart', id: 'chart', tabindex: '0' })),
      el('section', { class: 'panel', id: 'changes', hidden: true, 'aria-label': t('Changes') }, el('h3', {}, t('Changed against the stored file')), el('ul', { class: 'changes' })),
      el('section', { class: 'panel', id: 'dry-run', 'aria-label': t('Dry run') }),
      el('section', { class: 'panel', id: 'signatures', 'aria-label': t('Signatures') })));
  void begin();
}

async function begin(): Promise<void> {
  const place = byId('editor');
  if (place) editor = await recipeEditor(place, t('Text of the recipe'), () => void judge());
  const list = await listed();
  const asked = decodeURIComponent(location.hash.slice(1));
  const first = list.find((r) => r.file === asked) ?? list.find((r) => r.id === live.rig.recipe.id) ?? list[0];
  if (first) await show(first.file);
}

async function listed(): Promise<RecipeEntry[]> {
  const list = await get<RecipeEntry[]>(`${live.path}/recipe-library`).catch(() => []);
  const elsewhere = list.filter((r) => r.problem !== '' && !r.draft);
  byId('library')?.replaceChildren(...list.filter((r) => !elsewhere.includes(r)).map(item), ...(elsewhere.length > 0 ? [el('details', { class: 'recipe-list' }, el('summary', {}, t('Cannot be used here: {0}', elsewhere.length)), ...elsewhere.map(item))] : []));
  return list;
}

function item(r: RecipeEntry): HTMLElement {
  return el('button', { type: 'button', class: 'recipe-item', 'data-recipe': r.file, 'aria-pressed': String(shown?.entry.file === r.file), click: () => void show(r.file) },
    el('b', { lang: 'en' }, r.title), el('small', {}, r.problem === '' ? phrase('{0}, {1} · version {2}', quoted(r.product), quoted(r.grade), r.version) : phrase('cannot be used: {0}', quoted(r.problem))), r.draft ? el('small', {}, t('written here: {0}', r.file)) : null,
    r.state === '' ? null : el('span', { class: r.state === 'approved' ? 'chip strong' : 'chip' }, RECIPE_STATES[r.state] ?? r.state.toUpperCase()));
}

/** What is typed and not saved is not thrown away by a touch. */
function mayLeave(): boolean { return shown === null || editor === null || editor.text() === shown.text || window.confirm(t('What you have written is not saved. Leave it?')); }

export async function show(file: string, sure = false): Promise<void> {
  if (!sure && !mayLeave()) return;
  const seen = await get<RecipeSeen>(`${live.path}/recipe-library/text?file=${encodeURIComponent(file)}`).catch((failure: Error) => { tell([quoted(failure.message)], 'refused'); return null; });
  if (!seen) return;
  shown = seen;
  history.replaceState(null, '', `#${encodeURIComponent(file)}`);
  byId('editor')?.removeAttribute('hidden');
  editor?.load(seen.text, can('WriteRecipes'));
  byId('recipe-head')?.replaceChildren(el('h2', { lang: 'en' }, seen.entry.title), el('p', {}, quoted(`${seen.entry.file} · ${seen.entry.id} ${seen.entry.version} · ${seen.entry.product}, ${seen.entry.grade}`)),
    el('p', { class: 'note' }, seen.entry.state === '' ? quoted(seen.entry.problem) : [`${STATES[seen.entry.state] ?? seen.entry.state} (`, quoted(seen.entry.words), ')']));
  const name = byId('draft-name') as HTMLInputElement | null;
  if (name) name.value = seen.entry.draft ? seen.entry.file.replace(/^drafts\/|\.yaml$/g, '') : `${seen.entry.file.replace(/^.*\/|\.yaml$/g, '')}-draft`;
  for (const item of document.querySelectorAll<HTMLElement>('[data-recipe]')) item.setAttribute('aria-pressed', String(item.dataset.recipe === file));
  draw(seen.checked);
  signatures(seen);
  dryRuns(seen);
}

export async function again(): Promise<void> { if (shown) { await listed(); await show(shown.entry.file, true); } }

let asking = 0;
async function judge(): Promise<void> {
  if (!shown || !editor) return;
  const number = ++asking;
  const checked = await post<RecipeChecked>(`${live.path}/recipe-checks`, { file: shown.entry.file, text: editor.text() }).catch(() => null);
  if (checked && number === asking) draw(checked);
}

function draw(checked: RecipeChecked): void {
  editor?.show(checked.findings);
  const wrong = checked.findings.filter((f) => !f.advice).length;
  byId('findings')?.replaceChildren(el('li', {}, el('b', { id: 'finding-count' }, checked.findings.length === 0 ? t('✓ No findings.') : counted(wrong, '{0} mistake, {1} to look at', '{0} mistakes, {1} to look at', checked.findings.length - wrong))), ...checked.findings.map(finding));
  const chart = byId('chart');
  // The last chart stays while the text has a mistake: it is what the procedure was.
  if (chart && checked.chart !== '') chart.replaceChildren(drawing(checked.chart, t('Procedure chart of the recipe')));
  else if (chart && chart.childElementCount === 0) chart.replaceChildren(el('p', { class: 'quiet' }, t('It cannot be drawn while it has mistakes.')));
  const changes = byId('changes');
  if (changes) { changes.hidden = checked.changes.length === 0; changes.querySelector('ul')?.replaceChildren(...checked.changes.map((c) => el('li', { lang: 'en' }, c))); }
}

function finding(found: FindingSeen): HTMLElement {
  return el('li', {}, el('button', { type: 'button', class: 'finding', 'data-advice': String(found.advice), 'data-code': found.code, click: () => { if (found.file === '') editor?.goTo(found.line, found.column); } },
    el('b', {}, found.file === '' ? t('line {0}', found.line) : `${found.file} ${found.line}`), el('span', {}, `${found.advice ? '' : `${t('MISTAKE')} `}${found.message}${found.remedy === '' ? '' : `; ${found.remedy}`} `, el('small', {}, found.code))));
}

function saving(): HTMLElement {
  const name = el('input', { type: 'text', id: 'draft-name', maxlength: '60', 'aria-label': t('Name of the draft'), autocomplete: 'off' });
  const save = async (): Promise<void> => {
    if (!shown || !editor) return;
    const body = { name: name.value.trim(), file: shown.entry.file, text: editor.text() };
    if (!can('WriteRecipes')) return why(t('Save the draft'), '/recipe-drafts', body);
    const kept = await ask<CommandResult>(t('Save the draft'), '/recipe-drafts', { id: newId(), ...body });
    if (!kept) return;
    tell(t('saved as {0}; the library is as it was', kept.reason), 'done');
    await listed();
    await show(kept.reason, true);
  };
  return el('div', { class: 'row' }, name, el('button', { type: 'button', class: 'key', id: 'save-draft', 'aria-disabled': can('WriteRecipes') ? false : 'true', click: () => void save() }, t('Save as draft')));
}
