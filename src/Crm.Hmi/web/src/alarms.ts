// Alarms with the response they ask for, trips with their first-out, and what happened.
import { byId, can, el } from './dom';
import { aside, matrix, protection } from './aside';
import { command, key as commandKey } from './commands';
import { get, live } from './live';
import { acknowledge, glyph, needsAcknowledging } from './shell';
import { clock, span } from './text';
import type { AbsentSeen, AlarmMetricsSeen, AlarmSeen, EventSeen, Situation } from './contracts';

const KEPT = 300;
let events: EventSeen[] = [];

export function alarms(): void {
  const place = byId('alarms');
  if (!place) return;
  place.className = 'alarms';
  place.append(
    el('section', { class: 'panel' }, el('h3', {}, 'Trips'), el('div', { id: 'trips' })),
    el('section', { class: 'panel' }, el('h3', {}, 'Alarms'), el('div', { id: 'alarm-list' })),
    el('section', { class: 'panel wide' }, el('h3', {}, 'Everything set aside: bypasses, forces, values by hand, manual, alarms shelved or out of service'), el('div', { id: 'aside' }), el('div', { id: 'designed' })),
    el('section', { class: 'panel wide' }, el('h3', {}, 'Protection'), el('div', { id: 'protection' }), matrix()),
    el('section', { class: 'panel wide' }, metrics()),
    el('section', { class: 'panel log' }, el('h3', {}, 'What happened'), el('table', {}, el('tbody', { id: 'events' }))));
  live.onSituation((now) => { trips(now); list(now); aside(now); designed(now); protection(now); });
  void get<EventSeen[]>(`${live.path}/events`).then((before) => { events = before.slice(-KEPT); write(); }).catch(() => undefined);
  live.onFrame((frame) => {
    const fresh = frame.events.filter((e) => e.number > (events.at(-1)?.number ?? 0));
    if (fresh.length === 0) return;
    events = events.concat(fresh).slice(-KEPT);
    write();
  });
}

let tripsDrawn = '';
function trips(now: Situation): void {
  const key = JSON.stringify([now.trips, now.rigTrip]);
  if (key === tripsDrawn) return;
  tripsDrawn = key;
  const rows: Node[] = now.trips.map((trip) => el('div', { class: 'alarm' },
    el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', {}, trip.why), el('p', {}, `${trip.id.replaceAll('-', ' ')}; first out: ${trip.firstOut}; since ${clock(trip.since)}; ${trip.causesClear ? 'its causes are clear' : 'a cause is still true'}`)),
    el('button', { type: 'button', class: 'key', disabled: !can('Operate') || !trip.causesClear, click: () => void command(`Reset ${trip.id}`, '/trips/reset', { trip: trip.id }) }, 'Reset')));
  if (now.rigTrip) rows.unshift(el('div', { class: 'alarm' }, el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', {}, `The whole rig is tripped: ${now.rigTrip}`))));
  if (rows.length > 0) rows.push(el('button', { type: 'button', class: 'key', id: 'reset-all', disabled: !can('Operate'), click: () => void command('Reset all trips whose causes are clear', '/trips/reset') }, 'Reset all that are clear'));
  byId('trips')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, 'No trip stands.')]));
}

let listDrawn = '';
function list(now: Situation): void {
  const key = JSON.stringify(now.alarms);
  const busy = byId('alarm-list')?.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement;
  if (key === listDrawn || busy) return;
  listDrawn = key;
  const rows = now.alarms.map((alarm) => el('div', { class: 'alarm', 'data-alarm': alarm.id, 'data-state': alarm.state },
    glyph(alarm.priority, !alarm.state.endsWith('Active')),
    el('div', {}, el('b', {}, alarm.text), el('span', { class: 'chip' }, STATES[alarm.state] ?? alarm.state), alarm.firstOut ? el('span', { class: 'chip' }, 'CAME FIRST') : null,
      el('p', {}, el('b', {}, 'Do: '), alarm.response), alarm.cause ? el('p', {}, `Likely cause: ${alarm.cause}`) : null, el('p', {}, `If not: ${alarm.consequence}, within ${span(alarm.timeToRespondSeconds)}. Since ${clock(alarm.since)}, occurrence ${alarm.occurrence}.`)),
    el('div', { class: 'alarm-keys' },
      needsAcknowledging(alarm) ? el('button', { type: 'button', class: 'key', disabled: !can('Acknowledge'), click: () => acknowledge(alarm) }, 'Acknowledge') : null,
      alarm.state === 'LatchedAcknowledged' ? el('button', { type: 'button', class: 'key', disabled: !can('Acknowledge'), click: () => void command(`Reset ${alarm.text}`, '/alarms/reset', { alarm: alarm.id }) }, 'Reset') : null,
      alarm.longestShelving !== null && can('Acknowledge') ? shelving(alarm) : null, outOfService(alarm))));
  byId('alarm-list')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, 'No alarm is active.')]));
}

