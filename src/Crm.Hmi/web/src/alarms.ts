// Alarms with the response they ask for, trips with their first-out, and what happened.
import { byId, can, el, quoted } from './dom';
import { aside, matrix, protection } from './aside';
import { alarmFacts, alarmKeys, STATES } from './alarmplate';
import { choose, count, filters } from './filter';
import { annunciator } from './panel';
import { overdue, proofTests } from './proof';
import { remarkForm } from './remark';
import { key as commandKey, smallKey } from './commands';
import { get, live } from './live';
import { glyph } from './shell';
import { ACTORS, EVENTS } from './states';
import { clock, plain, span } from './text';
import { counted, phrase, t } from './words';
import type { AbsentSeen, AlarmMetricsSeen, EventSeen, Situation } from './contracts';

const KEPT = 300;
let events: EventSeen[] = [];

export function alarms(): void {
  const place = byId('alarms');
  if (!place) return;
  place.className = 'alarms';
  place.append(
    el('section', { class: 'panel' }, el('h3', {}, t('Trips')), el('div', { id: 'trips' })),
    el('section', { class: 'panel' }, el('h3', {}, t('Alarms')), filters(), el('div', { id: 'alarm-list' })),
    el('section', { class: 'panel wide', id: 'panel', hidden: live.rig.lamps.length === 0, 'aria-label': t('Annunciator panel') }),
    el('section', { class: 'panel wide' }, el('h3', {}, t('Everything set aside or overdue: bypasses, forces, values by hand, manual, alarms shelved or out of service, proof tests')), el('div', { id: 'proof-tests' }), el('div', { id: 'aside' }), el('div', { id: 'designed' }), proofTests()),
    el('section', { class: 'panel wide' }, el('h3', {}, t('Protection')), el('div', { id: 'protection' }), matrix()),
    el('section', { class: 'panel wide' }, metrics()),
    el('section', { class: 'panel log' }, el('h3', {}, t('What happened')), remarkForm(), el('table', {}, el('tbody', { id: 'events' }))));
  live.onSituation((now) => { trips(now); list(now); annunciator(now); overdue(now); aside(now); designed(now); protection(now); });
  // Also after a silence: what happened meanwhile was told to nobody here, and another controller counts anew.
  live.onLink((lost) => { if (!lost) void get<EventSeen[]>(`${live.path}/events`).then((before) => { events = before.slice(-KEPT); write(); }).catch(() => undefined); });
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
    el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', { lang: 'en' }, trip.why), el('p', {}, phrase('{0}; first out: {1}; since {2}; {3}', quoted(trip.id.replaceAll('-', ' ')), quoted(plain(trip.firstOut)), clock(trip.since), trip.causesClear ? t('its causes are clear') : t('a cause is still true')))),
    el('div', { class: 'alarm-keys' }, commandKey(t('Reset'), phrase('Reset of {0}', quoted(trip.id)), '/trips/reset', can('Operate') && trip.causesClear, () => ({ trip: trip.id })), forget(trip.id, false))));
  if (now.rigTrip) rows.unshift(el('div', { class: 'alarm' }, el('span', { class: 'glyph trip' }, 'T'), el('div', {}, el('b', {}, phrase('The whole rig is tripped: {0}', quoted(now.rigTrip))))));
  if (rows.length > 0) rows.unshift(resetAll());
  const kept = now.firstOuts.map((row) => el('div', { class: 'alarm', 'data-first-out': row.trip },
    el('span', { class: 'glyph absent' }, 'F'), el('div', {}, el('b', { lang: 'en' }, row.trip.replaceAll('-', ' ')), el('p', {}, phrase('tripped at {0} and is not tripped any more; first out: {1}', clock(row.since), quoted(plain(row.firstOut))))), forget(row.trip, can('Operate'))));
  byId('trips')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, t('No trip stands.'))]), ...kept);
}

/** What came first stays until the row trips again, or somebody has read it (SAF-06). */
function forget(trip: string, open: boolean): HTMLElement {
  return smallKey(t('Clear first-out'), phrase('Clearing the first-out of {0}', quoted(trip)), `/trips/${encodeURIComponent(trip)}/first-out/clear`, open);
}

function resetAll(): HTMLElement {
  const all = commandKey(t('Reset all that are clear'), t('Reset of all trips whose causes are clear'), '/trips/reset', can('Operate'));
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
    el('div', {}, el('b', { lang: 'en' }, alarm.text), el('span', { class: 'chip' }, STATES[alarm.state] ?? alarm.state), alarm.firstOut ? el('span', { class: 'chip' }, t('CAME FIRST')) : null,
      ...alarmFacts(alarm)), el('div', { class: 'alarm-keys' }, ...alarmKeys(alarm))));
  const none = now.alarms.length > 0 ? t('A filter hides every alarm there is.') : t('No alarm is active.');
  byId('alarm-list')?.replaceChildren(...(rows.length > 0 ? rows : [el('p', { class: 'quiet' }, none)]));
}

/** Figures since the last reset; reset by a person, on record (ALM-20). */
function metrics(): HTMLElement {
  const list = el('dl', { class: 'metrics', id: 'alarm-metrics' });
  const look = (): void => void get<AlarmMetricsSeen>(`${live.path}/alarm-metrics`).then((m) => list.replaceChildren(...[
    [t('Since'), clock(m.startTime)], [t('Alarms'), String(m.alarmCount)], [t('In ten minutes: now, most, mean'), `${m.currentAlarmRate}, ${m.maximumAlarmRate}, ${m.averageAlarmRate}`],
    [t('Longest active'), span(m.maximumActiveState)], [t('Longest not acknowledged'), span(m.maximumUnAck)], [t('Most often alarmed again'), String(m.maximumReAlarmCount)],
  ].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))).catch(() => undefined);
  const box = el('details', {}, el('summary', {}, t('Alarm figures since the last reset')), list,
    commandKey(t('Reset the figures'), t('Reset of the alarm figures'), '/alarm-metrics/reset', can('Acknowledge')));
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
    el('span', { class: 'glyph absent' }, 'D'), el('div', {}, el('b', { lang: 'en' }, a.text), el('p', {}, phrase('suppressed by design: {0}{1}', quoted(a.why), a.stands ? t('; its condition stands') : ''))));
  byId('designed')?.replaceChildren(el('details', {}, el('summary', {}, counted(quiet.length, '{0} alarm suppressed by design: the unit is idle or the device is lost', '{0} alarms suppressed by design: the unit is idle or the device is lost')), ...quiet.map(row)));
}

function write(): void {
  byId('events')?.replaceChildren(...[...events].reverse().map((e) => el('tr', {}, el('td', { class: 'when' }, clock(e.at)), el('td', {}, EVENTS[e.kind] ?? e.kind), el('td', { lang: 'en' }, e.subject), el('td', { lang: 'en' }, e.text), el('td', {}, ACTORS[e.cause] ?? quoted(e.cause)))));
}
