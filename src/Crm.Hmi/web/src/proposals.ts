// A tuning that a person brings: parameters, or a model of a step test that SIMC turns into parameters. It waits to be used (PID-18, PID-19).
import { el, quoted } from './dom';
import type { Line } from './dom';
import { commandForm } from './commands';
import { get, live } from './live';
import { phrase, t } from './words';
import type { LoopInfo, LoopSeen } from './contracts';

type Field = [name: string, label: string, needed: boolean];
const PARAMETERS: Field[] = [['gain', t('Kc, % per unit'), true], ['integralTime', 'Ti, s', true], ['derivativeTime', 'Td, s', false], ['setpointWeight', t('b, 0 to 1'), false], ['filterTime', t('Filter, s'), false]];
const MODEL: Field[] = [['gain', t('K, units per %'), true], ['lag', t('Lag, s (empty: it integrates)'), false], ['secondLag', t('Second lag, s'), false], ['delay', t('Delay, s'), true], ['closedLoop', t('Closed loop, s (empty: tight)'), false]];

export function proposals(loop: LoopInfo, path: string): HTMLElement {
  const parameters = form(PARAMETERS, t('Propose'), phrase('Proposal for {0}', quoted(loop.label)), `${path}/tuning/propose`, 'propose');
  const box = el('details', { id: 'propose-tuning' }, el('summary', {}, t('Propose a tuning …')), parameters,
    el('p', { class: 'note' }, t('Or from a step test, by SIMC:')), form(MODEL, t('Propose by SIMC'), phrase('SIMC for {0}', quoted(loop.label)), `${path}/tuning/simc`, 'simc'),
    el('p', { class: 'note' }, t('It changes nothing until somebody presses “Use proposed”.')));
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    void get<LoopSeen>(live.path + path).then((seen) => {
      for (const input of parameters.querySelectorAll<HTMLInputElement>('input')) {
        const used = seen.parameters[input.name as keyof LoopSeen['parameters']];
        if (input.value === '') input.value = String(Number(used.toPrecision(6)));
      }
    }).catch(() => undefined);
  });
  return box;
}

function form(fields: Field[], label: string, what: Line, path: string, id: string): HTMLFormElement {
  const inputs = fields.map(([name, , needed]) => el('input', { type: 'number', step: 'any', inputmode: 'decimal', name, required: needed }));
  const made = el('form', { class: 'fields', id: `${id}-form` }, ...fields.map(([, text], i) => el('label', {}, `${text} `, inputs[i] ?? null)));
  made.append(commandForm(made, label, what, path, true, () => Object.fromEntries(inputs.filter((i) => i.value !== '').map((i) => [i.name, Number(i.value)]))));
  return made;
}
