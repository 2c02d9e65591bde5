// Purity: each limit of the specification, what the product was found to hold, what the samples before it said, and apart from both what the twin predicts.
import { ask, newId, tell, why } from './commands';
import { byId, can, el, quoted, svg } from './dom';
import { bare, follow, plusMinus, significant, UNKNOWN } from './figures';
import { get, live } from './live';
import { clock, plain, span } from './text';
import { phrase, t } from './words';
import type { BatchFigures, CommandResult, DryRunSeen, LimitFound, LimitPredicted, Prediction, SampleFound } from './contracts';

const VERDICTS: Record<string, string> = { Pass: t('✓ pass'), Fail: t('✗ FAIL'), Uncertain: t('? too near to tell'), NotMeasured: t('not measured yet') };

export function purity(): void {
  const place = byId('purity');
  if (!place) return;
  place.className = 'sheet';
  place.append(
    el('section', { class: 'panel' }, el('h3', { id: 'purity-title' }, t('Purity against specification')), el('table', { id: 'limits' }),
      el('div', { id: 'prediction' }),
      el('p', { class: 'quiet' }, t('± is the expanded uncertainty, k = 2. "At most" is what the product would hold if nothing more were taken out after that sample: a bound from above by measurements, not a forecast.'))),
    el('section', { class: 'panel' }, el('h3', {}, t('Results of the laboratory')), el('table', { id: 'lab' })));
  follow(place, show);
}

function show(f: BatchFigures): void {
  const title = byId('purity-title');
  const verdict = f.productMass === null ? t('no product booked yet') : f.inSpecification ? t('IN SPECIFICATION') : t('NOT IN SPECIFICATION');
  title?.replaceChildren(...phrase('{0}, batch {1}: {2}, {3}', quoted(f.recipe), f.batch, quoted(f.specification), verdict));
  byId('limits')?.replaceChildren(head(t('Analyte'), t('Limit'), t('Product ± U'), t('Verdict'), t('At most, by the last sample'), t('Course over the batch'), t('Predicted by the twin')), ...f.limits.map(line));
  byId('prediction')?.replaceChildren(...prediction(f));
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
    el('td', {}, course(l)), el('td', { class: 'quiet', 'data-predicted': l.analyte }, ...predicted(l, l.predicted)));
}

/** The twin's value in italics, its judgement, and under it how far what was measured is from it. */
function predicted(l: LimitFound, twin: LimitPredicted): (Node | string)[] {
  if (twin.value === null) return [UNKNOWN];
  const judged = twin.verdict === 'NotMeasured' ? '' : twin.within ? ` ${t('within the limit')}` : ` ${t('OUTSIDE the limit')}`;
  return [el('i', { class: 'whole' }, `${plusMinus(twin.value)} ${l.unit}`), el('small', {}, judged), ...(twin.against === '' ? [] : [el('div', {}, deviation(twin))])];
}

function deviation(twin: LimitPredicted): string {
  if (twin.against === 'within') return t('measured: agrees within the uncertainty of both');
  const factor = twin.factor === null ? '' : significant(twin.factor, 2);
  if (factor === '') return twin.against === 'above' ? t('measured: more than predicted') : t('measured: less than predicted');
  return t('measured: {0} times what was predicted', factor);
}

/** Who asked when for what is shown, from what it was made, and the key that asks. */
function prediction(f: BatchFigures): HTMLElement[] {
  const p = f.prediction;
  const asked = `/record/batches/${encodeURIComponent(f.key)}/prediction`;
  const begin = async (): Promise<void> => {
    if (!can('WriteRecipes')) return why(t('PREDICT'), asked);
    if (await ask<CommandResult>(t('PREDICT'), asked, { id: newId() })) tell(t('The twin runs this batch beside the plant'), 'pending');
  };
  const key = el('button', { type: 'button', class: 'key', id: 'predict', 'aria-disabled': can('WriteRecipes') && p.state !== 'running' ? false : 'true', click: () => void begin() }, t('PREDICT'));
  if (p.state === 'running') {
    waiting();
    return [el('p', { role: 'status' }, `${t('The twin runs this batch to its end, beside the plant, which does not notice.')} `, el('span', { id: 'prediction-time' }), ' ',
      el('button', { type: 'button', class: 'small', click: () => void ask(t('Stop the prediction'), `/dry-runs/${p.run}/stop`, {}) }, t('Stop it'))), ...made(f, p)];
  }
  return [el('p', {}, key, ' ', el('small', { class: 'quiet' }, t('Runs the recipe of this batch with its own values on the twin, from an empty plant. It takes minutes at most and touches nothing here.'))),
    ...(p.state === 'failed' || p.state === 'stopped' ? [el('p', { class: 'reason' }, p.state === 'stopped' ? t('The last prediction was stopped.') : phrase('The last prediction failed: {0}', quoted(p.text)))] : []), ...made(f, p)];
}

function made(f: BatchFigures, p: Prediction): HTMLElement[] {
  if (p.at === '') return [];
  const report = `${live.path}/record/batches/${encodeURIComponent(f.key)}/prediction/report`;
  return [el('p', { id: 'predicted-when' }, el('b', {}, t('A prediction by the twin, not a measurement.')), ` ${t('Made {0} UTC for {1}.', p.at, p.by)} `, p.from === 'empty' ? `${t('The twin began with an empty plant.')} ` : `${t('The twin began with what the rig held then.')} `, ['', ...phrase('Recipe: {0}.', quoted(p.recipe)), ' '],
    ['', ...phrase('The twin\'s batch: {0}.', quoted(plain(p.outcome))), ' '], p.inSpecification ? `${t('Its product is within specification.')} ` : `${t('Its product is NOT within specification.')} `, el('a', { href: report, target: '_blank', rel: 'noopener' }, t('Report of the twin'))),
    ...(p.present ? [] : [el('p', { class: 'reason', id: 'predicted-old' }, t('The steps or values of the batch have been changed since: predict it again.'))]),
    el('details', {}, el('summary', {}, t('Values it was made with')), el('p', { class: 'quiet', lang: 'en' }, p.values.map(plain).join(', ')))];
}

/** Seconds of a run that goes, until the figures have its end. */
let timer = 0;
function waiting(): void {
  window.clearInterval(timer);
  timer = window.setInterval(() => {
    const said = byId('prediction-time');
    if (!said) return;
    void get<DryRunSeen[]>(`${live.path}/dry-runs`).then((runs) => {
      const going = runs.find((r) => r.state === 'running');
      if (going) said.textContent = span(going.seconds); else window.clearInterval(timer);
    }).catch(() => undefined);
  }, 1000);
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
