// Alarms with the response they ask for, trips with their first-out, and what happened.
import { byId, can, el } from './dom';
import { aside, matrix, protection } from './aside';
import { alarmFacts, alarmKeys, STATES } from './alarmplate';
import { choose, count, filters } from './filter';
import { annunciator } from './panel';
import { overdue, proofTests } from './proof';
import { remarkForm } from './remark';
import { key as commandKey, smallKey } from './commands';
import { get, live } from './live';
import { glyph } from './shell';
import { clock, counted, plain, span } from './text';
import type { AbsentSeen, AlarmMetricsSeen, EventSeen, Situation } from './contracts';

const KEPT = 300;
let events: EventSeen[] = [];

export function alarms(): void {
  const place = byId('alarms');
  if (!place) return;
  place.className = 'alarms';
  place.append(
    el('section', { class: 'panel' }, el('h3', {}, 'Trips'), el('div', { id: 'trips' })),
    el('section', { class: 'panel' }, el('h3', {}, 'Alarms'), filters(), el('div', { id: 'alarm-list' })),
    el('section', { class: 'panel wide', id: 'panel', hidden: live.rig.lamps.length === 0, 'aria-label': 'Annunciator panel' }),
    el('section', { class: 'panel wide' }, el('h3', {}, 'Everything set aside or overdue: bypasses, forces, values by hand, manual, alarms shelved or out of service, proof tests'), el('div', { id: 'proof-tests' }), el('div', { id: 'aside' }), el('div', { id: 'designed' }), proofTests()),
    el('section', { class: 'panel wide' }, el('h3', {}, 'Protection'), el('div', { id: 'protection' }), matrix()),
    el('section', { class: 'panel wide' }, metrics()),
    el('section', { class: 'panel log' }, el('h3', {}, 'What happened'), remarkForm(), el('table', {}, el('tbody', { id: 'events' }))));
  live.onSituation((now) => { trips(now); list(now); annunciator(now); overdue(now); aside(now); designed(now); protection(now); });
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
  const key = JSON.stringify([now.trips, now.rigTrip, now.firstOuts]);
  if (key === tripsDrawn) return;
  tripsDrawn = key;
  const rows: Node[] = now.trips.map((trip) => el('div', { class: 'alarm' },
    el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', {}, trip.why), el('p', {}, `${trip.id.replaceAll('-', ' ')}; first out: ${plain(trip.firstOut)}; since ${clock(trip.since)}; ${trip.causesClear ? 'its causes are clear' : 'a cause is still true'}`)),
    el('div', { class: 'alarm-keys' }, commandKey('Reset', `Reset of ${trip.id}`, '/trips/reset', can('Operate') && trip.causesClear, () => ({ trip: trip.id })), forget(trip.id, false))));
  if (now.rigTrip) rows.unshift(el('div', { class: 'alarm' }, el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', {}, `The whole rig is tripped: ${now.rigTrip}`))));
  if (rows.length > 0) rows.unshift(resetAll());
  const kept = now.firstOuts.map((row) => el('div', { class: 'alarm', 'data-first-out': row.trip },
    el('span', { class: 'glyph absent' }, 'F'), el('div', {}, el('b', {}, row.trip.replaceAll('-', ' ')), el('p', {}, `tripped at ${clock(row.since)} and is not tripped any more; first out: ${plain(row.firstOut)}`)), forget(row.trip, can('Operate'))));
  byId('trips')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, 'No trip stands.')]), ...kept);
}

/** What came first stays until the row trips again, or somebody has read it (SAF-06). */
function forget(trip: string, open: boolean): HTMLElement {
  return smallKey('Clear first-out', `Clearing the first-out of ${trip}`, `/trips/${encodeURIComponent(trip)}/first-out/clear`, open);
}

function resetAll(): HTMLElement {
  const all = commandKey('Reset all that are clear', 'Reset of all trips whose causes are clear', '/trips/reset', can('Operate'));
  all.id = 'reset-all';
  return all;
}

let listDrawn = '';
function list(now: Situation): void {
  const chosen = choose(now.alarms);
  const key = JSON.stringify(chosen);
  count(now.alarms, chosen.length);
  const busy = byId('alarm-list')?.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement;
  if (key === listDrawn || busy) return;
  listDrawn = key;
  const rows = chosen.map((alarm) => el('div', { class: 'alarm', 'data-alarm': alarm.id, 'data-state': alarm.state },
    glyph(alarm.priority, !alarm.state.endsWith('Active')),
    el('div', {}, el('b', {}, alarm.text), el('span', { class: 'chip' }, STATES[alarm.state] ?? alarm.state), alarm.firstOut ? el('span', { class: 'chip' }, 'CAME FIRST') : null,
      ...alarmFacts(alarm)), el('div', { class: 'alarm-keys' }, ...alarmKeys(alarm))));
  const none = now.alarms.length > 0 ? 'A filter hides every alarm there is.' : 'No alarm is active.';
  byId('alarm-list')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, none)]));
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
  byId('designed')?.replaceChildren(el('details', {}, el('summary', {}, `${counted(quiet.length, 'alarm')} suppressed by design: the unit is idle or the device is lost`), ...quiet.map(row)));
}

function write(): void {
  byId('events')?.replaceChildren(...[...events].reverse().map((e) => el('tr', {}, el('td', { class: 'when' }, clock(e.at)), el('td', {}, e.kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()), el('td', {}, e.subject), el('td', {}, e.text), el('td', {}, e.cause))));
}
