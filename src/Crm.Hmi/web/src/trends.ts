// Trends: any tags, live and history from one store, so that there is no seam between them.
import { byId, el, quoted } from './dom';
import { Chart, ink, penOfOutput, penOfTag } from './chart';
import type { Pen } from './chart';
import { get, live } from './live';
import { clock, number, unit } from './text';
import { tellingTags } from './values';
import { t } from './words';
import type { EventSeen, Trend } from './contracts';

const MOST_PENS = 8;
const SPANS: [string, number][] = [['15 min', 900], ['1 h', 3600], ['4 h', 14400], ['12 h', 43200], ['48 h', 172800]];
const MARKED = ['AlarmRaised', 'Trip', 'Fault', 'LimitReached', 'Sample', 'Answer'];

let pens: Pen[] = [];
let width = 3600;
/** Right end of the picture, s of plant time; null follows the plant. */
let end: number | null = null;
let chart: Chart;
let events: EventSeen[] = [];
let busy = false;
/** Where history begins, s of plant time; below zero when there were controllers before this one. */
let oldest = 0;

export function trends(): void {
  const place = byId('trends');
  if (!place) return;
  const asked = new URLSearchParams(location.search).get('tags')?.split(',') ?? [];
  pens = asked.map(find).filter((t): t is Pen => t !== undefined);
  if (pens.length === 0) pens = tellingTags(live.situation?.steps.find((s) => s.unit !== '')?.unit ?? live.rig.units[0]?.name ?? '', 4).map(penOfTag);
  place.className = 'trends';
  const picture = el('div', { id: 'chart', class: 'chart' });
  place.append(bar(), el('div', { id: 'pens', class: 'pens' }), picture);
  chart = new Chart(picture, pens, () => Math.max(200, picture.clientHeight - 8 - (picture.querySelector<HTMLElement>('.u-legend')?.offsetHeight ?? 40)), (from, to) => { width = to - from; end = to; draw(); }, false, values);
  new ResizeObserver(() => chart.resize()).observe(picture);
  chips();
  live.onLink((lost) => { if (!lost) void get<EventSeen[]>(`${live.path}/events`).then((seen) => { events = seen.filter((e) => MARKED.includes(e.kind)); draw(); }).catch(() => undefined); });
  live.onFrame((frame) => { events = events.concat(frame.events.filter((e) => MARKED.includes(e.kind))).slice(-200); });
  setInterval(() => { if (end === null && !live.lost) draw(); }, 1000);
  draw();
}

/** A tag or an output, by its name. */
function find(name: string): Pen | undefined {
  const tag = live.rig.tags.find((t) => t.name === name);
  const output = live.rig.outputs.find((o) => o.name === name);
  return tag ? penOfTag(tag) : output ? penOfOutput(output) : undefined;
}

