// Faceplates of units and loops: state, mode, commands and why not, tuning (HMI-11, S88-20, PID-06, PID-17).
import { can, el, quoted, say } from './dom';
import type { Line } from './dom';
import { command, key, onHoldDown, why } from './commands';
import { heading, open, openTag } from './faceplate';
import { get, live } from './live';
import { modeKeys, modeWord } from './modes';
import { finishKey } from './finish';
import { doing, number, stepName, unit as symbol } from './text';
import { proposals } from './proposals';
import { votes } from './votes';
import { keepTrue } from './values';
import { phrase, t } from './words';
import type { LoopInfo, LoopSeen, Situation, UnitInfo } from './contracts';

export const LOOP_MODES = ['OOS', 'IMAN', 'LO', 'MAN', 'AUTO', 'CAS', 'RCAS', 'ROUT'];
const MEANS: Record<string, string> = { OOS: t('out of service, outputs 0'), IMAN: t('nobody asks; follows'), LO: t('held by its tracking input'), MAN: t('you hold the output'), AUTO: t('your setpoint'), CAS: t('the setpoint of the loop above'), RCAS: t('the phase\'s setpoint'), ROUT: t('the phase drives the outputs itself') };
const UNIT_KEYS = [['Pause', 'pause'], ['Resume', 'resume'], ['Hold', 'hold'], ['Restart', 'restart']] as const;

