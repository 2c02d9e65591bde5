// The annunciator panel as it hangs beside the rig: its lamps in their sequences, and its horn (ALM-03, ALM-14).
import { byId, el } from './dom';
import { live } from './live';
import { glyph, silenceKey } from './shell';
import { counted } from './text';
import type { LampInfo, Situation } from './contracts';

const SHOWS: Record<string, string> = { off: 'off', steady: 'acknowledged', slow_flash: 'acknowledged, CAME FIRST', flash: 'NEW', double_flash: 'NEW, CAME FIRST' };
const SEQUENCES: Record<string, string> = { automatic: 'A: goes out by itself once acknowledged and back to normal', manual: 'M: lit until it is reset by hand', first_out: 'F: what came first blinks differently' };

let drawn = '';
export function annunciator(now: Situation): void {
  const place = byId('panel');
  if (!place || live.rig.lamps.length === 0) return;
  const fresh = JSON.stringify([now.panel, now.alarms.map((a) => [a.id, a.state])]);
  if (fresh === drawn) return;
  drawn = fresh;
  const sounding = now.panel.sounding;
  place.replaceChildren(el('h3', {}, 'Panel beside the rig'), el('div', { class: 'lamps' },
    ...live.rig.lamps.map((lamp, i) => tile(lamp, now.panel.lamps[i] ?? 'off', now)),
    el('div', { class: 'lamp', 'data-horn': String(sounding) }, el('b', {}, sounding ? 'HORN SOUNDS' : 'Horn silent'), el('small', {}, 'silence acknowledges nothing'), silenceKey(now))));
}

/** The lamp's own light is not drawn in an alarm's colour: the glyph of its most urgent alarm is (HMI-02, HMI-03). */
function tile(lamp: LampInfo, show: string, now: Situation): HTMLElement {
  const lit = now.alarms.filter((a) => lamp.alarms.includes(a.id)).sort((a, b) => a.priority - b.priority);
  const first = lit[0];
  return el('div', { class: 'lamp', 'data-lamp': live.rig.outputs[lamp.output]?.name ?? '', 'data-show': show, title: SEQUENCES[lamp.sequence] ?? '' },
    el('div', {}, show !== 'off' && first ? glyph(first.priority, !first.state.endsWith('Active')) : null, el('b', {}, lamp.label)), el('span', { class: 'chip' }, SHOWS[show] ?? show),
    el('small', {}, lit.length > 0 ? lit.map((a) => a.text).join('; ') : `${counted(lamp.alarms.length, 'alarm')} behind it`));
}
