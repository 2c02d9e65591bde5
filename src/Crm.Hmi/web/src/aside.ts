// Everything that people have set aside, on one list, and what stands behind it: rows of protection with their bypass, the checksum and its acceptance (SAF-13, SAF-15, SAF-32).
import { byId, can, el, quoted } from './dom';
import { command, key } from './commands';
import { live } from './live';
import { TRIP_CLASSES } from './states';
import { clock, plain, span } from './text';
import { phrase, t } from './words';
import type { AsideSeen, ProtectionSeen, Situation, TripInfo } from './contracts';

const KINDS: Record<string, string> = { bypass: t('BYPASS'), start_up: t('START-UP OVERRIDE'), forced_output: t('FORCED'), substituted_tag: t('VALUE BY HAND'), hard_wired: t('NOT SEEN TO WORK'), manual_output: t('MANUAL'), loop: t('LOOP'), shelved: t('SHELVED'), out_of_service: t('OUT OF SERVICE') };
const ENDS: Record<string, [string, (target: string) => string]> = {
  bypass: [t('End bypass'), (t) => `/trips/${encodeURIComponent(t)}/end-bypass`],
  start_up: [t('End override'), (t) => `/trips/${encodeURIComponent(t)}/end-bypass`],
  forced_output: [t('Let it go'), (t) => `/outputs/${encodeURIComponent(t)}/end-force`],
  substituted_tag: [t('Read instrument again'), (t) => `/tags/${encodeURIComponent(t)}/end-substitute`],
  hard_wired: [t('START waits again'), (t) => `/hard-wired/${encodeURIComponent(t)}/end-set-aside`],
  manual_output: [t('Give back'), (t) => `/outputs/${encodeURIComponent(t)}/automatic`],
  shelved: [t('Bring back'), () => '/alarms/unshelve'],
  out_of_service: [t('Return to service'), () => '/alarms/return'],
};

let drawn = '';
export function aside(now: Situation): void {
  const place = byId('aside');
  if (!place) return;
  const minute = Math.floor((live.frame?.now ?? 0) / 60);
  const fresh = JSON.stringify([now.aside, now.aside.some((a) => a.until !== null) ? minute : 0]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...(now.aside.length > 0 ? now.aside.map(row) : [el('p', { class: 'quiet' }, t('Nothing is set aside: everything is as built.'))]));
}

function row(a: AsideSeen): HTMLElement {
  const left = a.until === null ? t('does not end by itself') : t('ends by itself in {0}, at {1}', span(a.until - (live.frame?.now ?? a.until)), clock(a.until));
  const who = `${a.by === '' ? t('by somebody before this controller') : t('by {0}', a.by)}${a.since === null ? '' : ` ${t('since {0}', clock(a.since))}`}`;
  return el('div', { class: 'alarm', 'data-aside': a.target, 'data-kind': a.kind },
    el('span', { class: 'chip' }, KINDS[a.kind] ?? a.kind),
    el('div', {}, el('b', { lang: 'en' }, plain(a.text)), a.stands ? el('span', { class: 'chip strong' }, a.kind === 'shelved' || a.kind === 'out_of_service' ? t('ITS CONDITION STANDS') : t('IT WOULD TRIP NOW')) : null,
      el('p', {}, `${who}; ${left}${a.reason ? t('; reason: {0}', a.reason) : ''}${a.reference ? ` ${t('(work order {0})', a.reference)}` : ''}`)),
    end(a));
}

function end(a: AsideSeen): Node | null {
  if (a.kind === 'loop') return el('small', {}, t('set its mode on the Rig page'));
  const [word, path] = ENDS[a.kind] ?? [t('End'), () => ''];
  const alarm = a.kind === 'shelved' || a.kind === 'out_of_service';
  // Returning an alarm to service is for those who may take it out: the controller says so when it is refused.
  return key(word, [`${word}: `, quoted(plain(a.text))], path(a.target), a.kind !== 'manual_output' || can('Manual'), () => (alarm ? { alarm: a.target } : {}));
}