/** A unit: what it does, its mode, its commands; grey keys answer why not. */
export function openUnit(unit: UnitInfo): void {
  const place = open(unit.label, `${unit.name} · ${unit.class}`);
  if (!place) return;
  const body = el('div', {});
  place.append(body);
  const loops = live.rig.loops.filter((l) => l.ofUnit === unit.name);
  if (loops.length > 0) place.append(heading(t('Loops')), ...loops.map(loopButton));
  let drawn = '';
  live.onSituation((now) => {
    if (!body.isConnected || body.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
    const fresh = JSON.stringify([now.units.find((u) => u.unit === unit.name), now.batches, now.steps.find((s) => s.unit === unit.name)?.doing]);
    if (fresh !== drawn) body.replaceChildren(...unitBody(unit, now));
    drawn = fresh;
  });
}

function unitBody(unit: UnitInfo, now: Situation): (Node | string)[] {
  const seen = now.units.find((u) => u.unit === unit.name);
  if (!seen) return [el('p', {}, t('A plant service: it works by itself, outside every batch.'))];
  const step = live.rig.steps.find((s) => s.id === seen.step);
  const active = now.steps.find((s) => s.unit === unit.name);
  const owner = now.batches.find((b) => b.units.includes(unit.name));
  const path = `/units/${encodeURIComponent(unit.name)}`;
  const grave = (word: string, order: string): HTMLElement => {
    const may = seen.commands.includes(word);
    const button = el('button', { type: 'button', class: 'key grave', 'aria-disabled': may ? false : 'true', 'data-unit-command': order }, t('{0} UNIT', word.toUpperCase()), el('small', {}, t('hold down')));
    onHoldDown(button, phrase('{0} ends what {1} is doing; what follows for the batch is the recipe\'s rule.', word.toUpperCase(), quoted(unit.label.toLowerCase())), () => void (may ? command([`${word.toUpperCase()} `, quoted(unit.label)], `${path}/${order}`) : why([`${word.toUpperCase()} `, quoted(unit.label)], `${path}/${order}`)));
    return button;
  };
  return [
    el('p', { class: 'reading' }, el('b', { class: 'big', 'data-unit-state': unit.name }, seen.state.toUpperCase())),
    el('p', {}, owner ? `${t('Batch {0} has it{1}.', owner.id, owner.id === now.id ? '' : t('; you address batch {0}', now.id))} ` : `${t('No batch has it.')} `, step ? quoted(`${stepName(step)}${active && doing(active) ? `: ${doing(active)}` : ''}`) : ''),
    seen.reason ? el('p', { class: 'reason', lang: 'en' }, seen.reason) : '',
    el('div', { class: 'unit-keys' }, ...UNIT_KEYS.map(([word, order]) => key(word.toUpperCase(), [`${word.toUpperCase()} `, quoted(unit.label)], `${path}/${order}`, seen.commands.includes(word) && (word === 'Hold' || word === 'Pause' || can('Operate')))), grave('Stop', 'stop'), grave('Abort', 'abort'), seen.runsOn ? finishKey(seen) : ''),
    heading(t('Mode')), modeKeys(seen.mode, unit.label, `${path}/mode`),
  ];
}

/** A loop in a line: its mode now; opens the faceplate. */
export function loopButton(loop: LoopInfo): HTMLElement {
  const mode = el('b', { class: 'number' });
  const button = el('button', { type: 'button', class: 'output loop', 'data-loop': loop.name, click: () => openLoop(loop) }, el('span', { class: 'symbol loop-symbol', 'aria-hidden': 'true' }), el('span', { class: 'label', lang: 'en' }, loop.label), mode);
  keepTrue(button, (frame) => {
    const word = LOOP_MODES[Number(frame.loopModes[loop.ordinal])] ?? '';
    // Nobody asks it for anything: to a technician it is off.
    say(mode, word === 'IMAN' ? t('off') : word);
    button.dataset.on = String(frame.loopStates[loop.ordinal] === '1');
    button.title = MEANS[word] ?? '';
  });
  return button;
}

/** A loop: process value, setpoint, output; its mode; its tuning. */
export function openLoop(loop: LoopInfo): void {
  const place = open(loop.label, [quoted(loop.name), ` · ${t('loop')}`]);
  const tag = live.rig.tags[loop.processValue];
  if (!place || !tag) return;
  const path = `/loops/${encodeURIComponent(loop.name)}`;
  const facts = el('dl', {});
  const fields = el('div', { class: 'mode' });
  const tuning = el('div', { class: 'tuning' });
  const switches = el('div', { class: 'row' });
  place.append(facts, fields, switches);
  votes(place, tag);
  place.append(heading(t('Tuning')), tuning, proposals(loop, path), el('button', { type: 'button', class: 'small', click: () => openTag(tag) }, phrase('Open {0}', quoted(tag.label))));
  const setpoint = box(t('Setpoint{0} (in AUTO)', symbol(tag.unit) ? `, ${symbol(tag.unit)}` : ''), 'setpoint');
  const output = box(t('Output, % (in MAN)'), 'output');
  const keys = el('div', { class: 'row wide' });
  const set = (input: HTMLInputElement, what: string, order: string): HTMLElement =>
    key(t('Set'), [quoted(loop.label), ` ${what}`], `${path}/${order}`, can('Manual'), () => ({ value: Number(input.value), seenAt: live.frame?.at }));
  fields.append(keys, setpoint.label, setpoint.input, set(setpoint.input, t('setpoint'), 'setpoint'), output.label, output.input, set(output.input, t('output'), 'output'));
  let drawn = '';
  const look = (): void => {
    void get<LoopSeen>(live.path + path).then((seen) => {
      const frame = live.frame;
      const value = frame?.values[tag.ordinal];
      facts.replaceChildren(
        ...term(t('Mode'), seen.mode === 'IMAN' ? t('off, no phase asks for it; then {0}', seen.targetMode) : `${seen.mode}${seen.mode === seen.targetMode ? '' : ` ${t('(asked for: {0})', seen.targetMode)}`}, ${MEANS[seen.mode] ?? ''}`, 'loop-mode'),
        ...term(t('Process value'), value === null || value === undefined ? t('bad') : `${number(value, tag.decimals)} ${symbol(tag.unit)}`), ...term(t('Setpoint'), seen.setpoint === null ? t('off') : `${number(seen.setpoint, tag.decimals)} ${symbol(tag.unit)}`),
        ...term(t('Output'), `${seen.output.toFixed(1)} %`), ...(seen.flags.length > 0 ? term(t('Stands out'), [quoted(seen.flags.join(', '))]) : []), ...seen.figures.flatMap((f) => term(t('So far'), [quoted(f)])));
      const fresh = JSON.stringify([seen.mode, seen.targetMode, seen.tuning, seen.feedForward, seen.before, seen.proposed, seen.margins, seen.flags]);
      if (fresh === drawn) return;
      drawn = fresh;
      if (setpoint.input.value === '' && seen.setpoint !== null) setpoint.input.value = String(seen.setpoint);
      if (output.input.value === '') output.input.value = String(seen.output);
      keys.replaceChildren(...[seen.usual, 'AUTO', 'MAN', 'OOS'].map((mode) => pressed(key(mode, phrase('{0} to mode {1}', quoted(loop.label), mode), `${path}/mode`, can('Manual') && mode !== seen.targetMode, () => ({ mode })), mode === seen.targetMode)),
        el('small', {}, t('{0} is its usual mode: the phase leads it. A change moves nothing by a jump.', seen.usual)));
      switches.replaceChildren(...feedForward(loop, path, seen));
      tuning.replaceChildren(...tuned(loop, path, seen));
    }).catch(() => undefined);
  };
  look();
  const timer = window.setInterval(() => { if (facts.isConnected) look(); else window.clearInterval(timer); }, 1000);
}

/** Switched without a jump (PID-09); a loop without one has no key for it. */
function feedForward(loop: LoopInfo, path: string, seen: LoopSeen): HTMLElement[] {
  if (seen.feedForward === null) return [];
  const turn = (on: boolean): HTMLElement => pressed(key(on ? t('ON') : t('OFF'), phrase('Feed-forward of {0} {1}', quoted(loop.label), on ? t('on') : t('off')), `${path}/feed-forward`, can('Manual') && seen.feedForward !== on, () => ({ on })), seen.feedForward === on);
  return [el('b', {}, `${t('Feed-forward')} `), turn(true), turn(false)];
}

function tuned(loop: LoopInfo, path: string, seen: LoopSeen): (Node | string)[] {
  const runs = seen.flags.includes('autotuning');
  return [
    el('p', {}, phrase('In use: {0}', quoted(seen.tuning))), seen.proposed ? el('p', { class: 'reason', id: 'proposed-tuning' }, phrase('Proposed: {0}', quoted(seen.proposed))) : '', ...seen.margins.map((m) => el('p', { lang: 'en' }, m)), seen.before ? el('p', { class: 'quiet' }, phrase('Before: {0}', quoted(seen.before))) : '',
    el('div', { class: 'row' },
      runs ? key(t('Abort autotune'), phrase('Autotune of {0} ended', quoted(loop.label)), `${path}/autotune/abort`, true) : key('Autotune', t('Autotune'), `${path}/autotune/start`, true),
      key(t('Use proposed'), phrase('New tuning of {0}', quoted(loop.label)), `${path}/tuning/apply`, seen.proposed !== ''), key(t('Back to before'), phrase('Former tuning of {0}', quoted(loop.label)), `${path}/tuning/restore`, seen.before !== '')),
    el('small', {}, runs ? t('The relay swings the output; the unit must not be disturbed.') : t('Autotune swings the output by steps until it knows the loop. What it finds waits for you.')),
  ];
}

function term(name: string, text: Line, id = ''): HTMLElement[] { return [el('dt', {}, name), el('dd', id === '' ? {} : { id }, text)]; }

function pressed(button: HTMLElement, now: boolean): HTMLElement { button.setAttribute('aria-pressed', String(now)); return button; }

function box(text: string, name: string): { label: HTMLElement; input: HTMLInputElement } {
  const input = el('input', { type: 'number', step: 'any', inputmode: 'decimal', id: `loop-${name}`, name });
  return { label: el('label', { for: `loop-${name}` }, text), input };
}

export function unitMode(now: Situation, unit: string): string {
  const mode = now.units.find((u) => u.unit === unit)?.mode ?? 'automatic';
  return mode === 'automatic' ? '' : modeWord(mode);
}
