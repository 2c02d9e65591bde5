// Everything that people have set aside, on one list, and what stands behind it: rows of protection with their bypass, the checksum and its acceptance (SAF-13, SAF-15, SAF-32).
import { byId, can, el } from './dom';
import { command, key } from './commands';
import { live } from './live';
import { clock, plain, span } from './text';
import type { AsideSeen, ProtectionSeen, Situation, TripInfo } from './contracts';

const KINDS: Record<string, string> = { bypass: 'BYPASS', start_up: 'START-UP OVERRIDE', forced_output: 'FORCED', substituted_tag: 'VALUE BY HAND', hard_wired: 'NOT SEEN TO WORK', manual_output: 'MANUAL', loop: 'LOOP', shelved: 'SHELVED', out_of_service: 'OUT OF SERVICE' };
const ENDS: Record<string, [string, (target: string) => string]> = {
  bypass: ['End bypass', (t) => `/trips/${encodeURIComponent(t)}/end-bypass`],
  start_up: ['End override', (t) => `/trips/${encodeURIComponent(t)}/end-bypass`],
  forced_output: ['Let it go', (t) => `/outputs/${encodeURIComponent(t)}/end-force`],
  substituted_tag: ['Read instrument again', (t) => `/tags/${encodeURIComponent(t)}/end-substitute`],
  hard_wired: ['START waits again', (t) => `/hard-wired/${encodeURIComponent(t)}/end-set-aside`],
  manual_output: ['Give back', (t) => `/outputs/${encodeURIComponent(t)}/automatic`],
  shelved: ['Bring back', () => '/alarms/unshelve'],
  out_of_service: ['Return to service', () => '/alarms/return'],
};

let drawn = '';
export function aside(now: Situation): void {
  const place = byId('aside');
  if (!place) return;
  const minute = Math.floor((live.frame?.now ?? 0) / 60);
  const fresh = JSON.stringify([now.aside, now.aside.some((a) => a.until !== null) ? minute : 0]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...(now.aside.length > 0 ? now.aside.map(row) : [el('p', { class: 'quiet' }, 'Nothing is set aside: everything is as built.')]));
}

function row(a: AsideSeen): HTMLElement {
  const left = a.until === null ? 'does not end by itself' : `ends by itself in ${span(a.until - (live.frame?.now ?? a.until))}, at ${clock(a.until)}`;
  const who = `${a.by === '' ? 'by somebody before this controller' : `by ${a.by}`}${a.since === null ? '' : ` since ${clock(a.since)}`}`;
  return el('div', { class: 'alarm', 'data-aside': a.target, 'data-kind': a.kind },
    el('span', { class: 'chip' }, KINDS[a.kind] ?? a.kind),
    el('div', {}, el('b', {}, plain(a.text)), a.stands ? el('span', { class: 'chip strong' }, a.kind === 'shelved' || a.kind === 'out_of_service' ? 'ITS CONDITION STANDS' : 'IT WOULD TRIP NOW') : null,
      el('p', {}, `${who}; ${left}${a.reason ? `; reason: ${a.reason}` : ''}${a.reference ? ` (work order ${a.reference})` : ''}`)),
    end(a));
}

function end(a: AsideSeen): Node | null {
  if (a.kind === 'loop') return el('small', {}, 'set its mode on the Rig page');
  const [word, path] = ENDS[a.kind] ?? ['End', () => ''];
  const alarm = a.kind === 'shelved' || a.kind === 'out_of_service';
  // Returning an alarm to service is for those who may take it out: the controller says so when it is refused.
  return key(word, `${word}: ${a.text}`, path(a.target), a.kind !== 'manual_output' || can('Manual'), () => (alarm ? { alarm: a.target } : {}));
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
    el('p', {}, 'Checksum of the protection in force: ', el('code', { id: 'protection-checksum', title: now.protection.checksum }, now.protection.checksum.slice(0, 12))),
    now.protection.acceptedBy ? el('p', {}, `${now.protection.acceptedWhy} (${now.protection.acceptedBy}, ${clock(now.protection.acceptedAt ?? 0)})`) : '',
    now.protection.awaits ? signature(now.protection) : el('p', { class: 'quiet' }, 'No change of it waits to be accepted.'));
}

function signature(seen: ProtectionSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', required: true, name: 'reason', autocomplete: 'off' });
  const password = el('input', { type: 'password', maxlength: '200', required: true, name: 'password', autocomplete: 'current-password' });
  const form = el('form', { class: 'prompt', id: 'accept-protection' },
    el('h4', {}, 'The rig stays tripped until the change of its protection is accepted'), el('p', {}, seen.awaits),
    el('label', {}, 'Why it is right ', reason), el('label', {}, `Your password again, ${document.body.dataset.person ?? ''}: it is the signature `, password),
    el('button', { type: 'submit', class: 'key' }, 'Accept the change, signed'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void command('Acceptance of the protection', '/protection/accept', { reason: reason.value.trim(), password: password.value }).then(() => { password.value = ''; });
  });
  return form;
}

/** Every row of the matrix with its state; a bypass where the row declares one, and why not where it does not. */
export function matrix(): HTMLElement {
  return el('details', { id: 'matrix' }, el('summary', {}, `The ${live.rig.trips.length} rows of protection, and their bypass`), ...live.rig.trips.map(trip));
}

function trip(row: TripInfo): HTMLElement {
  const path = `/trips/${encodeURIComponent(row.id)}`;
  const cause = el('select', { 'aria-label': 'What is bypassed' }, ...row.causes.map((c, i) => el('option', { value: String(i + 1) }, c.replaceAll('_', ' '))), row.causes.length > 1 ? el('option', { value: '0' }, 'the whole row') : null);
  const minutes = el('select', { 'aria-label': 'How long' }, ...[5, 15, 30, 60, 120, 240].filter((m) => m <= (row.longestBypass ?? 0)).map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: 'reason', 'aria-label': 'Reason' });
  const body = (): Record<string, unknown> => ({ cause: Number(cause.value), minutes: Number(minutes.value || '5'), reason: reason.value.trim() });
  const may = row.longestBypass !== null;
  return el('div', { class: 'alarm', 'data-trip': row.id },
    el('span', { class: 'chip' }, row.class.toUpperCase()),
    el('div', {}, el('b', {}, row.id.replaceAll('-', ' ')), el('p', {}, plain(`${row.why} Trips on ${row.causes.join(', or ')}; then ${row.effects.join(', ')}.`)),
      may ? el('details', { class: 'bypass' }, el('summary', {}, 'Bypass …'),
        el('p', { class: 'reason' }, 'While it is bypassed nothing here stops what this row guards against. It ends by itself and is told at every change of shift.'),
        el('div', { class: 'row' }, cause, minutes, reason, key('Bypass', `Bypass of ${row.id}`, `${path}/bypass`, true, body))) : null,
      row.longestStartUp === null ? null : el('div', { class: 'row' }, key('Start-up override', `Start-up override of ${row.id}`, `${path}/start-up-override`, true, () => ({ reason: reason.value.trim() || 'start-up' })))),
    may ? null : key('Bypass', `Bypass of ${row.id}`, `${path}/bypass`, false, body));
}
