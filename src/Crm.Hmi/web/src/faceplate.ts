// One template for every object: what it is, value, who drives it, manual and back, why not, trend (HMI-11, HMI-12).
import { Chart, penOfOutput, penOfTag } from './chart';
import type { Pen } from './chart';
import { byId, can, el, quoted, say, sayLine } from './dom';
import type { Line } from './dom';
import { key } from './commands';
import { get, live } from './live';
import { loopButton } from './plates';
import { votes } from './votes';
import { keepTrue } from './values';
import { clock, outputValue, plain, SOURCES, span, tagValue, unit } from './text';
import { phrase, t } from './words';
import type { OutputInfo, TagInfo, Trend, WhyNot } from './contracts';

const TREND_SECONDS = 1800;
let refresh = 0;
let opener: HTMLElement | null = null;

export function facePlates(): void {
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
}

export function heading(text: string): HTMLElement { return el('h3', {}, text); }

export function open(title: string, subtitle: Line): HTMLElement | null {
  const place = byId('faceplate');
  if (!place) return null;
  window.clearInterval(refresh);
  opener = document.activeElement as HTMLElement | null;
  const closing = el('button', { type: 'button', class: 'small', 'aria-label': t('Close the faceplate'), click: close }, t('✕ Close'));
  place.replaceChildren(el('header', {}, el('div', {}, el('h2', { lang: 'en' }, title), typeof subtitle === 'string' ? el('p', { class: 'name', lang: 'en' }, subtitle) : el('p', { class: 'name' }, subtitle)), closing));
  place.hidden = false;
  document.body.classList.add('with-faceplate');
  closing.focus();
  return place;
}

function close(): void {
  const place = byId('faceplate');
  if (!place || place.hidden) return;
  window.clearInterval(refresh);
  place.hidden = true;
  place.replaceChildren();
  document.body.classList.remove('with-faceplate');
  opener?.focus();
}

export function openTag(tag: TagInfo): void {
  const place = open(tag.label, tag.name);
  if (!place) return;
  const value = el('b', { class: 'big' });
  const why = el('span', { class: 'why' });
  place.append(el('p', { class: 'reading' }, value, ' ', unit(tag.unit)), why);
  const loop = live.rig.loops.find((l) => l.processValue === tag.ordinal);
  const facts = el('dl', {});
  const setpoint = el('dd', {});
  facts.append(el('dt', {}, t('Range')), el('dd', {}, t('{0} to {1} {2}', tag.low, tag.high, unit(tag.unit))));
  if (loop) facts.append(el('dt', {}, t('Loop')), el('dd', { lang: 'en' }, loop.label), el('dt', {}, t('Setpoint')), setpoint);
  place.append(facts);
  keepTrue(value, (frame) => {
    const shown = tagValue(frame, tag);
    say(value, shown.text);
    value.dataset.quality = shown.quality;
    sayLine(why, shown.quality === 'good' ? t('quality good, simulated') : phrase('quality {0}: {1}', t(shown.quality), shown.why === '' ? '' : quoted(shown.why)));
    if (loop) {
      const at = frame.setpoints[loop.ordinal];
      say(setpoint, at === null || at === undefined ? t('off') : `${at.toFixed(tag.decimals)} ${unit(tag.unit)}${frame.loopStates[loop.ordinal] === '2' ? `, ${t('process value bad: output 0')}` : ''}`);
    }
  });
  substitution(place, tag);
  if (loop) place.append(loopButton(loop));
  if (loop) for (const output of loop.outputs) { const driven = live.rig.outputs[output]; if (driven) place.append(el('button', { type: 'button', class: 'small', click: () => openOutput(driven), lang: 'en' }, driven.label)); }
  votes(place, tag);
  trend(place, [penOfTag(tag)]);
}

export function openOutput(output: OutputInfo): void {
  const place = open(output.label, `${output.name} · ${output.role}`);
  if (!place) return;
  const value = el('b', { class: 'big' });
  const source = el('dd', {});
  place.append(el('p', { class: 'reading' }, value, ' ', unit(output.unit)),
    el('dl', {}, el('dt', {}, t('Driven by')), source, el('dt', {}, t('Range')), el('dd', {}, output.switch ? t('OFF or ON') : t('{0} to {1} {2}', output.low, output.high, unit(output.unit)))));
  const mode = el('div', { class: 'mode' });
  place.append(mode);
  manual(mode, output);
  force(place, output);
  keepTrue(value, (frame) => {
    say(value, outputValue(frame, output));
    const held = frame.manual[output.ordinal] === '1';
    const by = Number(frame.sources[output.ordinal]);
    say(source, by === 4 ? t('protection{0}', held ? ` ${t('(manual waits)')}` : '') : held ? hand(output) : SOURCES[by] ?? '');
    mode.dataset.manual = String(held);
  });
  reasons(place, output);
  const line = live.rig.dosing.find((d) => d.pump === output.ordinal);
  const scale = line ? live.rig.tags[line.scale] : undefined;
  if (line?.hazard) place.append(el('p', { class: 'hazard', lang: 'en' }, `${line.label}: ${line.hazard}`));
  const related = [scale, ...live.rig.tags.filter((t) => t.ofUnit === output.ofUnit && ['temperature', 'level'].includes(t.name.slice(t.ofUnit.length + 1)))].filter((t): t is TagInfo => t !== undefined).slice(0, 2);
  trend(place, [penOfOutput(output), ...related.map(penOfTag)]);
}

