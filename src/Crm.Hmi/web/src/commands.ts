// Commands: sent once under an id of their own, pending until answered, refused with the reason in words.
import { byId, can, el, quoted, say, sayLine } from './dom';
import type { Line } from './dom';
import { live, LOOKED_AT_MS, post, Refused } from './live';
import { plain } from './text';
import { t } from './words';
import type { CommandResult, WhyNot } from './contracts';

/** How long STOP and ABORT are held down before they act. */
const HOLD_DOWN_MS = 1200;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** @param lines A chain, link by link, as the controller words it; it stays until something else is said, Escape or its key. */
export function tell(text: Line, kind: 'done' | 'pending' | 'refused', lines: string[] = []): void {
  const said = byId('said');
  if (!said) return;
  said.dataset.kind = kind;
  if (kind !== 'refused') return sayLine(said, text);
  const closing = el('button', { type: 'button', class: 'small', 'aria-label': t('Close what was said'), click: hush }, '✕');
  said.replaceChildren(closing, el('b', {}, text), lines.length > 1 ? el('ol', {}, ...lines.map((line) => el('li', { lang: 'en' }, plain(line)))) : '');
}

export function hush(): void { byId('said')?.replaceChildren(); byId('said')?.removeAttribute('data-kind'); }

/** What leads towards safe is never refused because a picture is old (S88-08). */
const TOWARDS_SAFE = /\/(hold|stop|abort|pause)$/;

/** The controller's own words, or that it said none; who wanted to be safe is told what is left. */
function reason(failure: unknown, path: string): (Node | string)[] {
  if (failure instanceof Refused && failure.status !== 503) return [quoted(plain(failure.message))];
  return [t('the controller does not answer'), TOWARDS_SAFE.test(path) ? `. ${t('Use the rig\'s own emergency stop.')}` : ''];
}

function line(words: Line): (Node | string)[] { return typeof words === 'string' ? [words] : words; }

/** Returns true when the plant accepted it. */
export async function command(what: Line, path: string, body: Record<string, unknown> = {}): Promise<boolean> {
  if (!live.fresh() && !TOWARDS_SAFE.test(path)) {
    tell([...line(what), ` ${t('refused')}: `, t('the values on this page are old; look at the present ones, then do it again')], 'refused');
    return false;
  }
  tell([...line(what), ' …'], 'pending');
  try {
    const result = await post<CommandResult | undefined>(`${live.path}${path}`, { id: newId(), batch: live.batch, ...body });
    const pending = result?.state === 'pending';
    tell([...line(what), ': ', pending ? t('waits for the next scan') : t('done')], pending ? 'pending' : 'done');
    return !pending;
  } catch (refusal) {
    tell([...line(what), ` ${t('refused')}: `, ...reason(refusal, path)], 'refused');
    return false;
  }
}

/** What stands against a command as things are now, link by link; nothing is done. */
async function against(path: string, body: Record<string, unknown>): Promise<string[] | null> {
  try {
    return (await post<WhyNot>(`${live.path}${path}`, { id: newId(), batch: live.batch, ask: true, ...body })).reasons;
  } catch (refusal) {
    return refusal instanceof Refused ? [refusal.message] : null;
  }
}

export async function why(what: Line, path: string, body: Record<string, unknown> = {}): Promise<void> {
  const reasons = await against(path, body);
  if (reasons === null) tell([...line(what), ` ${t('not now')}: `, t('the controller does not answer')], 'refused');
  else if (reasons.length === 0) tell([...line(what), ': ', t('nothing stands against it any more')], 'refused');
  else tell([...line(what), ` ${t('not now')}: `, reasons.length > 1 ? '' : quoted(plain(reasons.join()))], 'refused', reasons);
}

/** A key that is never dead: a grey one says why not when it is pressed, link by link. */
export function key(label: string, what: Line, path: string, open: boolean, body: () => Record<string, unknown> = () => ({})): HTMLButtonElement {
  const act = (): void => void (open ? command(what, path, body()) : why(what, path, body()));
  return el('button', { type: 'button', class: 'key', 'aria-disabled': open ? false : 'true', 'data-command': path, click: act }, label);
}

/** The same in the size of a line of text. */
export function smallKey(...of: Parameters<typeof key>): HTMLButtonElement {
  const made = key(...of);
  made.className = 'small';
  return made;
}

