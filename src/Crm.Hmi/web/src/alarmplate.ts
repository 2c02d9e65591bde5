// An alarm opened: what it means, what to do and how soon, one touch away wherever it is shown (ALM-26).
import { can, el } from './dom';
import { commandForm, key } from './commands';
import { open } from './faceplate';
import { live } from './live';
import { acknowledgeKey, glyph, needsAcknowledging } from './shell';
import { clock, span } from './text';
import type { AlarmSeen, Situation } from './contracts';

export const STATES: Record<string, string> = { UnacknowledgedActive: 'ACTIVE, NEW', AcknowledgedActive: 'ACTIVE, SEEN', ReturnedUnacknowledged: 'GONE, NOT SEEN', LatchedUnacknowledged: 'GONE, LATCHED, NOT SEEN', LatchedAcknowledged: 'GONE, LATCHED' };

export function openAlarm(alarm: AlarmSeen): void {
  const place = open(alarm.text, alarm.id);
  if (!place) return;
  const body = el('div', { class: 'alarm-plate' });
  place.append(body);
  let drawn = '';
  live.onSituation((now: Situation) => {
    if (!body.isConnected || body.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
    const seen = now.alarms.find((a) => a.id === alarm.id);
    const fresh = JSON.stringify(seen ?? null);
    if (fresh === drawn) return;
    drawn = fresh;
    body.replaceChildren(...(seen
      ? [el('p', { class: 'reading' }, glyph(seen.priority, !seen.state.endsWith('Active')), ' ', el('span', { class: 'chip' }, STATES[seen.state] ?? seen.state)), ...alarmFacts(seen), el('div', { class: 'alarm-keys' }, ...alarmKeys(seen))]
      : [el('p', { class: 'reason' }, 'It is not annunciated any more.'), ...alarmFacts(alarm)]));
  });
}

/** Response first: it is what is looked for at three in the morning. */
export function alarmFacts(alarm: AlarmSeen): HTMLElement[] {
  return [
    el('p', {}, el('b', {}, 'Do: '), alarm.response), ...(alarm.cause ? [el('p', {}, `Likely cause: ${alarm.cause}`)] : []),
    el('p', {}, `If not: ${alarm.consequence}, within ${span(alarm.timeToRespondSeconds)}. Since ${clock(alarm.since)}, occurrence ${alarm.occurrence}.`),
  ];
}

export function alarmKeys(alarm: AlarmSeen): HTMLElement[] {
  const keys: HTMLElement[] = [];
  if (needsAcknowledging(alarm)) keys.push(acknowledgeKey(alarm));
  if (alarm.state.startsWith('Latched')) keys.push(key('Reset', `Reset ${alarm.text}`, '/alarms/reset', can('Acknowledge') && alarm.state === 'LatchedAcknowledged', () => ({ alarm: alarm.id })));
  if (alarm.firstOut) keys.push(key('Free first-out', `First-out of the group of ${alarm.text}`, '/alarms/first-out/reset', can('Acknowledge'), () => ({ alarm: alarm.id })));
  return [...keys, shelving(alarm), outOfService(alarm)];
}

/** For a time and with a reason, never longer than its priority allows; one-shot ends with the alarm's own return (ALM-06). */
function shelving(alarm: AlarmSeen): HTMLElement {
  const longest = alarm.longestShelving;
  const minutes = el('select', { 'aria-label': 'How long' }, ...[5, 15, 30, 60, 120, 480].filter((m) => m <= (longest ?? 5)).map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: 'reason', 'aria-label': 'Reason', required: true });
  const once = el('input', { type: 'checkbox' });
  const form = el('form', { class: 'shelve' });
  const act = commandForm(form, 'Shelve', `Shelve ${alarm.text}`, '/alarms/shelve', can('Acknowledge') && longest !== null, () => ({ alarm: alarm.id, minutes: Number(minutes.value), reason: reason.value.trim(), oneShot: once.checked }));
  form.append(minutes, reason, el('label', { class: 'check' }, once, 'only until it returns to normal'), act);
  return el('details', {}, el('summary', {}, longest === null ? 'Shelve … (never)' : 'Shelve …'), form);
}

/** By maintenance, with a work order, until it is returned (ALM-09). */
function outOfService(alarm: AlarmSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: 'reason', 'aria-label': 'Reason' });
  const order = el('input', { type: 'text', maxlength: '60', name: 'reference', placeholder: 'work order', 'aria-label': 'Work order' });
  return el('details', {}, el('summary', {}, 'Out of service …'), el('div', { class: 'shelve' }, reason, order,
    key('Take out', `Out of service: ${alarm.text}`, '/alarms/out-of-service', true, () => ({ alarm: alarm.id, reason: reason.value.trim(), reference: order.value.trim() }))));
}
