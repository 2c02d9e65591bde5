// Level 1: is all well? (HMI-07)
import { byId, can, el, put, quoted, say } from './dom';
import { about, followExpected, outlook } from './expected';
import { follow, percent, plusMinus } from './figures';
import { live } from './live';
import { glyph, needsAcknowledging } from './shell';
import { doing, plain, PRIORITIES, span, stepName, waitsForPerson } from './text';
import { drawSparks, spark, type Spark } from './sparks';
import { stateChip } from './states';
import { bar, shortName, tellingTags, valueButton } from './values';
import { counted, phrase, t } from './words';
import type { BatchFigures, Situation } from './contracts';

/** Presence is asked for this long before it is due. */
const SOON_S = 600;
const FIGURES_MS = 15_000;
let shown = '';
let sparks: Spark[] = [];

export function overview(): void {
  live.onSituation((now) => { steps(now); needs(now); units(now); course(now); counts(now); keys(now); });
  followExpected(() => live.tellAgain());
  const figures = byId('batch-figures');
  if (figures) follow(figures, result, FIGURES_MS);
  live.onSecond((now) => { steps(now); course(now); needs(now); });
  setInterval(() => void drawSparks(sparks), 2000);
}

function steps(now: Situation): void {
  const place = byId('now-steps');
  if (!place) return;
  const rows = now.steps.map((step) => el('div', { class: 'step-now' },
    ...(step.unit === '' && doing(step) !== '' ? [el('b', { lang: 'en' }, doing(step)), ' '] : [el('b', { lang: 'en' }, stepName(step)), ' ', stateChip(step.state), el('span', { lang: 'en' }, doing(step))]),
    step.progress === null ? null : progress(step.progress),
    el('small', {}, t('for {0}', span((live.frame?.now ?? step.since) - step.since)))));
  rows.push(...now.waiting.map((step) => el('div', { class: 'step-now' }, el('b', { lang: 'en' }, stepName(step)), ' ', el('span', { lang: 'en' }, doing(step)))));
  if (now.reason) rows.unshift(el('div', { class: 'reason', lang: 'en' }, plain(now.reason)));
  put(place, rows.length > 0 ? rows : [el('p', {}, t('The batch is {0}.', now.batch.toUpperCase()))]);
}

/** Samples that have been taken: one takes no time of the procedure, so that it has no band; what follows it in its group has begun, or the group is over. */
export function sampled(now: Situation): Set<string> {
  const bands = new Map(now.bands.map((b) => [b.step, b.to !== null]));
  const steps = live.rig.steps, parallel = ['parallel', 'alternative'];
  const begun = (after: number, parent: number): boolean => steps.some((s) => s.number > after && s.parent === parent && bands.has(s.id));
  return new Set(steps.filter((s) => s.kind === 'sample' && (bands.get(steps[s.parent]?.id ?? '') === true || (!parallel.includes(steps[s.parent]?.kind ?? '') && begun(s.number, s.parent)))).map((s) => s.id));
}

export function progress(share: number): HTMLElement {
  const made = el('progress', { max: '1' });
  made.value = share;
  return made;
}