const STATES: Record<string, string> = { UnacknowledgedActive: 'ACTIVE, NEW', AcknowledgedActive: 'ACTIVE, SEEN', ReturnedUnacknowledged: 'GONE, NOT SEEN', LatchedUnacknowledged: 'GONE, LATCHED, NOT SEEN', LatchedAcknowledged: 'GONE, LATCHED' };

/** For a time and with a reason, never longer than its priority allows (ALM-06). */
function shelving(alarm: AlarmSeen): HTMLElement {
  const longest = alarm.longestShelving ?? 0;
  const minutes = el('select', { 'aria-label': 'How long' }, ...[5, 15, 30, 60, 120, 480].filter((m) => m <= longest).map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: 'reason', 'aria-label': 'Reason', required: true });
  const form = el('form', { class: 'shelve' }, minutes, reason, el('button', { type: 'submit', class: 'small' }, 'Shelve'));
  form.addEventListener('submit', (event) => { event.preventDefault(); void command(`Shelve ${alarm.text}`, '/alarms/shelve', { alarm: alarm.id, minutes: Number(minutes.value), reason: reason.value }); });
  return el('details', {}, el('summary', {}, 'Shelve …'), form);
}

/** By maintenance, with a work order, until it is returned (ALM-09). */
function outOfService(alarm: AlarmSeen): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: 'reason', 'aria-label': 'Reason' });
  const order = el('input', { type: 'text', maxlength: '60', name: 'reference', placeholder: 'work order', 'aria-label': 'Work order' });
  return el('details', {}, el('summary', {}, 'Out of service …'), el('div', { class: 'shelve' }, reason, order,
    commandKey('Take out', `Out of service: ${alarm.text}`, '/alarms/out-of-service', true, () => ({ alarm: alarm.id, reason: reason.value.trim(), reference: order.value.trim() }))));
}

/** Figures since the last reset; reset by a person, on record (ALM-20). */
function metrics(): HTMLElement {
  const list = el('dl', { class: 'metrics', id: 'alarm-metrics' });
  const look = (): void => void get<AlarmMetricsSeen>(`${live.path}/alarm-metrics`).then((m) => list.replaceChildren(...[
    ['Since', clock(m.startTime)], ['Alarms', String(m.alarmCount)], ['In ten minutes: now, most, mean', `${m.currentAlarmRate}, ${m.maximumAlarmRate}, ${m.averageAlarmRate}`],
    ['Longest active', span(m.maximumActiveState)], ['Longest not acknowledged', span(m.maximumUnAck)], ['Most often alarmed again', String(m.maximumReAlarmCount)],
  ].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))).catch(() => undefined);
  const box = el('details', {}, el('summary', {}, 'Alarm figures since the last reset'), list,
    commandKey('Reset the figures', 'Reset of the alarm figures', '/alarm-metrics/reset', can('Acknowledge')));
  const refresh = (): void => { if (box.open) look(); };
  box.addEventListener('toggle', refresh);
  setInterval(refresh, 2000);
  return box;
}

let designedDrawn = '';
/** What a rule keeps quiet: nobody set it aside, and it comes back by the same rule (ALM-08). */
function designed(now: Situation): void {
  const quiet = now.absent.filter((a) => a.state === 'Suppressed');
  const key = JSON.stringify(quiet);
  if (key === designedDrawn) return;
  designedDrawn = key;
  const row = (a: AbsentSeen): HTMLElement => el('div', { class: 'alarm', 'data-absent': a.id },
    el('span', { class: 'glyph absent' }, 'D'), el('div', {}, el('b', {}, a.text), el('p', {}, `suppressed by design: ${a.why}${a.stands ? '; its condition stands' : ''}`)));
  byId('designed')?.replaceChildren(el('details', {}, el('summary', {}, `${quiet.length} alarms suppressed by design: their unit is idle or their device is lost`), ...quiet.map(row)));
}

function write(): void {
  byId('events')?.replaceChildren(...[...events].reverse().map((e) => el('tr', {}, el('td', { class: 'when' }, clock(e.at)), el('td', {}, e.kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()), el('td', {}, e.subject), el('td', {}, e.text), el('td', {}, e.cause))));
}
