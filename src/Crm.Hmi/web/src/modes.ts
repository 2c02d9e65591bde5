// Who decides what begins: modes of batch and units, steps that wait for a person, who is at the rig (S88-20).
import { byId, can, el, quoted } from './dom';
import { key, smallKey } from './commands';
import { live } from './live';
import { clock, plain, span, stepName } from './text';
import { phrase, t } from './words';
import type { Situation, StepSeen } from './contracts';

const MODES = ['automatic', 'semi_automatic', 'manual'] as const;
const MEANS: Record<string, string> = { automatic: t('the recipe goes on by itself'), semi_automatic: t('you confirm each step'), manual: t('you pick each step, with a reason') };
const SOON_S = 600;

const WORDS: Record<string, string> = { automatic: t('AUTOMATIC'), semi_automatic: t('SEMI-AUTOMATIC'), manual: t('MANUAL') };

export function modeWord(mode: string): string { return WORDS[mode] ?? mode.toUpperCase(); }

/** Three keys, the present one pressed; a change needs a reason and moves nothing by itself. */
export function modeKeys(present: string, what: string, path: string): HTMLElement {
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason'), 'aria-label': t('Reason for another mode of {0}', what) });
  const keys = MODES.map((mode) => {
    const made = smallKey(modeWord(mode), phrase('{0} to mode {1}', quoted(what), modeWord(mode)), path, can('Operate'), () => ({ mode, reason: reason.value.trim() }));
    made.dataset.mode = mode;
    made.setAttribute('aria-pressed', String(mode === present));
    return made;
  });
  return el('div', { class: 'mode-keys', 'data-mode-of': what }, el('div', { class: 'row' }, ...keys, reason), el('small', {}, t('Now {0}: {1}. A change moves nothing by itself.', modeWord(present), MEANS[present] ?? '')));
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
    modeKeys(now.mode, t('batch {0}', now.id), '/batch/mode'),
    other.length > 0 ? el('p', { class: 'reason' }, phrase('More by hand than the batch: {0}', quoted(other.map((u) => `${unitLabel(u.unit)} ${modeWord(u.mode)}`).join(', ')))) : '',
    presence(now));
}

export function unitLabel(name: string): string { return live.rig.units.find((u) => u.name === name)?.label ?? name.replaceAll('_', ' '); }

/** A step that waits: one key in semi-automatic mode; in manual mode this one or another of its group, with a reason. */
export function waitingStep(step: StepSeen): HTMLElement {
  const own = live.rig.steps.find((s) => s.id === step.id);
  const title = own ? stepName(own) : step.label;
  const box = el('div', { class: 'prompt', 'data-waits': step.id }, el('h4', { lang: 'en' }, `${title} ${step.doing.replaceAll('_', ' ')}`));
  if (!step.doing.includes('pick')) {
    box.append(key(t('CONFIRM: let it begin'), phrase('Confirm {0}', quoted(title)), '/steps/confirm', can('Operate'), () => ({ step: step.id })));
    return box;
  }
  const group = live.rig.steps.filter((s) => own && s.parent === own.parent);
  const choice = el('select', { 'aria-label': t('Step that comes next') }, ...group.map((s) => el('option', { value: s.id, selected: s.id === step.id, lang: 'en' }, stepName(s))));
  const reason = el('input', { type: 'text', maxlength: '200', name: 'reason', placeholder: t('reason'), 'aria-label': t('Reason') });
  box.append(el('div', { class: 'row pick' }, choice, reason, key(t('PICK: let it begin'), t('Pick'), '/steps/pick', can('Operate'), () => ({ step: choice.value, reason: reason.value.trim() }))));
  return box;
}

function presence(now: Situation): HTMLElement {
  const { by, at, due, phases } = now.presence;
  const left = due === null ? null : due - (live.frame?.now ?? 0);
  const names = phases.map((id) => { const step = live.rig.steps.find((s) => s.id === id); return step ? stepName(step) : id; }).join(', ');
  return el('div', { class: left !== null && left < SOON_S ? 'presence reason' : 'presence', id: 'presence' },
    el('p', {}, by === '' ? t('Nobody has confirmed to be at the rig.') : t('At the rig: {0}, last confirmed at {1}.', by, clock(at ?? 0))),
    left === null ? el('p', { class: 'quiet' }, t('Nothing runs attended only.')) : el('p', {}, phrase('{0} runs attended only: {1}.', quoted(names), left <= 0 ? t('it waits until somebody confirms to be there') : t('confirm within {0}, or it is held', span(left)))),
    key(t('I am at the rig'), t('Presence'), '/presence', can('Operate')));
}

let refused = '';
/** The last refusals with their reasons, newest first. */
export function refusals(now: Situation): void {
  const fresh = JSON.stringify(now.refusals[0] ?? null);
  if (fresh === refused) return;
  refused = fresh;
  byId('refusals')?.replaceChildren(...now.refusals.slice(0, 6).map((r) => el('li', {}, el('b', {}, clock(r.at)), ' ', quoted(`${r.subject.replaceAll('_', ' ')}: ${plain(r.text)}`), ' ', el('small', {}, `(${r.by})`))),
    ...(now.refusals.length === 0 ? [el('li', { class: 'quiet' }, t('Nothing has been refused.'))] : []));
}
