// Level 2: the rig as its file describes it. Units in the order the procedure uses them, services after; grey when normal.
import { byId, el, say, svg } from './dom';
import { live } from './live';
import { drawSparks, spark, type Spark } from './sparks';
import { stepName, doing } from './text';
import { loopButton, openUnit, unitMode } from './plates';
import { keepTrue, outputButton, shortName, tellingTags, valueButton } from './values';
import { drawPipes } from './pipes';
import { t } from './words';
import type { FrameMessage, Situation, TagInfo, UnitInfo } from './contracts';

const SPARKS_MS = 5000;
/** By its canvas, those on the screen. */
const shown = new Map<Element, Spark>();
const sparks = new Map<Element, Spark>();
const seen = new IntersectionObserver((changes) => {
  let fresh = false;
  for (const change of changes) {
    const one = sparks.get(change.target);
    if (!one) continue;
    if (change.isIntersecting) { shown.set(change.target, one); fresh = true; } else shown.delete(change.target);
  }
  if (fresh) void drawSparks([...shown.values()].filter((s) => s.canvas.dataset.drawn === undefined));
});

export function picture(): void {
  const place = byId('picture');
  if (!place) return;
  const cards = ordered().map(card);
  const grid = el('div', { class: 'units' }, ...cards);
  place.append(grid);
  drawPipes(place, grid);
  for (const canvas of sparks.keys()) seen.observe(canvas);
  setInterval(() => { if (!document.hidden) void drawSparks([...shown.values()]); }, SPARKS_MS);
  live.onSituation(states);
  let followed = '';
  live.onSituation((now) => {
    const busy = now.steps.find((s) => s.unit !== '')?.unit ?? '';
    if (busy === '' || busy === followed) return;
    followed = busy;
    document.querySelector(`[data-unit="${CSS.escape(busy)}"]`)?.scrollIntoView({ block: 'nearest' });
  });
}

function ordered(): UnitInfo[] {
  const first = (unit: UnitInfo): number => {
    const at = live.rig.steps.findIndex((s) => s.unit === unit.name);
    return (unit.service ? 10000 : 0) + (at < 0 ? 5000 : at);
  };
  return [...live.rig.units].sort((a, b) => first(a) - first(b) || a.ordinal - b.ordinal);
}

function card(unit: UnitInfo): HTMLElement {
  const state = el('span', { class: 'chip', 'data-state-of': unit.name });
  const values = tellingTags(unit.name, 5).map(sparking);
  const outputs = live.rig.outputs.filter((o) => o.ofUnit === unit.name).map((output) => {
    const line = live.rig.lines.find((l) => l.pump === output.ordinal);
    return outputButton(output, line ? `${shortName(output)} ${line.from === unit.name ? '→ ' + label(line.to) : '← ' + label(line.from)}` : shortName(output));
  });
  return el('section', { class: unit.service ? 'unit-card service' : 'unit-card', 'data-unit': unit.name, 'aria-label': unit.label },
    el('header', {}, el('h3', {}, el('button', { type: 'button', class: 'unit-name', 'data-open-unit': unit.name, 'aria-label': t('Open {0}', unit.label), lang: 'en', click: () => openUnit(unit) }, unit.label)), el('b', { class: 'badge', 'data-mode-of-unit': unit.name }), state),
    el('div', { class: 'unit-body' }, symbol(unit), el('div', { class: 'unit-values' }, ...values)),
    el('div', { class: 'unit-outputs' }, ...live.rig.loops.filter((l) => l.ofUnit === unit.name).map(loopButton), ...outputs));
}

/** A value with its last hour behind its name; a switch has no course. */
function sparking(tag: TagInfo): HTMLElement {
  const button = valueButton(tag, shortName(tag));
  if (tag.switch) return button;
  const line = spark(tag, 44, 14);
  sparks.set(line.canvas, line);
  button.firstElementChild?.after(line.canvas);
  return button;
}

function label(name: string): string { return live.rig.units.find((u) => u.name === name)?.label.toLowerCase() ?? name.replaceAll('_', ' '); }

/** Vessel, filter or box; the level is the fill, a turning agitator is dark. */
function symbol(unit: UnitInfo): Element {
  const drawing = svg('svg', { viewBox: '0 0 64 92', class: 'vessel', role: 'img' });
  const title = svg('title', { lang: 'en' });
  drawing.append(title);
  const level = live.rig.tags.find((t) => t.name === `${unit.name}.level`) ?? live.rig.tags.find((t) => t.name === `${unit.name}.cake_mass` || t.name === `${unit.name}.mass`);
  const agitator = live.rig.outputs.find((o) => o.ofUnit === unit.name && o.role === 'agitate');
  const round = level !== undefined && !unit.class.includes('filter');
  const shape = round ? 'M6 8 H58 V66 Q58 88 32 88 Q6 88 6 66 Z' : unit.class.includes('filter') ? 'M6 8 H58 V50 L38 80 V88 H26 V80 L6 50 Z' : 'M6 20 H58 V76 H6 Z';
  const id = `clip-${unit.name}`;
  drawing.append(svg('clipPath', { id }, svg('path', { d: shape })));
  const fill = svg('rect', { x: 6, width: 52, y: 88, height: 0, class: 'liquid', 'clip-path': `url(#${id})` });
  drawing.append(svg('path', { d: shape, class: 'wall-back' }), fill, svg('path', { d: shape, class: 'wall' }));
  if (unit.class.includes('filter')) drawing.append(svg('path', { d: 'M6 50 H58', class: 'wall dash' }));
  const blades = agitator ? svg('g', { class: 'agitator' }, svg('path', { d: 'M32 0 V62' }), svg('path', { d: 'M18 58 L32 62 L46 58 L46 66 L32 62 L18 66 Z' })) : null;
  if (blades) drawing.append(blades);
  keepTrue(drawing, (frame: FrameMessage) => {
    const value = level ? frame.values[level.ordinal] : undefined;
    const bad = level !== undefined && frame.quality[level.ordinal] === '2';
    const most = level?.name.endsWith('.level') ? unit.grossVolume ?? level.high : level?.high ?? 1;
    const share = value === null || value === undefined ? 0 : Math.min(1, Math.max(0, value / most));
    fill.setAttribute('y', String(88 - 80 * share));
    fill.setAttribute('height', String(80 * share));
    drawing.classList.toggle('bad', bad);
    say(title, level ? t('{0}: {1} % full', unit.label, Math.round(100 * share)) : unit.label);
    if (agitator) blades?.classList.toggle('on', (frame.outputs[agitator.ordinal] ?? 0) > 1);
  });
  return drawing;
}

function states(now: Situation): void {
  for (const badge of document.querySelectorAll<HTMLElement>('[data-mode-of-unit]')) say(badge, unitMode(now, badge.dataset.modeOfUnit ?? ''));
  for (const chip of document.querySelectorAll<HTMLElement>('[data-state-of]')) {
    const unit = chip.dataset.stateOf ?? '';
    const step = now.steps.find((s) => s.unit === unit);
    const trip = now.trips.find((t) => t.units.includes(unit));
    say(chip, trip ? t('TRIPPED {0}', trip.id) : step ? `${step.state.toUpperCase()} ${stepName(step).toLowerCase()}` : live.rig.units.find((u) => u.name === unit)?.service ? t('service') : t('idle'));
    chip.title = step ? doing(step) : trip?.why ?? '';
    chip.closest('.unit-card')?.classList.toggle('busy', step !== undefined);
  }
}
