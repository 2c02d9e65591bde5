// One's own password, and for an administrator who has an account and may do what.
import { byId, can, el, type Line } from './dom';
import { askAt, tell } from './commands';
import { get } from './live';
import { counted, phrase, t } from './words';
import type { AccountSeen } from './contracts';

const SHORTEST = 12;
/** By the name that files and record have for them. */
const ROLES: Record<string, string> = { technician: t('technician'), operator: t('operator'), researcher: t('researcher'), engineer: t('engineer'), maintenance: t('maintenance'), administrator: t('administrator') };
const PATH = '/api/v1/accounts';

export function accounts(): HTMLElement {
  return el('section', { class: 'panel', id: 'accounts' }, el('h3', {}, t('Accounts')), ownPassword(), can('ManageAccounts') ? el('div', {}, el('p', { id: 'account-note', class: 'reason', hidden: true }), el('div', { id: 'account-list' }), newAccount()) : null);
}

export async function showAccounts(): Promise<void> {
  if (!can('ManageAccounts')) return;
  const list = byId('account-list');
  const all = await get<AccountSeen[]>(PATH).catch(() => null);
  if (!all || !list) return;
  const note = byId('account-note');
  if (note) {
    note.hidden = all.some((a) => a.hasPassword && !a.closed && a.roles.includes('administrator'));
    note.textContent = t('No administrator has a password yet: give one to this account, or make one for yourself. Until then the controller prints a sign-in link at each start.');
  }
  list.replaceChildren(...all.map(row));
}

function ownPassword(): HTMLElement {
  const present = secret(t('Password so far'), 'current-password'), fresh = secret(t('New password'), 'new-password');
  const form = el('form', { class: 'account-form', id: 'own-password' }, field(t('Password so far'), present), field(t('New password'), fresh), el('button', { type: 'submit', class: 'key' }, t('Change password')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void give(t('Your password'), '/api/v1/sessions/me/password', { password: fresh.value, present: present.value }).then((done) => { if (done) { form.reset(); void showAccounts(); } });
  });
  return el('details', {}, el('summary', {}, t('Change your password …')), form, el('p', { class: 'note' }, t('At least {0} characters, of any kind. Your other sessions end. Who came by a link has none so far: leave the first field empty.', SHORTEST)));
}

function newAccount(): HTMLElement {
  const name = el('input', { type: 'text', maxlength: '60', required: true, autocomplete: 'off', name: 'name' }), password = secret(t('Password'), 'new-password');
  const roles = choices([]);
  const form = el('form', { class: 'account-form', id: 'new-account' }, field(t('Name'), name), field(t('Password'), password), roles.element, el('button', { type: 'submit', class: 'key' }, t('Make account')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void give(phrase('Account {0}', name.value), PATH, { name: name.value.trim(), password: password.value, roles: roles.chosen() }).then((done) => { if (done) { form.reset(); void showAccounts(); } });
  });
  return el('details', {}, el('summary', {}, t('Make an account …')), form, el('p', { class: 'note' }, t('One account for each person: the record says who did what. A name is not used twice.')));
}

function row(account: AccountSeen): HTMLElement {
  const path = `${PATH}/${encodeURIComponent(account.name)}`;
  const act = (label: string, to: string, body: () => unknown): HTMLElement => el('button', { type: 'button', class: 'small', click: () => void give(phrase('Account {0}', account.name), path + to, body()).then((done) => { if (done) void showAccounts(); }) }, label);
  const password = secret(t('New password of {0}', account.name), 'new-password'), roles = choices(account.roles);
  const says = account.closed ? t('account closed') : [account.hasPassword ? '' : t('signs in by link'), account.sessions > 0 ? counted(account.sessions, '{0} session open', '{0} sessions open') : ''].filter((part) => part !== '').join(', ');
  return el('details', { class: 'account', 'data-account': account.name, 'data-closed': String(account.closed) },
    el('summary', {}, el('b', {}, account.name), ` ${account.roles.map((r) => ROLES[r] ?? r).join(', ')}`, el('small', {}, says === '' ? '' : ` (${says})`)),
    el('div', { class: 'account-form' }, roles.element, act(t('Change roles'), '/roles', () => ({ roles: roles.chosen() }))),
    el('div', { class: 'account-form' }, field(t('New password'), password), act(account.closed ? t('Open again with this password') : t('Set password'), '/password', () => ({ password: password.value }))),
    account.closed ? null : el('div', { class: 'account-form' }, act(t('Close account'), '/close', () => ({})), el('small', {}, t('Its sessions end at once. Another password opens it again.'))));
}

function choices(held: string[]): { element: HTMLElement; chosen: () => string[] } {
  const boxes = Object.entries(ROLES).map(([role, label]) => ({ role, label, box: el('input', { type: 'checkbox', value: role, checked: held.includes(role) }) }));
  return { element: el('fieldset', { class: 'roles' }, el('legend', {}, t('Roles')), ...boxes.map((b) => el('label', { class: 'check' }, b.box, ` ${b.label}`))), chosen: () => boxes.filter((b) => b.box.checked).map((b) => b.role) };
}

function secret(label: string, complete: 'current-password' | 'new-password'): HTMLInputElement { return el('input', { type: 'password', maxlength: '256', autocomplete: complete, 'aria-label': label, name: complete }); }

function field(label: string, input: HTMLElement): HTMLElement { return el('label', {}, label, ' ', input); }

async function give(what: Line, path: string, body: unknown): Promise<boolean> {
  if ((await askAt(what, path, body)) === null) return false;
  tell([...(typeof what === 'string' ? [what] : what), `: ${t('done')}`], 'done');
  return true;
}
