// What is on every page: twin banner, lost controller, alarm strip, state of the batch.
import { byId, can, el, quoted, say, sayLine, svg } from './dom';
import { openAlarm } from './alarmplate';
import { ask, key, smallKey } from './commands';
import { get, live } from './live';
import { gloss } from './states';
import { clock, doing, plain, PRIORITIES, stepName, waitsForPerson } from './text';
import { counted, phrase, t } from './words';
import type { AlarmSeen, Situation } from './contracts';

/** Why plant time does not run as fast as asked. */
const SLOW: Record<string, string> = { 'a prompt is open': t('a prompt is open'), 'a critical alarm is active': t('a critical alarm is active'), 'skipping to the next event': t('skipping to the next event') };

export function shell(): void {
  const top = document.querySelector('.top'), gone = byId('lost');
  const below = new ResizeObserver(() => { if (top) document.documentElement.style.setProperty('--below-top', `${top.getBoundingClientRect().bottom}px`); });
  for (const part of [top, gone]) if (part) below.observe(part);
  twin();
  lost();
  live.onSituation((now) => { strip(now); batch(now); });
}

function twin(): void {
  live.onFrame((frame) => {
    say(byId('plant-time'), clock(frame.now));
    say(byId('pace'), frame.paceReason.startsWith('skipping') ? '▶▶' : `${Math.round(frame.pace)}×`);
    say(byId('pace-why'), SLOW[frame.paceReason] ?? frame.paceReason);
    for (const button of document.querySelectorAll<HTMLElement>('[data-pace]')) button.setAttribute('aria-pressed', String(Number(button.dataset.pace) === frame.askedPace));
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-pace]')) {
    grey(button);
    button.addEventListener('click', () => void ask(t('Pace'), '/twin/pace', { pace: Number(button.dataset.pace) }));
  }
  const skip = byId('skip') as HTMLButtonElement | null;
  grey(skip);
  skip?.addEventListener('click', () => void ask(t('Skip'), '/twin/skip', {}));
  const unattended = byId('unattended') as HTMLInputElement | null;
  grey(unattended);
  unattended?.addEventListener('change', () => void ask(t('Technician'), '/twin/technician', { unattended: unattended.checked }).then((done) => { if (done === null) unattended.checked = live.situation?.unattended ?? false; }));
  live.onSituation((now) => {
    say(skip, now.skipping ? t('Stop skipping') : t('Skip to next event'));
    if (unattended && document.activeElement !== unattended) unattended.checked = now.unattended;
  });
}

/** Whoever may not steer the twin is told so by the controller when they press. */
function grey(control: HTMLElement | null): void { if (!can('SteerTwin')) control?.setAttribute('aria-disabled', 'true'); }

function lost(): void {
  live.onLink((gone) => {
    document.body.classList.toggle('is-lost', gone);
    const banner = byId('lost');
    if (!banner) return;
    banner.hidden = !gone;
    if (gone) say(byId('lost-age'), t('Values shown are {0} s old. The plant goes on, or falls to its safe values, by itself. HOLD, STOP and ABORT are still tried and say when they do not arrive: then use the rig\'s own emergency stop. This page comes back by itself.', Math.round(live.age / 1000)));
  });
}

/** Waits for a controller that was away when the page was made. */
export function waitForController(): void {
  const banner = byId('lost');
  if (banner) banner.hidden = false;
  document.body.classList.add('is-lost');
  setInterval(() => { void get('/api/v1/rigs').then(() => location.reload()).catch(() => undefined); }, 1000);
}

const SHAPES = ['', 'M2 2 H22 V22 H2 Z', 'M12 1 L23 23 H1 Z', 'M1 1 H23 L12 23 Z', 'M12 1 A11 11 0 1 1 11.99 1 Z'];
const BASELINES = [0, 17, 20, 13, 17];

