// Commands: sent once under an id of their own, pending until answered, refused with the reason in words.
import { byId, can, say } from './dom';
import { get, live, post, Refused } from './live';
import type { CommandResult, WhyNot } from './contracts';

/** How long STOP and ABORT are held down before they act. */
const HOLD_DOWN_MS = 1200;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

export function tell(text: string, kind: 'done' | 'pending' | 'refused'): void {
  const said = byId('said');
  if (!said) return;
  said.dataset.kind = kind;
  say(said, text);
}

/** Returns true when the plant accepted it. */
export async function command(what: string, path: string, body: Record<string, unknown> = {}): Promise<boolean> {
  tell(`${what} …`, 'pending');
  try {
    const result = await post<CommandResult | undefined>(`${live.path}${path}`, { id: newId(), ...body });
    const pending = result?.state === 'pending';
    tell(pending ? `${what}: waits for the next scan` : `${what}: done`, pending ? 'pending' : 'done');
    return !pending;
  } catch (refusal) {
    tell(`${what} refused: ${refusal instanceof Refused ? refusal.message : 'the controller does not answer'}`, 'refused');
    return false;
  }
}

/** For what has no command id: pace, the twin's hands. */
export async function ask<T>(what: string, path: string, body: unknown): Promise<T | null> {
  try {
    return (await post<T>(`${live.path}${path}`, body)) ?? (true as T);
  } catch (refusal) {
    tell(`${what} refused: ${refusal instanceof Refused ? refusal.message : 'the controller does not answer'}`, 'refused');
    return null;
  }
}

/** One touch. */
export function onTouch(button: HTMLElement, act: () => void): void { button.addEventListener('click', act); }

/** Held down with pointer, Space or Enter until it fills; letting go or Escape before that does nothing (HMI-14, HMI-22). */
export function onHoldDown(button: HTMLElement, consequence: string, act: () => void): void {
  let timer = 0;
  const release = (): void => {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    button.classList.remove('arming');
    tell(consequence + ' Keep it held down to do it.', 'pending');
  };
  const press = (): void => {
    if (timer !== 0 || (button as HTMLButtonElement).disabled) return;
    button.classList.add('arming');
    tell(consequence, 'pending');
    timer = window.setTimeout(() => {
      timer = 0;
      button.classList.remove('arming');
      act();
    }, HOLD_DOWN_MS);
  };
  button.addEventListener('pointerdown', press);
  for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) button.addEventListener(end, release);
  button.addEventListener('contextmenu', (event) => event.preventDefault());
  button.addEventListener('keydown', (event) => {
    if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); if (!event.repeat) press(); }
    if (event.key === 'Escape') release();
  });
  button.addEventListener('keyup', (event) => { if (event.key === ' ' || event.key === 'Enter') release(); });
}

/** A command that cannot arrive is not offered: the rig's own switches are what is left (HMI-17). */
function cut(lost: boolean): void {
  for (const control of document.querySelectorAll<HTMLButtonElement>('.command-buttons button, .twin button, .twin input, main button[type=submit], .mode button')) {
    if (lost && !control.disabled) { control.disabled = true; control.dataset.cut = 'true'; }
    else if (!lost && control.dataset.cut === 'true') { control.disabled = false; delete control.dataset.cut; }
  }
}

/** What stands against START or RESTART, link by link. */
async function why(order: string): Promise<void> {
  const against = await get<WhyNot>(`${live.path}/why-not`).catch(() => null);
  tell(against && against.reasons.length > 0 ? `${order.toUpperCase()} not yet: ${against.reasons.join('; ').replaceAll('_', ' ')}` : `${order.toUpperCase()} is not possible now`, 'refused');
}

/** The batch commands at the foot of every page. */
export function batchCommands(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-batch]')) {
    const word = button.dataset.batch ?? '';
    const act = (): void => {
      const order = word === 'start' && live.situation?.batch !== 'Idle' ? 'restart' : word;
      if (button.getAttribute('aria-disabled') === 'true') return void why(order);
      void command(order.toUpperCase(), `/batch/${order}`);
    };
    if (button.dataset.confirm) onHoldDown(button, button.dataset.confirm, act);
    else onTouch(button, act);
  }
  live.onSituation((now) => {
    const may = (word: string): boolean => now.commands.includes(word);
    const start = byId('start') as HTMLButtonElement | null;
    if (start) {
      say(start, ['Holding', 'Held', 'Restarting'].includes(now.batch) ? 'RESTART' : 'START');
      start.disabled = !can('Operate') || ['Running', 'Complete', 'Stopped', 'Aborted'].includes(now.batch);
      start.setAttribute('aria-disabled', String(!(may('Start') || may('Restart'))));
    }
    for (const [id, word] of [['hold', 'Hold'], ['stop', 'Stop'], ['abort', 'Abort']] as const) {
      const button = byId(id) as HTMLButtonElement | null;
      if (button) button.disabled = !may(word);
    }
    cut(live.lost);
  });
  live.onLink(cut);
}