let shown = '';
/** The checksum of the protection in force, and the signature under a change. */
export function protection(now: Situation): void {
  const place = byId('protection');
  if (!place) return;
  const fresh = JSON.stringify(now.protection);
  if (fresh === shown) return;
  shown = fresh;
  place.replaceChildren(
    el('p', {}, `${t('Checksum of the protection in force:')} `, el('code', { id: 'protection-checksum', title: now.protection.checksum }, now.protection.checksum.slice(0, 12))),
    now.protection.acceptedBy ? el('p', {}, `${now.protection.acceptedWhy} (${now.protection.acceptedBy}, ${clock(now.protection.acceptedAt ?? 0)})`) : '',
    now.protection.awaits ? signature(now.protection) : el('p', { class: 'quiet' }, t('No change of it waits to be accepted.')));
}

function signature(seen: ProtectionSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', required: true, name: 'reason', autocomplete: 'off' });
  const password = el('input', { type: 'password', maxlength: '200', required: true, name: 'password', autocomplete: 'current-password' });
  const form = el('form', { class: 'prompt', id: 'accept-protection' },
    el('h4', {}, t('The rig stays tripped until the change of its protection is accepted')), el('p', { lang: 'en' }, seen.awaits),
    el('label', {}, `${t('Why it is right')} `, reason), el('label', {}, `${t('Your password again, {0}: it is the signature', document.body.dataset.person ?? '')} `, password),
    el('button', { type: 'submit', class: 'key' }, t('Accept the change, signed')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void command(t('Acceptance of the protection'), '/protection/accept', { reason: reason.value.trim(), password: password.value }).then(() => { password.value = ''; });
  });
  return form;
}

/** Every row of the matrix with its state; a bypass where the row declares one, and why not where it does not. */
export function matrix(): HTMLElement {
  return el('details', { id: 'matrix' }, el('summary', {}, t('The {0} rows of protection, and their bypass', live.rig.trips.length)), ...live.rig.trips.map(trip));
}

function trip(row: TripInfo): HTMLElement {
  const path = `/trips/${encodeURIComponent(row.id)}`;
  const cause = el('select', { 'aria-label': t('What is bypassed') }, ...row.causes.map((c, i) => el('option', { value: String(i + 1), lang: 'en' }, c.replaceAll('_', ' '))), row.causes.length > 1 ? el('option', { value: '0' }, t('the whole row')) : null);
  const minutes = el('select', { 'aria-label': t('How long') }, ...[5, 15, 30, 60, 120, 240].filter((m) => m <= (row.longestBypass ?? 0)).map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: t('reason'), 'aria-label': t('Reason') });
  const body = (): Record<string, unknown> => ({ cause: Number(cause.value), minutes: Number(minutes.value || '5'), reason: reason.value.trim() });
  const may = row.longestBypass !== null;
  return el('div', { class: 'alarm', 'data-trip': row.id },
    el('span', { class: 'chip' }, TRIP_CLASSES[row.class] ?? row.class.toUpperCase()),
    el('div', {}, el('b', { lang: 'en' }, row.id.replaceAll('-', ' ')), el('p', {}, phrase('{0} Trips on {1}; then {2}.', quoted(plain(row.why)), quoted(plain(row.causes.join(', or '))), quoted(plain(row.effects.join(', '))))),
      may ? el('details', { class: 'bypass' }, el('summary', {}, t('Bypass …')),
        el('p', { class: 'reason' }, t('While it is bypassed nothing here stops what this row guards against. It ends by itself and is told at every change of shift.')),
        el('div', { class: 'row' }, cause, minutes, reason, key(t('Bypass'), phrase('Bypass of {0}', quoted(row.id)), `${path}/bypass`, true, body))) : null,
      row.longestStartUp === null ? null : el('div', { class: 'row' }, key(t('Start-up override'), phrase('Start-up override of {0}', quoted(row.id)), `${path}/start-up-override`, true, () => ({ reason: reason.value.trim() || 'start-up' })))),
    may ? null : key(t('Bypass'), phrase('Bypass of {0}', quoted(row.id)), `${path}/bypass`, false, body));
}
