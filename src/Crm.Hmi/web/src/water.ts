// Water: what came in, went round, and left, as a drawing with widths in litres; the figures of the report, and what builds up in the loop.
import { byId, el, quoted, svg } from './dom';
import { follow, litres, percent, plusMinus, significant, UNKNOWN } from './figures';
import { live } from './live';
import { clock, plain, tagValue, unit } from './text';
import { phrase, t } from './words';
import type { BatchFigures, SampleFound, WaterFound } from './contracts';

/** What a loop without discharge gathers; the laboratory's words. */
const GATHERS: [string, string[]][] = [[t('chloride'), ['Cl']], [t('sulfate'), ['SO4', 'S']], [t('sodium'), ['Na']], [t('organics'), ['TOC', 'C', 'organics', 'C2O4', 'oxalate']]];

interface Flow { label: string; litres: number }

export function water(): void {
  const place = byId('water');
  if (!place) return;
  place.className = 'sheet';
  place.append(
    el('section', { class: 'panel' }, el('h3', { id: 'water-title' }, t('Water of the batch')), el('div', { id: 'sankey' })),
    el('div', { class: 'beside' },
      el('section', { class: 'panel' }, el('h3', {}, t('The loop')), el('table', { id: 'water-figures' }), el('p', { class: 'quiet' }, t('A dash was not measured yet and counts as zero. What tanks hold is booked when stock is taken at the end, so the closure of a batch that still runs is open. Water of reactions is not in it.'))),
      el('div', {}, el('section', { class: 'panel' }, el('h3', {}, t('The loop now')), el('table', { id: 'loop-now' })),
        el('section', { class: 'panel' }, el('h3', {}, t('What builds up')), el('table', { id: 'build-up' })))));
  follow(place, show);
  loopNow();
}

function show(f: BatchFigures): void {
  const title = byId('water-title');
  title?.replaceChildren(...phrase(f.waterSoFar ? 'Water of {0}, batch {1}, by the meters so far' : 'Water of {0}, batch {1}', quoted(f.recipe), f.batch));
  const w = f.water;
  byId('sankey')?.replaceChildren(sankey(w));
  byId('water-figures')?.replaceChildren(...rows(w));
  byId('build-up')?.replaceChildren(...buildUp(f.samples));
}

/** Levels, conductivities and meters of the services that hold water, live; a touch leads to their trend. */
function loopNow(): void {
  const services = live.rig.units.filter((u) => u.service).map((u) => u.name);
  const tags = live.rig.tags.filter((t) => services.includes(t.ofUnit) && (t.unit === 'L' || t.unit === 'mS/cm' || t.unit === 'µS/cm' || t.unit === 'uS/cm'));
  const cells = tags.map(() => el('td', { class: 'right whole' }));
  byId('loop-now')?.replaceChildren(...(tags.length > 0 ? tags.map((tag, i) => el('tr', { 'data-tag': tag.name }, el('th', { scope: 'row' }, el('a', { href: `trends?tags=${tag.name}`, lang: 'en' }, tag.label)), cells[i])) : [el('tr', {}, el('td', { class: 'quiet' }, t('No service of this rig measures water.')))]));
  live.onFrame((frame) => tags.forEach((t, i) => {
    const shown = tagValue(frame, t), words = shown.quality === 'bad' ? shown.text : `${shown.text} ${unit(t.unit)}`;
    if (cells[i] && cells[i].textContent !== words) { cells[i].textContent = words; cells[i].dataset.quality = shown.quality; }
  }));
}