/** Shape, number and colour say the priority, with a dark border for contrast; hollow: its condition has gone (HMI-03, HMI-29). */
export function glyph(priority: number, hollow = false): HTMLElement {
  const number = svg('text', { x: 12, y: BASELINES[priority] ?? 17, 'text-anchor': 'middle' });
  number.textContent = String(priority);
  return el('span', { class: `glyph p${priority}${hollow ? ' hollow' : ''}`, title: t('priority {0}, {1}', priority, PRIORITIES[priority] ?? '') },
    svg('svg', { viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true' }, svg('path', { class: 'shape', d: SHAPES[priority] ?? '' }), number));
}

export function needsAcknowledging(alarm: AlarmSeen): boolean { return alarm.state.includes('Unacknowledged'); }

/** Of the occurrence that is shown: a later one stays (ALM-04). */
export function acknowledgeKey(alarm: AlarmSeen, make: typeof key = key): HTMLButtonElement {
  return make(t('Acknowledge'), phrase('Acknowledge {0}', quoted(alarm.text)), '/alarms/acknowledge', can('Acknowledge') && needsAcknowledging(alarm), () => ({ alarm: alarm.id, occurrence: alarm.occurrence }));
}

/** Silence is not acknowledgement: the lamps flash on (ALM-03). */
export function silenceKey(now: Situation, make: typeof key = key): HTMLButtonElement {
  return make(t('Silence horn'), t('Silence of the horn'), '/panel/silence', can('Acknowledge') && now.panel.sounding);
}

let drawn = '';

/** Newest of the highest priority that nobody acknowledged, and counts by priority (HMI-18). */
function strip(now: Situation): void {
  const place = byId('alarm-strip');
  if (!place) return;
  const key = JSON.stringify([now.alarms.map((a) => [a.id, a.state, a.occurrence]), now.trips.map((t) => t.id), now.rigTrip, now.prompts.length, now.waiting.length, now.aside.length, now.panel.sounding, now.overdueProofTests.length, now.recordFault]);
  if (key === drawn) return;
  drawn = key;
  const open = now.alarms.filter(needsAcknowledging);
  const first = open[0];
  const steps = now.waiting.filter(waitsForPerson).length;
  place.replaceChildren();
  // Beside the pages there is room for quiet; what wants somebody gets a line of its own.
  place.classList.toggle('loud', first !== undefined || now.trips.length > 0 || now.rigTrip !== '' || now.panel.sounding);
  // On a wide screen a mark fits beside them too.
  place.classList.toggle('waits', steps + now.prompts.length + now.aside.length + now.overdueProofTests.length > 0 || now.recordFault !== '');
  if (now.trips.length > 0 || now.rigTrip) {
    place.append(el('a', { class: 'tripped', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, now.rigTrip ? t('TRIPPED whole rig') : now.trips.length > 1 ? t('TRIPPED {0} and {1} more', now.trips[0]?.id ?? '', now.trips.length - 1) : t('TRIPPED {0}', now.trips[0]?.id ?? '')));
  }
  if (first) {
    const keys = acknowledgeKey(first, smallKey);
    keys.accessKey = 'a';
    place.append(el('span', { class: 'strip-alarm' }, glyph(first.priority),
      el('button', { type: 'button', class: first.state === 'UnacknowledgedActive' ? 'strip-text flash' : 'strip-text', title: t('{0}: what to do', first.text), click: () => openAlarm(first) }, quoted(first.text))), keys);
  }
  if (now.panel.sounding) {
    const silence = silenceKey(now, smallKey);
    silence.accessKey = 's';
    silence.classList.add('horn');
    place.append(silence);
  }
  for (const priority of [1, 2, 3, 4]) {
    const count = now.alarms.filter((a) => a.priority === priority).length;
    if (count > 0) place.append(el('a', { class: 'count', href: `/rigs/${encodeURIComponent(live.name)}/alarms`, 'aria-label': t('{0} of priority {1}', count, priority) }, glyph(priority), `${count}`));
  }
  if (place.childElementCount === 0) place.append(el('span', { class: 'quiet' }, t('No alarms')));
  if (now.aside.length > 0) place.append(el('a', { class: 'prompt-mark', id: 'aside-count', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, counted(now.aside.length, '{0} set aside', '{0} set aside')));
  if (now.overdueProofTests.length > 0) place.append(el('a', { class: 'prompt-mark', id: 'proof-count', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, counted(now.overdueProofTests.length, '{0} proof test overdue', '{0} proof tests overdue')));
  if (now.recordFault !== '') place.append(el('a', { class: 'prompt-mark', id: 'record-fault', title: now.recordFault, href: `/rigs/${encodeURIComponent(live.name)}/records` }, t('The record cannot be written')));
  if (steps > 0) place.append(el('a', { class: 'prompt-mark', href: `/rigs/${encodeURIComponent(live.name)}/batch` }, '▸ ' + counted(steps, '{0} step waiting', '{0} steps waiting')));
  if (now.prompts.length > 0) place.append(el('a', { class: 'prompt-mark', href: `/rigs/${encodeURIComponent(live.name)}/batch` }, '✎ ' + counted(now.prompts.length, '{0} prompt waiting', '{0} prompts waiting')));
}

function batch(now: Situation): void {
  // Beside others nobody may mistake which batch STOP and ABORT would end.
  const id = byId('batch-id');
  if (id) id.hidden = now.batches.length < 2;
  say(id, t('BATCH {0}', now.id));
  say(byId('batch-state'), now.batch.toUpperCase());
  say(byId('batch-gloss'), gloss(now.batch));
  const steps = now.steps.filter((s) => s.unit !== '' || now.prompts.some((p) => p.id === s.id));
  const first = now.batch === 'Running' || steps.length > 0 && !now.reason ? steps.slice(0, 2).map((s) => `${stepName(s)}${doing(s) && doing(s) !== stepName(s) ? ': ' + doing(s) : ''}`).join(' · ') : now.reason;
  const next = now.waiting[0];
  const theirs = plain(first || '') || (next ? `${stepName(next)} ${doing(next)}` : '');
  sayLine(byId('batch-step'), theirs !== '' ? [quoted(theirs)] : now.batch === 'Idle' ? now.commands.includes('Start') ? t('ready for START') : t('not ready: press START to see what it waits for') : '');
}