function bar(): HTMLElement {
  const list = el('datalist', { id: 'tag-names' }, ...live.rig.tags.map((t) => el('option', { value: t.name, lang: 'en' }, t.label)), ...live.rig.outputs.map((o) => el('option', { value: o.name, lang: 'en' }, t('{0} (output)', o.label))));
  const input = el('input', { list: 'tag-names', placeholder: t('add a pen …'), 'aria-label': t('Add a tag or output'), id: 'add-pen', change: () => { const pen = find(input.value); if (pen && !pens.some((p) => p.name === pen.name) && pens.length < MOST_PENS) { pens = [...pens, pen]; changed(); } input.value = ''; } });
  const groups = el('select', { 'aria-label': t('Group'), change: () => { const value = groups.value; if (value.startsWith('saved:')) pens = (saved()[value.slice(6)] ?? []).map(find).filter((t): t is Pen => t !== undefined); else if (value) pens = tellingTags(value, 5).map(penOfTag); changed(); } });
  const fill = (): void => groups.replaceChildren(el('option', { value: '' }, t('Group …')), ...Object.keys(saved()).map((name) => el('option', { value: `saved:${name}` }, `★ ${name}`)), ...live.rig.units.map((u) => el('option', { value: u.name, lang: 'en' }, u.label)));
  fill();
  const name = el('input', { type: 'text', maxlength: '30', placeholder: t('name'), 'aria-label': t('Name of the group') });
  const save = (): void => { if (!name.value.trim()) return; localStorage.setItem('crm.groups', JSON.stringify({ ...saved(), [name.value.trim()]: pens.map((t) => t.name) })); name.value = ''; fill(); };
  const button = (text: string, act: () => void, label = text): HTMLElement => el('button', { type: 'button', class: 'small', 'aria-label': label, click: act }, text);
  return el('div', { class: 'trend-bar' }, groups, list, input, ...SPANS.map(([text, seconds]) => button(text, () => { width = seconds; draw(); })),
    button('◀', () => { end = Math.max(oldest + Math.min(width, 60), (end ?? now()) - width / 2); draw(); }, t('earlier')), button('▶', () => { end = (end ?? now()) + width / 2; if (end >= now()) end = null; draw(); }, t('later')),
    button('−', () => { width *= 2; draw(); }, t('zoom out')), button('+', () => { width = Math.max(30, width / 2); draw(); }, t('zoom in')),
    button(t('Live'), () => { end = null; draw(); }), name, button(t('Save group'), save), el('span', { id: 'range' }), el('span', { id: 'cursor-time', class: 'quiet' }));
}

function saved(): Record<string, string[]> {
  try { return JSON.parse(localStorage.getItem('crm.groups') ?? '{}') as Record<string, string[]>; } catch { return {}; }
}

function changed(): void {
  chart.setPens(pens);
  history.replaceState(null, '', `?tags=${pens.map((t) => t.name).join(',')}`);
  chips();
  draw();
}

function chips(): void {
  byId('pens')?.replaceChildren(...pens.map((tag, i) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.background = ink(i);
    return el('span', { class: 'pen', 'data-pen': tag.name }, swatch, quoted(tag.label), el('b', { class: 'pen-value' }), el('button', { type: 'button', class: 'small', 'aria-label': t('Remove {0}', tag.label), click: () => { pens = pens.filter((t) => t !== tag); changed(); } }, '✕'));
  }));
}

/** The chips are the legend: what each pen reads under the cursor, or now. */
function values(at: number | null, read: (number | null)[]): void {
  document.querySelectorAll('#pens .pen-value').forEach((place, i) => {
    const value = read[i], pen = pens[i];
    if (pen) place.textContent = value === null || value === undefined ? '–' : `${number(value, pen.decimals)} ${unit(pen.unit)}`.trimEnd();
  });
  const cursor = byId('cursor-time');
  if (cursor) cursor.textContent = at === null ? '' : t('read at {0}', clock(at));
}

function now(): number { return live.frame?.now ?? 0; }

function draw(): void {
  if (busy || pens.length === 0) return;
  busy = true;
  const to = end ?? now();
  const from = Math.max(oldest, to - width);
  const columns = Math.min(1600, Math.max(100, byId('chart')?.clientWidth ?? 800));
  void get<Trend>(`${live.path}/trends?tags=${pens.map((t) => t.name).join(',')}&from=${from}&to=${Math.max(to, from + 1)}&columns=${columns}`)
    .then((trend) => {
      oldest = Math.min(0, trend.oldest);
      const owners = new Set(pens.map((t) => t.ofUnit));
      const steps = new Set(live.rig.steps.filter((s) => s.kind === 'phase').map((s) => s.id));
      const bands = (live.situation?.bands ?? []).filter((b) => steps.has(b.step) && owners.has(b.unit));
      chart.draw(trend, { bands: bands.map((b) => ({ ...b, label: `${b.label} ${b.step.split('/').pop()?.replaceAll('-', ' ') ?? ''}` })), events: events.map((e) => ({ at: e.at, text: e.text })) });
      const range = byId('range');
      if (range) range.textContent = t('{0} to {1}{2}', clock(from), clock(to), end === null ? t(', live') : t(', history'));
    })
    .catch(() => undefined)
    .finally(() => { busy = false; });
}
