// How values, times and states are written.
import { t } from './words';
import type { FrameMessage, OutputInfo, StepSeen, TagInfo } from './contracts';

const SYMBOLS: Record<string, string> = { degC: '°C', 'vol%': 'vol %', m3: 'm³', 'm3/h': 'm³/h' };

export function unit(symbol: string): string { return symbol === 'on/off' || symbol === 'pH' || symbol === 'position' ? '' : SYMBOLS[symbol] ?? symbol; }

export function number(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
}

export interface Shown { text: string; quality: 'good' | 'uncertain' | 'bad'; why: string }

/** A value never passes for good when it is not (HMI-16). */
export function tagValue(frame: FrameMessage, tag: TagInfo): Shown {
  const value = frame.values[tag.ordinal];
  const grade = frame.quality[tag.ordinal];
  const why = frame.why.find((w) => w.tag === tag.ordinal)?.reason ?? '';
  if (grade === '2' || value === null || value === undefined) return { text: t('✕ BAD'), quality: 'bad', why: why || t('bad') };
  const text = tag.switch ? (value >= 0.5 ? t('ON') : t('OFF')) : number(value, tag.decimals);
  return grade === '1' ? { text: `${text} ?`, quality: 'uncertain', why: why || t('uncertain') } : { text, quality: 'good', why: '' };
}

/** A position of a valve with where it leads, as its label lists them: "Divert valve (0 neutralise, 1 wash tank)". */
function leadsTo(output: OutputInfo, position: number): string {
  const listed = /\(([^()]*)\)/.exec(output.label)?.[1] ?? '';
  return listed.split(',').map((place) => place.trim()).find((place) => place.startsWith(`${position} `)) ?? String(position);
}

export function outputValue(frame: FrameMessage, output: OutputInfo): string {
  const value = frame.outputs[output.ordinal] ?? 0;
  if (output.unit === 'position') return leadsTo(output, Math.round(value));
  return output.switch ? (value >= 0.5 ? t('ON') : t('OFF')) : number(value, output.unit === 'rpm' ? 0 : 1);
}

export const SOURCES = [t('nobody: lapse value'), t('loop'), t('phase'), t('manual'), t('protection')];

/** Below zero is before this controller began. */
export function clock(seconds: number): string {
  if (seconds <= -1) return `−${clock(-seconds)}`;
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(Math.floor(whole / 3600) % 24)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole >= 86400 ? `${Math.floor(whole / 86400)} d ${time}` : time;
}

export function span(seconds: number): string {
  const minutes = Math.max(0, Math.round(seconds / 60));
  if (minutes < 1) return `${Math.max(0, Math.round(seconds))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** "Dose peroxide" rather than "Dose": the last part of its path says which. */
export function stepName(step: { id: string; label: string }): string {
  const last = (step.id.split('/').pop() ?? '').replaceAll('-', ' ');
  const label = step.label.replaceAll('_', ' ');
  return label.includes(' ') || label.toLowerCase() === last.toLowerCase() || last === '' ? label : `${label} ${last.toLowerCase().startsWith(label.toLowerCase()) ? last.slice(label.length).trim() : last}`.trim();
}

/** A sentence of the controller without the spelling of its files; names of tags and outputs stay as they are. */
export function plain(text: string): string { return text.replace(/[\w.]+/g, (word) => (/\w\.\w/.test(word) ? word : word.replaceAll('_', ' '))).replaceAll('degC', '°C'); }

/** Waits for a person, and not for another batch or an unfinished neighbour. */
export function waitsForPerson(step: StepSeen): boolean { return step.doing.includes('a person'); }

export function doing(step: StepSeen): string { return step.doing.replaceAll('_', ' '); }

export const PRIORITIES = ['', t('critical'), t('high'), t('medium'), t('low')];