/** A form that is a command; through its grey key it only asks, and no field is asked for first. */
export function commandForm(form: HTMLFormElement, label: string, what: Line, path: string, open: boolean, body: () => Record<string, unknown>, after: (done: boolean) => void = () => undefined): HTMLButtonElement {
  form.addEventListener('submit', (event) => { event.preventDefault(); void (open ? command(what, path, body()).then(after) : why(what, path, body())); });
  return el('button', { type: 'submit', class: 'key', formnovalidate: !open, 'aria-disabled': open ? false : 'true' }, label);
}

/** For what has no command id: pace, the twin's hands. */
export function ask<T>(what: Line, path: string, body: unknown): Promise<T | null> { return askAt<T>(what, `${live.path}${path}`, body); }

/** The same of what concerns no rig: accounts. */
export async function askAt<T>(what: Line, path: string, body: unknown): Promise<T | null> {
  try {
    return (await post<T>(path, body)) ?? (true as T);
  } catch (refusal) {
    tell([...line(what), ` ${t('refused')}: `, ...reason(refusal, path)], 'refused');
    return null;
  }
}

/** One touch. */
export function onTouch(button: HTMLElement, act: () => void): void { button.addEventListener('click', act); }

/** Held down with pointer, Space or Enter until it fills; letting go or Escape before that does nothing (HMI-14, HMI-22). */
export function onHoldDown(button: HTMLElement, consequence: Line, act: () => void): void {
  let timer = 0;
  const release = (): void => {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    button.classList.remove('arming');
    tell([...line(consequence), ` ${t('Keep it held down to do it.')}`], 'pending');
  };
  const press = (): void => {
    if (timer !== 0 || (button as HTMLButtonElement).disabled) return;
    if (button.getAttribute('aria-disabled') === 'true') return act();
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

/** A key that is held down before it acts; grey it says why not when it is touched. */
export function graveKey(label: Line, what: Line, path: string, open: boolean, consequence: Line, body: () => Record<string, unknown> = () => ({})): HTMLButtonElement {
  const made = el('button', { type: 'button', class: 'key grave', 'aria-disabled': open ? false : 'true', 'data-command': path }, label, el('small', {}, ` ${t('hold down')}`));
  onHoldDown(made, consequence, () => void (open ? command(what, path, body()) : why(what, path, body())));
  return made;
}

/** On old values nothing is offered (HMI-17) but what leads towards safe: it is tried, and says so when it does not arrive. */
function cut(lost: boolean): void {
  for (const control of document.querySelectorAll<HTMLButtonElement>('.command-buttons button, .twin button, .twin input, .strip button, main button[type=submit], main .key, .faceplate .key, main [data-command], .faceplate [data-command], .mode button')) {
    if (lost && !control.disabled && !towardsSafe(control)) { control.disabled = true; control.dataset.cut = 'true'; }
    else if (!lost && control.dataset.cut === 'true') { control.disabled = false; delete control.dataset.cut; }
  }
}

function towardsSafe(control: HTMLElement): boolean { return TOWARDS_SAFE.test(`/${control.dataset.batch ?? control.dataset.unitCommand ?? control.dataset.command ?? ''}`); }

/** The batch commands at the foot of every page. */
export function batchCommands(): void {
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && byId('said')?.dataset.kind === 'refused') hush(); });
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-batch]')) {
    const word = button.dataset.batch ?? '';
    const act = (): void => {
      const order = word === 'start' && live.situation?.batch !== 'Idle' ? 'restart' : word;
      if (button.getAttribute('aria-disabled') === 'true') return void why(order.toUpperCase(), `/batch/${order}`);
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
      start.disabled = false;
      start.setAttribute('aria-disabled', String(!(can('Operate') && (may('Start') || may('Restart')))));
    }
    for (const [id, word] of [['hold', 'Hold'], ['stop', 'Stop'], ['abort', 'Abort']] as const) {
      const button = byId(id) as HTMLButtonElement | null;
      if (button) button.setAttribute('aria-disabled', String(!may(word)));
    }
    cut(!live.fresh());
  });
  // What comes back is looked at before it can be pressed.
  live.onLink((lost) => { if (lost) cut(true); else setTimeout(() => { if (live.fresh()) cut(false); }, LOOKED_AT_MS + 20); });
}
