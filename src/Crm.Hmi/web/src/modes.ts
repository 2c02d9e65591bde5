// Who decides what begins: modes of batch and units, steps that wait for a person, who is at the rig (S88-20).
import { byId, can, el } from './dom';
import { key, smallKey } from './commands';
import { live } from './live';
import { clock, plain, span, stepName } from './text';
import type { Situation, StepSeen } from './contracts';

const MODES = ['automatic', 'semi_automatic', 'manual'] as const;
const MEANS: Record<string, string> = { automatic: 'the recipe goes on by itself', semi_automatic: 'you confirm each step', manual: 'you pick each step, with a reason' };
const SOON_S = 600;

export function modeWord(mode: string): string { return mode.replace('_', '-').toUpperCase(); }

/** Three keys, the present one pressed; a change needs a reason and moves nothing by itself. */
export function modeKeys(present: string, what: string, path: string): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: 'reason', 'aria-label': `Reason for another mode of ${what}` });
  const keys = MODES.map((mode) => {
    const made = smallKey(modeWord(mode), `${what} to ${modeWord(mode)}`, path, can('Operate'), () => ({ mode, reason: reason.value.trim() }));
    made.dataset.mode = mode;
    made.setAttribute('aria-pressed', String(mode === present));
    return made;
  });
  return el('div', { class: 'mode-keys', 'data-mode-of': what }, el('div', { class: 'row' }, ...keys, reason), el('small', {}, `Now ${modeWord(present)}: ${MEANS[present] ?? ''}. A change moves nothing by itself.`));
}

let drawn = '';
export function modes(now: Situation): void {
  const place = byId('modes');
  if (!place || place.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const far = now.presence.due === null ? 0 : Math.floor((now.presence.due - (live.frame?.now ?? 0)) / 60);
  const fresh = JSON.stringify([now.mode, now.id, now.units.map((u) => u.mode), now.presence, far]);
  if (fresh === drawn) return;
  drawn = fresh;
  const other = now.units.filter((u) => u.mode !== now.mode);
  place.replaceChildren(
    modeKeys(now.mode, `batch ${now.id}`, '/batch/mode'),
    other.length > 0 ? el('p', { class: 'reason' }, `More by hand than the batch: ${other.map((u) => `${unitLabel(u.unit)} ${modeWord(u.mode)}`).join(', ')}`) : '',
    presence(now));
}

export function unitLabel(name: string): string { return live.rig.units.find((u) => u.name === name)?.label ?? name.replaceAll('_', ' '); }

/** A step that waits: one key in semi-automatic mode; in manual mode this one or another of its group, with a reason. */
export function waitingStep(step: StepSeen): HTMLElement {
  const own = live.rig.steps.find((s) => s.id === step.id);
  const title = own ? stepName(own) : step.label;
  const box = el('div', { class: 'prompt', 'data-waits': step.id }, el('h4', {}, `${title} ${step.doing.replaceAll('_', ' ')}`));
  if (!step.doing.includes('pick')) {
    box.append(key('CONFIRM: let it begin', `Confirm ${title}`, '/steps/confirm', can('Operate'), () => ({ step: step.id })));
    return box;
  }
  const group = live.rig.steps.filter((s) => own && s.parent === own.parent);
  const choice = el('select', { 'aria-label': 'Step that comes next' }, ...group.map((s) => el('option', { value: s.id, selected: s.id === step.id }, stepName(s))));
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: 'reason', 'aria-label': 'Reason' });
  box.append(el('div', { class: 'row pick' }, choice, reason, key('PICK: let it begin', 'Pick', '/steps/pick', can('Operate'), () => ({ step: choice.value, reason: reason.value.trim() }))));
  return box;
}

function presence(now: Situation): HTMLElement {
  const { by, at, due, phases } = now.presence;
  const left = due === null ? null : due - (live.frame?.now ?? 0);
  const names = phases.map((id) => { const step = live.rig.steps.find((s) => s.id === id); return step ? stepName(step) : id; }).join(', ');
  return el('div', { class: left !== null && left < SOON_S ? 'presence reason' : 'presence', id: 'presence' },
    el('p', {}, by === '' ? 'Nobody has confirmed to be at the rig.' : `At the rig: ${by}, last confirmed at ${clock(at ?? 0)}.`),
    left === null ? el('p', { class: 'quiet' }, 'Nothing runs attended only.') : el('p', {}, `${names} runs attended only: ${left <= 0 ? 'it waits until somebody confirms to be there' : `confirm within ${span(left)}, or it is held`}.`),
    key('I am at the rig', 'Presence', '/presence', can('Operate')));
}

let refused = '';
/** The last refusals with their reasons, newest first. */
export function refusals(now: Situation): void {
  const fresh = JSON.stringify(now.refusals[0] ?? null);
  if (fresh === refused) return;
  refused = fresh;
  byId('refusals')?.replaceChildren(...now.refusals.slice(0, 6).map((r) => el('li', {}, el('b', {}, clock(r.at)), ` ${r.subject.replaceAll('_', ' ')}: ${plain(r.text)} `, el('small', {}, `(${r.by})`))),
    ...(now.refusals.length === 0 ? [el('li', { class: 'quiet' }, 'Nothing has been refused.')] : []));
}
