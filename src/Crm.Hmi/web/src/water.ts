// Water: what came in, went round, and left, as a drawing with widths in litres; the figures of the report, and what builds up in the loop.
import { byId, el, svg } from './dom';
import { follow, litres, percent, plusMinus, significant, UNKNOWN } from './figures';
import { live } from './live';
import { clock, plain, tagValue, unit } from './text';
import type { BatchFigures, SampleFound, WaterFound } from './contracts';

/** What a loop without discharge gathers; the laboratory's words. */
const GATHERS: [string, string[]][] = [['chloride', ['Cl']], ['sulfate', ['SO4', 'S']], ['sodium', ['Na']], ['organics', ['TOC', 'C', 'organics', 'C2O4', 'oxalate']]];

interface Flow { label: string; litres: number }

export function water(): void {
  const place = byId('water');
  if (!place) return;
  place.className = 'sheet';
  place.append(
    el('section', { class: 'panel' }, el('h3', { id: 'water-title' }, 'Water of the batch'), el('div', { id: 'sankey' })),
    el('div', { class: 'beside' },
      el('section', { class: 'panel' }, el('h3', {}, 'The loop'), el('table', { id: 'water-figures' }), el('p', { class: 'quiet' }, 'A dash was not measured yet and counts as zero. What tanks hold is booked when stock is taken at the end, so the closure of a batch that still runs is open. Water of reactions is not in it.')),
      el('div', {}, el('section', { class: 'panel' }, el('h3', {}, 'The loop now'), el('table', { id: 'loop-now' })),
        el('section', { class: 'panel' }, el('h3', {}, 'What builds up'), el('table', { id: 'build-up' })))));
  follow(place, show);
  loopNow();
}

function show(f: BatchFigures): void {
  const title = byId('water-title');
  if (title) title.textContent = `Water of ${f.recipe}, batch ${f.batch}`;
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
  byId('loop-now')?.replaceChildren(...(tags.length > 0 ? tags.map((t, i) => el('tr', { 'data-tag': t.name }, el('th', { scope: 'row' }, el('a', { href: `trends?tags=${t.name}` }, t.label)), cells[i])) : [el('tr', {}, el('td', { class: 'quiet' }, 'No service of this rig measures water.'))]));
  live.onFrame((frame) => tags.forEach((t, i) => {
    const shown = tagValue(frame, t), words = shown.quality === 'bad' ? shown.text : `${shown.text} ${unit(t.unit)}`;
    if (cells[i] && cells[i].textContent !== words) { cells[i].textContent = words; cells[i].dataset.quality = shown.quality; }
  }));
}

function rows(w: WaterFound): HTMLElement[] {
  const u = (value: string, uncertainty: string | null): string => (uncertainty === null || value === UNKNOWN ? value : `${value} ± ${uncertainty}`);
  const lines: [string, string, string][] = [
    ['Fresh water', litres(w.fresh), 'drawn from the main'], ['Returned', litres(w.returned), 'permeate and distillate used again'],
    ['Recycle rate of use', percent(w.recycleRate), 'returned / (returned + fresh)'], ['Recycled over withdrawal', w.recycledOverWithdrawal === null ? UNKNOWN : significant(w.recycledOverWithdrawal), 'may exceed 1'],
    ['Specific fresh water', w.specificFreshWater === null ? UNKNOWN : `${significant(w.specificFreshWater)} L/kg`, 'per kg of product'], ['Discharged', litres(w.discharge), 'goal: nothing'],
    ['Not accounted for', u(litres(w.unaccounted), w.unaccountedUncertainty === null ? null : litres(w.unaccountedUncertainty)), 'in − out − rise in the plant'],
    ['Closure error', u(percent(w.closureError), w.closureUncertainty === null ? null : percent(w.closureUncertainty)), 'of what came in'],
  ];
  return lines.map(([name, value, meaning]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', { class: 'right whole' }, el('b', {}, value)), el('td', { class: 'quiet' }, meaning)));
}

/** Sources at the left, the plant in the middle, where it went at the right; the width of a band is its litres. */
function sankey(w: WaterFound): Element {
  if (w.fresh === null) return el('p', { class: 'quiet' }, 'The balance is drawn when the meters and tanks have been booked at the end of the batch. Until then the instruments of the loop tell, below.');
  const some = (label: string, value: number | null): Flow[] => (value !== null && value > 0.05 ? [{ label, litres: value }] : []);
  const rise = w.holdupChange ?? 0;
  const into = [...some('Fresh water', w.fresh), ...some('With reagents and feed', w.inFeed), ...some('In the plant at the start', w.opening), ...some('Less in the tanks than at the start', -rise)];
  const out = [...some('Moisture of cakes and salts', w.inWetSolids), ...some('Water of crystallisation', w.crystal), ...some('Evaporated', w.evaporation), ...some('Liquors booked and samples', w.inLiquorLots), ...some('Discharged', w.discharge), ...some('More in the tanks than at the start', rise)];
  const missing = into.reduce((s, f) => s + f.litres, 0) - out.reduce((s, f) => s + f.litres, 0);
  if (missing > 0.05) out.push({ label: w.closureError === null ? 'Still in the plant, or not measured yet' : 'Not accounted for', litres: missing });
  if (missing < -0.05) into.push({ label: w.closureError === null ? 'Not measured yet' : 'More found than came in', litres: -missing });
  if (into.length + out.length === 0) return el('p', { class: 'quiet' }, 'No water was measured yet.');
  const returned = w.returned ?? 0, most = Math.max(into.reduce((s, f) => s + f.litres, 0), 1);
  const thick = (value: number): number => Math.max(1.5, (70 * value) / Math.max(most, returned));
  const left = 270, right = 590, width = 900, gap = 12;
  const side = (flows: Flow[]): number => flows.reduce((s, f) => s + Math.max(thick(f.litres), 16) + gap, 0);
  const loop = returned > 0 ? thick(returned) + 30 : 0, height = Math.max(side(into), side(out), 120) + 16 + loop;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'sankey', role: 'img', 'aria-label': `In: ${into.map(words).join(', ')}. Out: ${out.map(words).join(', ')}. Returned within: ${litres(w.returned)}` });
  const body = thick(into.reduce((s, f) => s + f.litres, 0)), middle = (height - loop) / 2;
  drawing.append(svg('rect', { x: left, y: middle - body / 2, width: right - left, height: body, class: 'water-body' }), text((left + right) / 2, middle + 5, 'PLANT', 'middle'));
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
      text((left + right) / 2, low + 5, `returned ${litres(returned)}`, 'middle'));
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
    return first && last ? [el('tr', {}, el('td', {}, word), el('td', {}, plain(place)), el('td', { class: 'right whole' }, seen.length > 1 ? `${significant(1000 * first.value.value)} → ` : '', el('b', {}, `${plusMinus(last.value, 1000)} g/kg`)), el('td', { class: 'quiet whole' }, `${last.name}, ${clock(last.at)}`))] : [];
  }));
  return found.length > 0 ? found : [el('tr', {}, el('td', { class: 'quiet' }, 'No sample that names chloride, sulfate, sodium or organics has a result yet.'))];
}

function places(samples: SampleFound[]): string[] { return [...new Set(samples.map((s) => s.place))]; }