let needed = '';
function needs(now: Situation): void {
  const place = byId('needs-you');
  if (!place) return;
  const at = live.frame?.now ?? 0;
  const fresh = JSON.stringify([now.prompts, now.samples.filter((s) => s.dueAt <= at), now.waiting, now.presence.due !== null && now.presence.due - at < SOON_S, now.protection, now.alarms, now.trips]);
  if (fresh === needed) return;
  needed = fresh;
  const batchPage = `/rigs/${encodeURIComponent(live.name)}/batch`;
  const rows: Node[] = [];
  if (can('ManageAccounts') && !can('Operate')) rows.push(el('a', { class: 'need', href: `/rigs/${encodeURIComponent(live.name)}/about#accounts` }, t('Accounts: who may sign in, and as what')));
  for (const prompt of now.prompts) rows.push(el('a', { class: 'need', href: batchPage }, '✎ ', quoted(prompt.label.replaceAll('_', ' '))));
  for (const sample of now.samples.filter((s) => s.dueAt <= at)) rows.push(el('a', { class: 'need', href: batchPage }, t('⚗ results of sample {0}', sample.name)));
  for (const step of now.waiting.filter(waitsForPerson)) rows.push(el('a', { class: 'need', href: batchPage }, '▸ ', quoted(`${stepName(step)} ${doing(step)}`)));
  if (now.presence.due !== null && now.presence.due - at < SOON_S) rows.push(el('a', { class: 'need', href: batchPage }, t('☺ confirm that you are at the rig, or what runs attended only is held')));
  if (now.protection.awaits !== '') rows.push(el('a', { class: 'need', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, t('the protection has changed: the rig stays tripped until it is accepted')));
  for (const alarm of now.alarms.filter(needsAcknowledging)) rows.push(el('a', { class: 'need', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, glyph(alarm.priority), ' ', quoted(`${alarm.text}: ${alarm.response}`)));
  for (const trip of now.trips) rows.push(el('a', { class: 'need', href: `/rigs/${encodeURIComponent(live.name)}/alarms` }, phrase('TRIP {0}: {1}', quoted(trip.id), trip.causesClear ? t('causes clear, reset it') : quoted(trip.firstOut))));
  put(place, rows.length > 0 ? rows : [el('p', { class: 'quiet' }, t('Nothing waits for you.'))]);
}

function units(now: Situation): void {
  const place = byId('unit-states');
  if (!place) return;
  place.replaceChildren(...live.rig.units.filter((u) => !u.service).map((unit) => {
    const step = now.steps.find((s) => s.unit === unit.name);
    const tripped = now.trips.some((t) => t.units.includes(unit.name));
    return el('span', { class: step ? 'unit busy' : 'unit' }, el('b', { lang: 'en' }, unit.label), ' ', tripped ? t('TRIPPED') : step ? quoted(`${step.state.toUpperCase()} ${stepName(step).toLowerCase()}`) : t('idle'));
  }));
}

function course(now: Situation): void {
  const place = byId('batch-course');
  if (!place) return;
  const phases = live.rig.steps.filter((s) => !['sequence', 'parallel', 'unit', 'operation', 'alternative', 'repeat'].includes(s.kind));
  const taken = sampled(now);
  const done = phases.filter((s) => taken.has(s.id) || now.bands.some((b) => b.step === s.id && b.to !== null)).length;
  const begun = now.bands[0]?.from ?? live.frame?.now ?? 0;
  const rows = [
    el('p', {}, t('{0} of {1} steps done, {2} since START', done, phases.length, span((live.frame?.now ?? begun) - begun))), progress(phases.length ? done / phases.length : 0),
    ...end(now),
    el('p', {}, counted(now.samples.length, '{0} sample at the laboratory', '{0} samples at the laboratory')),
    ...now.lots.filter((l) => l.kind === 'product').map((l) => el('p', {}, `${l.id}: ${l.mass.toFixed(3)} kg`)),
  ];
  put(place, rows);
}

/** In plant time: a pace does not change it. */
function end(now: Situation): HTMLElement[] {
  if (['Complete', 'Stopped', 'Aborted'].includes(now.batch)) return [];
  const time = live.frame?.now ?? 0, ahead = outlook(now, time);
  if (!ahead) return [el('p', { class: 'quiet', id: 'expected-end' }, t('Expected end not known yet: PREDICT on the Purity page asks the twin'))];
  return [el('p', { id: 'expected-end' }, t('Expected end about {0}, in {1} of plant time', about(ahead.end), span(ahead.end - time)), ' ', el('small', { class: 'quiet' }, ahead.source))];
}

/** Product, purity and water, each leading to its page. */
function result(f: BatchFigures): void {
  const place = byId('batch-result');
  if (!place) return;
  const page = (name: string): string => `/rigs/${encodeURIComponent(live.name)}/${name}`;
  const failing = f.limits.filter((l) => l.verdict === 'Fail').length;
  const measured = f.productMass === null ? t('no product booked yet') : f.inSpecification ? t('IN SPECIFICATION') : failing > 0 ? counted(failing, 'NOT IN SPECIFICATION: {0} limit', 'NOT IN SPECIFICATION: {0} limits') : t('NOT IN SPECIFICATION');
  const predicted = f.prediction.at === '' || f.productMass !== null ? '' : f.prediction.inSpecification ? t('the twin predicts: in specification') : t('the twin predicts: NOT in specification');
  const rows: [string, string, string, string][] = [
    ['purity', t('Purity'), measured, predicted],
    ['purity', t('Product'), f.productMass === null ? '–' : `${plusMinus(f.productMass)} kg`, f.productMass === null && f.prediction.product ? t('the twin predicts {0} kg', plusMinus(f.prediction.product)) : ''],
    ['purity', t('Recovery of {0}', f.mainElement), f.recovery === null || f.productMass === null ? '–' : `${plusMinus(f.recovery, 100)} %`, ''],
    ['water', t('Water recycled'), percent(f.water.recycleRate), f.water.recycleRate === null ? t('booked at the end of the batch') : f.waterSoFar ? t('so far') : ''],
  ];
  place.replaceChildren(...rows.map(([to, name, value, beside]) => el('tr', {}, el('th', { scope: 'row' }, el('a', { href: page(to) }, name)), el('td', {}, el('b', {}, value), beside === '' ? null : el('small', { class: 'quiet' }, ` ${beside}`)))));
}

function counts(now: Situation): void {
  const place = byId('alarm-counts');
  if (!place) return;
  place.replaceChildren(...[1, 2, 3, 4].map((priority) => {
    const count = now.alarms.filter((a) => a.priority === priority).length;
    return el('span', { class: 'alarm-count' }, count > 0 ? glyph(priority) : el('span', { class: 'none' }, String(priority)), ` ${PRIORITIES[priority]} ${count}`);
  }));
}

function keys(now: Situation): void {
  const place = byId('key-values');
  if (!place) return;
  const busy = [...new Set(now.steps.map((s) => s.unit).filter((u) => u !== ''))];
  const owners = busy.length > 0 ? busy.slice(0, 3) : live.rig.units.filter((u) => !u.service).slice(0, 1).map((u) => u.name);
  const key = owners.join();
  if (key === shown) return;
  shown = key;
  const each = owners.length > 2 ? 3 : owners.length > 1 ? 4 : 6;
  sparks = [];
  say(byId('values'), owners.length > 1 ? t('Key values, last hour') : t('{0}: key values, last hour', live.rig.units.find((u) => u.name === owners[0])?.label ?? ''));
  place.replaceChildren(...owners.flatMap((owner) => tellingTags(owner, each)).map((tag) => {
    const unit = live.rig.units.find((u) => u.name === tag.ofUnit);
    const line = spark(tag, 150, 30);
    sparks.push(line);
    return el('div', { class: 'key-value' }, valueButton(tag, owners.length > 1 ? `${unit?.label ?? tag.ofUnit} ${shortName(tag)}` : shortName(tag)), bar(tag), line.canvas);
  }));
  void drawSparks(sparks);
}
