// The annunciator panel as it hangs beside the rig: its lamps in their sequences, and its horn (ALM-03, ALM-14).
import { byId, el, quoted } from './dom';
import { live } from './live';
import { glyph, silenceKey } from './shell';
import { counted, t } from './words';
import type { LampInfo, Situation } from './contracts';

const SHOWS: Record<string, string> = { off: t('off'), steady: t('acknowledged'), slow_flash: t('acknowledged, CAME FIRST'), flash: t('NEW'), double_flash: t('NEW, CAME FIRST') };
const SEQUENCES: Record<string, string> = { automatic: t('A: goes out by itself once acknowledged and back to normal'), manual: t('M: lit until it is reset by hand'), first_out: t('F: what came first blinks differently') };

let drawn = '';
export function annunciator(now: Situation): void {
  const place = byId('panel');
  if (!place || live.rig.lamps.length === 0) return;
  const fresh = JSON.stringify([now.panel, now.alarms.map((a) => [a.id, a.state])]);
  if (fresh === drawn) return;
  drawn = fresh;
  const sounding = now.panel.sounding;
  place.replaceChildren(el('h3', {}, t('Panel beside the rig')), el('div', { class: 'lamps' },
    ...live.rig.lamps.map((lamp, i) => tile(lamp, now.panel.lamps[i] ?? 'off', now)),
    el('div', { class: 'lamp', 'data-horn': String(sounding) }, el('b', {}, sounding ? t('HORN SOUNDS') : t('Horn silent')), el('small', {}, t('silence acknowledges nothing')), silenceKey(now))));
}

/** The lamp's own light is not drawn in an alarm's colour: the glyph of its most urgent alarm is (HMI-02, HMI-03). */
function tile(lamp: LampInfo, show: string, now: Situation): HTMLElement {
  const lit = now.alarms.filter((a) => lamp.alarms.includes(a.id)).sort((a, b) => a.priority - b.priority);
  const first = lit[0];
  return el('div', { class: 'lamp', 'data-lamp': live.rig.outputs[lamp.output]?.name ?? '', 'data-show': show, title: SEQUENCES[lamp.sequence] ?? '' },
    el('div', {}, show !== 'off' && first ? glyph(first.priority, !first.state.endsWith('Active')) : null, el('b', { lang: 'en' }, lamp.label)), el('span', { class: 'chip' }, SHOWS[show] ?? show),
    el('small', {}, lit.length > 0 ? quoted(lit.map((a) => a.text).join('; ')) : counted(lamp.alarms.length, '{0} alarm behind it', '{0} alarms behind it')));
}
