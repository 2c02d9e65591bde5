// Purity: each limit of the specification, what the product was found to hold, and what the samples before it said.
import { byId, el, quoted, svg } from './dom';
import { bare, follow, plusMinus, significant, UNKNOWN } from './figures';
import { clock, plain } from './text';
import { phrase, t } from './words';
import type { BatchFigures, LimitFound, SampleFound } from './contracts';

const VERDICTS: Record<string, string> = { Pass: t('✓ pass'), Fail: t('✗ FAIL'), Uncertain: t('? too near to tell'), NotMeasured: t('not measured yet') };

export function purity(): void {
  const place = byId('purity');
  if (!place) return;
  place.className = 'sheet';
  place.append(
    el('section', { class: 'panel' }, el('h3', { id: 'purity-title' }, t('Purity against specification')), el('table', { id: 'limits' }),
      el('p', { class: 'quiet' }, t('± is the expanded uncertainty, k = 2. "At most" is what the product would hold if nothing more were taken out after that sample: a bound from above by measurements, not a forecast.'))),
    el('section', { class: 'panel' }, el('h3', {}, t('Results of the laboratory')), el('table', { id: 'lab' })));
  follow(place, show);
}

function show(f: BatchFigures): void {
  const title = byId('purity-title');
  const verdict = f.productMass === null ? t('no product booked yet') : f.inSpecification ? t('IN SPECIFICATION') : t('NOT IN SPECIFICATION');
  title?.replaceChildren(...phrase('{0}, batch {1}: {2}, {3}', quoted(f.recipe), f.batch, quoted(f.specification), verdict));
  byId('limits')?.replaceChildren(head(t('Analyte'), t('Limit'), t('Product ± U'), t('Verdict'), t('At most, by the last sample'), t('Course over the batch')), ...f.limits.map(line));
  byId('lab')?.replaceChildren(...(f.samples.length > 0 ? [head(t('Sample'), t('From'), t('At'), t('Results')), ...[...f.samples].reverse().map(sample)] : [el('tr', {}, el('td', { class: 'quiet' }, t('No results yet.')))]));
}

function head(...words: string[]): HTMLElement { return el('tr', {}, ...words.map((word) => el('th', { scope: 'col' }, word))); }

function line(l: LimitFound): HTMLElement {
  const last = l.course[l.course.length - 1];
  const bound = l.least !== null && l.most !== null ? t('{0} to {1}', bare(l.least), bare(l.most)) : l.least !== null ? `≥ ${bare(l.least)}` : l.most !== null ? `≤ ${bare(l.most)}` : UNKNOWN;
  return el('tr', { 'data-analyte': l.analyte, 'data-verdict': l.verdict },
    el('td', {}, el('b', {}, l.analyte)), el('td', { class: 'right whole' }, `${bound} ${l.unit}`), el('td', { class: 'right whole' }, l.found ? `${plusMinus(l.found)} ${l.unit}` : UNKNOWN),
    el('td', {}, el('span', { class: l.verdict === 'Pass' ? 'chip' : l.verdict === 'NotMeasured' ? 'quiet' : 'chip strong' }, l.found && l.verdict === 'Uncertain' ? t('{0}, value {1}', t('? too near to tell'), l.within ? t('within') : t('OUTSIDE')) : VERDICTS[l.verdict] ?? l.verdict)),
    el('td', { class: 'right' }, last ? `${plusMinus(last.atMost)} ${l.unit}` : UNKNOWN, last ? el('small', { lang: 'en' }, ` ${plain(last.sample)}`) : null),
    el('td', {}, course(l)));
}

/** The bound sample by sample on a logarithmic scale, the limit as a line, the product as a square. */
function course(l: LimitFound): Element | string {
  const most = l.most;
  if (most === null || l.course.length === 0) return '';
  const width = 220, height = 44, points = l.course.map((c) => Math.max(c.atMost.value, most / 1000));
  const product = l.found ? Math.max(l.found.value, most / 1000) : null;
  const all = [...points, most, ...(product === null ? [] : [product])].map(Math.log10);
  const low = Math.min(...all) - 0.2, high = Math.max(...all) + 0.2;
  const y = (value: number): number => height - 4 - ((Math.log10(value) - low) / (high - low)) * (height - 8);
  const x = (i: number): number => 8 + (i * (width - 34)) / Math.max(1, points.length - 1);
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': t('{0}: {1}; limit {2} {3}', l.analyte, l.course.map((c) => `${plain(c.sample)} ${significant(c.atMost.value)}`).join(', '), bare(most), l.unit) },
    svg('line', { x1: 0, x2: width, y1: y(most), y2: y(most), class: 'limit-line' }),
    svg('polyline', { points: points.map((p, i) => `${x(i)},${y(p)}`).join(' '), class: 'course-line' }),
    ...points.map((p, i) => svg('circle', { cx: x(i), cy: y(p), r: 3, class: 'course-dot' })));
  if (product !== null) drawing.append(svg('rect', { x: width - 14, y: y(product) - 5, width: 10, height: 10, class: 'course-dot' }));
  return drawing;
}

function sample(s: SampleFound): HTMLElement {
  return el('tr', { 'data-sample': s.sample }, el('td', {}, el('b', { lang: 'en' }, plain(s.sample)), el('small', {}, ` ${t('by {0}', s.by)}`)), el('td', { lang: 'en' }, plain(s.place)), el('td', { class: 'whole' }, clock(s.at)),
    el('td', {}, ...Object.entries(s.fractions).map(([analyte, found]) => el('span', { class: 'whole' }, el('b', {}, analyte), ` ${plusMinus(found, 1000)} g/kg  `))));
}