/** Who has it, as the list of everything set aside names them. */
function hand(output: OutputInfo): string {
  const by = live.situation?.aside.find((a) => a.target === output.name)?.by ?? '';
  return by === '' ? t('a person, in manual') : t('{0}, in manual', by);
}

function manual(mode: HTMLElement, output: OutputInfo): void {
  const input = el('input', { type: 'number', id: 'manual-value', step: output.switch ? '1' : 'any', min: String(output.low), max: String(output.high), inputmode: 'decimal' });
  input.value = String(Math.round((live.frame?.outputs[output.ordinal] ?? 0) * 10) / 10);
  const path = `/outputs/${encodeURIComponent(output.name)}`;
  const take = key(t('Take in manual'), phrase('{0} in manual', quoted(output.label)), `${path}/manual`, can('Manual'), () => ({ value: input.value.trim() === '' ? null : Number(input.value), seenAt: live.frame?.at }));
  const back = key(t('Give back'), phrase('{0} back to automatic', quoted(output.label)), `${path}/automatic`, can('Manual'));
  take.id = 'take-manual';
  back.id = 'give-back';
  mode.append(
    el('label', { for: 'manual-value' }, t('Value in manual{0}', unit(output.unit) ? ', ' + unit(output.unit) : '')), input,
    take, back,
    el('p', { class: 'note' }, t('Limits, interlocks and protection stay. HOLD, STOP and ABORT take it back.')));
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') take.click(); });
}

/** For a test, for a time, with a reason; it ends by itself, and a trip wins over it (SAF-17). */
function force(place: HTMLElement, output: OutputInfo): void {
  const form = timed(t('Force for a test …'), phrase('Force {0}', quoted(output.label)), `/outputs/${encodeURIComponent(output.name)}/force`, output.low, output.high, unit(output.unit));
  form.id = 'force';
  place.append(form);
}

/** A value by hand in place of the instrument's, marked wherever it goes (NE-08). */
function substitution(place: HTMLElement, tag: TagInfo): void {
  const form = timed(t('Give a value by hand …'), phrase('{0} by hand', quoted(tag.label)), `/tags/${encodeURIComponent(tag.name)}/substitute`, tag.low, tag.high, unit(tag.unit));
  form.id = 'substitute';
  place.append(form);
}

function timed(title: string, what: Line, path: string, low: number, high: number, symbol: string): HTMLElement {
  const value = el('input', { type: 'number', step: 'any', name: 'value', inputmode: 'decimal', 'aria-label': t('Value') });
  const minutes = el('select', { 'aria-label': t('How long'), name: 'minutes' }, ...[5, 15, 30, 60, 120, 240].map((m) => el('option', { value: String(m) }, span(m * 60))));
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: t('reason'), 'aria-label': t('Reason') });
  return el('details', {}, el('summary', {}, title), el('div', { class: 'row' }, el('span', {}, t('{0} to {1} {2}', low, high, symbol)), value, minutes, reason,
    key(t('Set'), what, path, true, () => ({ value: value.value === '' ? null : Number(value.value), minutes: Number(minutes.value), reason: reason.value.trim(), seenAt: live.frame?.at }))),
    el('p', { class: 'note' }, t('It ends by itself, stands on the list of everything set aside, and a trip wins over it.')));
}

function reasons(place: HTMLElement, output: OutputInfo): void {
  const list = el('ul', { class: 'reasons' });
  place.append(el('h3', {}, t('Why does it not do what I want?')), list);
  const look = (): void => {
    void get<WhyNot>(`${live.path}/why-not?output=${encodeURIComponent(output.name)}`).then((why) => {
      const lines = why.reasons.length > 0 ? why.reasons.map((reason) => el('li', { lang: 'en' }, plain(reason))) : [el('li', {}, t('nothing stands against it'))];
      if (list.textContent !== lines.map((line) => line.textContent).join('')) list.replaceChildren(...lines);
    }).catch(() => undefined);
  };
  look();
  const timer = window.setInterval(() => { if (list.isConnected) look(); else window.clearInterval(timer); }, 2000);
  let driven = '';
  keepTrue(list, (frame) => {
    const by = `${frame.sources[output.ordinal] ?? ''}${frame.manual[output.ordinal] ?? ''}`;
    if (by !== driven && driven !== '') look();
    driven = by;
  });
}

function trend(place: HTMLElement, tags: Pen[]): void {
  const frame = el('div', { class: 'small-trend' });
  place.append(el('h3', {}, phrase('Last {0} min: {1}', TREND_SECONDS / 60, quoted(tags.map((pen) => pen.label).join(', ')))), frame,
    el('a', { href: `/rigs/${encodeURIComponent(live.name)}/trends?tags=${tags.map((t) => t.name).join(',')}` }, t('Open in Trends')));
  const chart = new Chart(frame, tags, () => 130, undefined, true);
  const look = (): void => {
    const to = live.frame?.now ?? 0;
    const from = Math.max(0, to - TREND_SECONDS);
    if (to <= from) return;
    void get<Trend>(`${live.path}/trends?tags=${tags.map((t) => t.name).join(',')}&from=${from}&to=${to}&columns=260`)
      .then((seen) => chart.draw(seen, { bands: [], events: [] })).catch(() => undefined);
  };
  look();
  refresh = window.setInterval(look, 1000);
  place.append(el('p', { class: 'note' }, t('plant time {0} when opened', clock(live.frame?.now ?? 0))));
}
