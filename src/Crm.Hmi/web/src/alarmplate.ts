// An alarm opened: what it means, what to do and how soon, one touch away wherever it is shown (ALM-26).
import { can, el, quoted } from './dom';
import { commandForm, key } from './commands';
import { open } from './faceplate';
import { live } from './live';
import { acknowledgeKey, glyph, needsAcknowledging } from './shell';
import { clock, span } from './text';
import { phrase, t } from './words';
import type { AlarmSeen, Situation } from './contracts';

export const STATES: Record<string, string> = { UnacknowledgedActive: t('ACTIVE, NEW'), AcknowledgedActive: t('ACTIVE, SEEN'), ReturnedUnacknowledged: t('GONE, NOT SEEN'), LatchedUnacknowledged: t('GONE, LATCHED, NOT SEEN'), LatchedAcknowledged: t('GONE, LATCHED') };

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
      : [el('p', { class: 'reason' }, t('It is not annunciated any more.')), ...alarmFacts(alarm)]));
  });
}

/** Response first: it is what is looked for at three in the morning. */
export function alarmFacts(alarm: AlarmSeen): HTMLElement[] {
  return [
    el('p', {}, el('b', {}, `${t('Do:')} `), quoted(alarm.response)), ...(alarm.cause ? [el('p', {}, phrase('Likely cause: {0}', quoted(alarm.cause)))] : []),
    el('p', {}, phrase('If not: {0}, within {1}. Since {2}, occurrence {3}.', quoted(alarm.consequence), span(alarm.timeToRespondSeconds), clock(alarm.since), alarm.occurrence)),
  ];
}

export function alarmKeys(alarm: AlarmSeen): HTMLElement[] {
  const keys: HTMLElement[] = [];
  if (needsAcknowledging(alarm)) keys.push(acknowledgeKey(alarm), noted(alarm));
  if (alarm.state.startsWith('Latched')) keys.push(key(t('Reset'), phrase('Reset {0}', quoted(alarm.text)), '/alarms/reset', can('Acknowledge') && alarm.state === 'LatchedAcknowledged', () => ({ alarm: alarm.id })));
  if (alarm.firstOut) keys.push(key(t('Free first-out'), phrase('First-out of the group of {0}', quoted(alarm.text)), '/alarms/first-out/reset', can('Acknowledge'), () => ({ alarm: alarm.id })));
  return [...keys, shelving(alarm), outOfService(alarm)];
}

/** The same with words of the person, on record with the acknowledgement. */
function noted(alarm: AlarmSeen): HTMLElement {
  const note = el('input', { type: 'text', maxlength: '200', name: 'note', placeholder: t('note'), 'aria-label': t('Note') });
  const act = key(t('Acknowledge with this note'), phrase('Acknowledge {0}', quoted(alarm.text)), '/alarms/acknowledge', can('Acknowledge'), () => ({ alarm: alarm.id, occurrence: alarm.occurrence, reason: note.value.trim() }));
  note.addEventListener('keydown', (event) => { if (event.key === 'Enter') { note.blur(); act.click(); } });
  return el('details', {}, el('summary', {}, t('With a note …')), el('div', { class: 'shelve' }, note, act));
}

/** For a time and with a reason, never longer than its priority allows; one-shot ends with the alarm's own return (ALM-06). */
function shelving(alarm: AlarmSeen): HTMLElement {
  const longest = alarm.longestShelving;
  const minutes = el('select', { 'aria-label': t('How long') }, ...[5, 15, 30, 60, 120, 480].filter((m) => m <= (longest ?? 5)).map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason'), 'aria-label': t('Reason'), required: true });
  const once = el('input', { type: 'checkbox' });
  const form = el('form', { class: 'shelve' });
  const act = commandForm(form, t('Shelve'), phrase('Shelve {0}', quoted(alarm.text)), '/alarms/shelve', can('Acknowledge') && longest !== null, () => ({ alarm: alarm.id, minutes: Number(minutes.value), reason: reason.value.trim(), oneShot: once.checked }));
  form.append(minutes, reason, el('label', { class: 'check' }, once, t('only until it returns to normal')), act);
  return el('details', {}, el('summary', {}, longest === null ? t('Shelve … (never)') : t('Shelve …')), form);
}

/** By maintenance, with a work order, until it is returned (ALM-09). */
function outOfService(alarm: AlarmSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: t('reason'), 'aria-label': t('Reason') });
  const order = el('input', { type: 'text', maxlength: '60', name: 'reference', placeholder: t('work order'), 'aria-label': t('Work order') });
  return el('details', {}, el('summary', {}, t('Out of service …')), el('div', { class: 'shelve' }, reason, order,
    key(t('Take out'), phrase('Out of service: {0}', quoted(alarm.text)), '/alarms/out-of-service', true, () => ({ alarm: alarm.id, reason: reason.value.trim(), reference: order.value.trim() }))));
}
