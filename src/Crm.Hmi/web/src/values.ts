// One value on a screen: number, unit, quality, bar. Built once, kept true by the stream.
import { el, say } from './dom';
import { live } from './live';
import { openOutput, openTag } from './faceplate';
import { showHealth } from './health';
import { outputValue, SOURCES, tagValue, unit } from './text';
import { t } from './words';
import type { FrameMessage, OutputInfo, TagInfo } from './contracts';

type Refresh = (frame: FrameMessage) => void;
const refreshes = new Set<Refresh>();
let listening = false;

/** Keeps something true for as long as it is on the page. */
export function keepTrue(element: Element, refresh: Refresh): void {
  if (!listening) {
    listening = true;
    live.onFrame((frame) => { for (const each of refreshes) each(frame); });
  }
  let placed = false;
  const once: Refresh = (frame) => {
    if (element.isConnected) refresh(frame);
    else if (placed) refreshes.delete(once);
    placed ||= element.isConnected;
  };
  refreshes.add(once);
  if (live.frame) refresh(live.frame);
}

/** Name, number with unit, and what is wrong with it; opens the faceplate. */
export function valueButton(tag: TagInfo, label: string): HTMLElement {
  const shown = el('b', { class: 'number' });
  const why = el('i', { class: 'why', lang: 'en' });
  const health = el('span', { class: 'health' });
  const button = el('button', { type: 'button', class: 'value', 'data-tag': tag.name, click: () => openTag(tag) }, el('span', { class: 'label', lang: 'en' }, label), health, shown, el('span', { class: 'unit' }, unit(tag.unit)), why);
  keepTrue(button, (frame) => {
    const value = tagValue(frame, tag);
    say(shown, value.text);
    say(why, value.why);
    why.lang = value.why === t(value.quality) ? '' : 'en';
    button.dataset.quality = value.quality;
    showHealth(health, frame.why.find((w) => w.tag === tag.ordinal)?.health ?? 0);
  });
  return button;
}

/** A pump, valve, heater or agitator: grey when off, dark when it runs, with who drives it when that is not the phase. */
export function outputButton(output: OutputInfo, label: string): HTMLElement {
  const shown = el('b', { class: 'number' });
  const badge = el('span', { class: 'badge' });
  const button = el('button', { type: 'button', class: 'output', 'data-output': output.name, 'data-role': output.role, click: () => openOutput(output) },
    el('span', { class: 'symbol', 'aria-hidden': 'true' }), el('span', { class: 'label', lang: 'en' }, label), shown, el('span', { class: 'unit' }, unit(output.unit)), badge);
  keepTrue(button, (frame) => {
    say(shown, outputValue(frame, output));
    button.dataset.on = String((frame.outputs[output.ordinal] ?? 0) > 0.05);
    const manual = frame.manual[output.ordinal] === '1';
    const source = Number(frame.sources[output.ordinal]);
    say(badge, manual ? t('MANUAL') : source === 4 ? t('FORCED') : '');
    badge.title = SOURCES[source] ?? '';
    button.dataset.manual = String(manual);
  });
  return button;
}

/** A level bar on the tag's span with the setpoint of its loop (HMI-08). */
export function bar(tag: TagInfo): HTMLElement {
  const fill = el('span', { class: 'bar-fill' });
  const mark = el('span', { class: 'bar-mark', hidden: true });
  const made = el('span', { class: 'bar', title: t('{0} to {1} {2}', tag.low, tag.high, unit(tag.unit)) }, fill, mark);
  const loop = live.rig.loops.find((l) => l.processValue === tag.ordinal);
  const share = (value: number): string => `${Math.min(100, Math.max(0, (100 * (value - tag.low)) / (tag.high - tag.low)))}%`;
  keepTrue(made, (frame) => {
    const value = frame.values[tag.ordinal];
    fill.style.width = value === null || value === undefined ? '0' : share(value);
    const setpoint = loop ? frame.setpoints[loop.ordinal] : null;
    mark.hidden = setpoint === null || setpoint === undefined;
    if (setpoint !== null && setpoint !== undefined) mark.style.left = share(setpoint);
  });
  return made;
}

/** Tags of a unit that say most about it, first the usual ones. */
export function tellingTags(unitName: string, most: number): TagInfo[] {
  const order = ['temperature', 'ph', 'orp', 'level', 'mass', 'cake_mass', 'pressure', 'filtrate_flow', 'conductivity', 'agitator_speed', 'condensate_flow', 'flow'];
  const rank = (tag: TagInfo): number => { const at = order.indexOf(tag.name.slice(unitName.length + 1)); return at < 0 ? 99 : at; };
  const own = live.rig.tags.filter((t) => t.ofUnit === unitName);
  const telling = own.filter((t) => rank(t) < 99).sort((a, b) => rank(a) - rank(b));
  return (telling.length > 0 ? telling : own).slice(0, most);
}

/** The name without its unit's name in front. */
export function shortName(thing: { name: string; ofUnit: string }): string {
  const text = thing.name.slice(thing.ofUnit.length + 1).replaceAll('_', ' ');
  return ({ ph: 'pH', orp: 'ORP' } as Record<string, string>)[text] ?? text;
}