function rows(w: WaterFound): HTMLElement[] {
  const u = (value: string, uncertainty: string | null): string => (uncertainty === null || value === UNKNOWN ? value : `${value} ± ${uncertainty}`);
  const lines: [string, string, string][] = [
    [t('Fresh water'), litres(w.fresh), t('drawn from the main')], [t('Returned'), litres(w.returned), t('permeate and distillate used again')],
    [t('Recycle rate of use'), percent(w.recycleRate), t('returned / (returned + fresh)')], [t('Recycled over withdrawal'), w.recycledOverWithdrawal === null ? UNKNOWN : significant(w.recycledOverWithdrawal), t('may exceed 1')],
    [t('Specific fresh water'), w.specificFreshWater === null ? UNKNOWN : `${significant(w.specificFreshWater)} L/kg`, t('per kg of product')], [t('Discharged'), litres(w.discharge), t('goal: nothing')],
    [t('Not accounted for'), u(litres(w.unaccounted), w.unaccountedUncertainty === null ? null : litres(w.unaccountedUncertainty)), t('in − out − rise in the plant')],
    [t('Closure error'), u(percent(w.closureError), w.closureUncertainty === null ? null : percent(w.closureUncertainty)), t('of what came in')],
  ];
  return lines.map(([name, value, meaning]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', { class: 'right whole' }, el('b', {}, value)), el('td', { class: 'quiet' }, meaning)));
}

/** Sources at the left, the plant in the middle, where it went at the right; the width of a band is its litres. */
function sankey(w: WaterFound): Element {
  if (w.fresh === null) return el('p', { class: 'quiet' }, t('The balance is drawn when the meters and tanks have been booked at the end of the batch. Until then the instruments of the loop tell, below.'));
  const some = (label: string, value: number | null): Flow[] => (value !== null && value > 0.05 ? [{ label, litres: value }] : []);
  const rise = w.holdupChange ?? 0;
  const into = [...some(t('Fresh water'), w.fresh), ...some(t('With reagents and feed'), w.inFeed), ...some(t('In the plant at the start'), w.opening), ...some(t('Less in the tanks than at the start'), -rise)];
  const out = [...some(t('Moisture of cakes and salts'), w.inWetSolids), ...some(t('Water of crystallisation'), w.crystal), ...some(t('Evaporated'), w.evaporation), ...some(t('Liquors booked and samples'), w.inLiquorLots), ...some(t('Discharged'), w.discharge), ...some(t('More in the tanks than at the start'), rise)];
  const missing = into.reduce((s, f) => s + f.litres, 0) - out.reduce((s, f) => s + f.litres, 0);
  if (missing > 0.05) out.push({ label: w.closureError === null ? t('Still in the plant, or not measured yet') : t('Not accounted for'), litres: missing });
  if (missing < -0.05) into.push({ label: w.closureError === null ? t('Not measured yet') : t('More found than came in'), litres: -missing });
  if (into.length + out.length === 0) return el('p', { class: 'quiet' }, t('No water was measured yet.'));
  const returned = w.returned ?? 0, most = Math.max(into.reduce((s, f) => s + f.litres, 0), 1);
  const thick = (value: number): number => Math.max(1.5, (70 * value) / Math.max(most, returned));
  const left = 270, right = 590, width = 900, gap = 12;
  const side = (flows: Flow[]): number => flows.reduce((s, f) => s + Math.max(thick(f.litres), 16) + gap, 0);
  const loop = returned > 0 ? thick(returned) + 30 : 0, height = Math.max(side(into), side(out), 120) + 16 + loop;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'sankey', role: 'img', 'aria-label': t('In: {0}. Out: {1}. Returned within: {2}', into.map(words).join(', '), out.map(words).join(', '), litres(w.returned)) });
  const body = thick(into.reduce((s, f) => s + f.litres, 0)), middle = (height - loop) / 2;
  drawing.append(svg('rect', { x: left, y: middle - body / 2, width: right - left, height: body, class: 'water-body' }), text((left + right) / 2, middle + 5, t('PLANT'), 'middle'));
  let y = 12, at = middle - body / 2;
  for (const flow of into) {
    const wide = thick(flow.litres);
    drawing.append(band(180, y + Math.max(wide / 2, 8), left, at + wide / 2, wide), text(172, y + 6, flow.label, 'end'), text(172, y + 20, litres(flow.litres), 'end'));
    at += wide;
    y += Math.max(wide, 26) + gap;
  }
  y = 12;
  at = middle - body / 2;
  for (const flow of out) {
    const wide = thick(flow.litres);
    drawing.append(band(right, at + wide / 2, width - 252, y + Math.max(wide / 2, 8), wide), text(width - 244, y + 6, flow.label, 'start'), text(width - 244, y + 20, litres(flow.litres), 'start'));
    at += wide;
    y += Math.max(wide, 26) + gap;
  }
  if (returned > 0) {
    const low = height - thick(returned) / 2 - 4, from = middle + body / 2 - 1, inset = thick(returned) / 2 + 8;
    drawing.append(svg('path', { d: `M ${right - inset} ${from} V ${low} H ${left + inset} V ${from}`, class: 'water-loop', 'stroke-width': thick(returned), 'stroke-linejoin': 'round' }),
      text((left + right) / 2, low + 5, t('returned {0}', litres(returned)), 'middle'));
  }
  return drawing;
}

function words(f: Flow): string { return `${f.label} ${litres(f.litres)}`; }

function band(x1: number, y1: number, x2: number, y2: number, wide: number): SVGElement {
  const half = (x1 + x2) / 2;
  return svg('path', { d: `M ${x1} ${y1} C ${half} ${y1}, ${half} ${y2}, ${x2} ${y2}`, class: 'water-band', 'stroke-width': wide });
}

function text(x: number, y: number, content: string, anchor: string): SVGElement {
  const made = svg('text', { x, y, 'text-anchor': anchor, class: 'water-text' });
  made.textContent = content;
  return made;
}

/** Every result that names something the loop gathers, in the order of time: first and last of each place. */
function buildUp(samples: SampleFound[]): HTMLElement[] {
  const found = GATHERS.flatMap(([word, names]) => places(samples).flatMap((place) => {
    const seen = samples.filter((s) => s.place === place).flatMap((s) => names.filter((n) => n in s.fractions).map((n) => ({ at: s.at, name: n, value: s.fractions[n]! })));
    const first = seen[0], last = seen[seen.length - 1];
    return first && last ? [el('tr', {}, el('td', {}, word), el('td', { lang: 'en' }, plain(place)), el('td', { class: 'right whole' }, seen.length > 1 ? `${significant(1000 * first.value.value)} → ` : '', el('b', {}, `${plusMinus(last.value, 1000)} g/kg`)), el('td', { class: 'quiet whole' }, `${last.name}, ${clock(last.at)}`))] : [];
  }));
  return found.length > 0 ? found : [el('tr', {}, el('td', { class: 'quiet' }, t('No sample that names chloride, sulfate, sodium or organics has a result yet.')))];
}

function places(samples: SampleFound[]): string[] { return [...new Set(samples.map((s) => s.place))]; }
