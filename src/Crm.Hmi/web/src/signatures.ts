// Signatures under a recipe: its state, who signed, what waits for a second person, and signing with the password.
import { byId, can, el, quoted } from './dom';
import { ask, newId, tell, why } from './commands';
import { again } from './recipes';
import { phrase, t } from './words';
import { RECIPE_STATES } from './states';
import type { CommandResult, RecipeSeen } from './contracts';

export function signatures(seen: RecipeSeen): void {
  byId('signatures')?.replaceChildren(el('h3', {}, t('Signatures')), el('p', {}, seen.entry.state === '' ? t('It has mistakes: nobody signs it.') : [`${RECIPE_STATES[seen.entry.state] ?? seen.entry.state.toUpperCase()}: `, quoted(seen.entry.words)]),
    seen.waits === '' ? '' : el('p', { class: 'reason', id: 'signature-waits' }, phrase('Waits for another person: {0}', quoted(seen.waits))),
    seen.entry.state === '' ? '' : form(seen),
    seen.history.length === 0 ? el('p', { class: 'quiet' }, t('Nobody has signed this recipe yet.'))
      : el('table', { id: 'signature-history' }, ...seen.history.map((h) => el('tr', {}, el('td', {}, h.at), el('td', {}, el('b', {}, h.by), ` (${h.roles.join(', ')})`), el('td', {}, el('span', { class: 'chip' }, RECIPE_STATES[h.act] ?? h.act.toUpperCase()), h.terms === '' ? '' : [' ', quoted(h.terms)], h.present ? '' : el('small', {}, ` ${t('of another content')}`)), el('td', {}, h.reason)))));
}

function form(seen: RecipeSeen): HTMLElement {
  const state = el('select', { name: 'state', 'aria-label': t('State to sign') }, el('option', { value: 'approved' }, t('approved: two of engineer and researcher')), el('option', { value: 'experimental' }, t('experimental: trials within bounds')), el('option', { value: 'retired' }, t('retired: one engineer')));
  if (seen.waits.startsWith('experimental')) state.value = 'experimental';
  const field = (label: string, name: string, type: string): { label: HTMLElement; input: HTMLInputElement } => {
    const input = el('input', { type, name, autocomplete: type === 'password' ? 'current-password' : 'off', maxlength: '400' });
    return { label: el('label', {}, label, input), input };
  };
  const batches = field(t('Batches at most (a trial that you put forward)'), 'batches', 'number'), until = field(t('Or until'), 'until', 'date');
  const reason = field(t('Reason'), 'reason', 'text'), password = field(t('Your password, entered again: it is the signature'), 'password', 'password');
  const bounds = el('div', {}, batches.label, until.label, el('p', { class: 'note' }, t('The second person leaves both empty and signs what the first put forward.')));
  const offer = (): void => { bounds.hidden = state.value !== 'experimental'; };
  state.addEventListener('change', offer);
  offer();
  const body = (): Record<string, unknown> => ({ file: seen.entry.file, content: seen.content, state: state.value, batches: batches.input.value === '' ? null : Number(batches.input.value), until: until.input.value, reason: reason.input.value.trim(), password: password.input.value });
  const made = el('form', { class: 'sign-form' }, state, bounds, reason.label, password.label, el('button', { type: 'submit', class: 'key', id: 'sign', 'aria-disabled': can('SignRecipes') ? false : 'true' }, t('Sign')));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!can('SignRecipes')) return void why(t('Sign'), '/recipe-signatures', body());
    void ask<CommandResult>(t('Sign'), '/recipe-signatures', { id: newId(), ...body() }).then(async (signed) => {
      password.input.value = '';
      if (!signed) return;
      tell(t('signed: {0}', signed.reason), 'done');
      await again();
    });
  });
  return el('details', { id: 'sign-box' }, el('summary', {}, t('Sign a state …')), made);
}
