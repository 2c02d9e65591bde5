// The live picture: description of the rig, last frame, last situation, and whether the controller still speaks.
import type { FrameMessage, RigDescription, Situation } from './contracts';

/** Without a frame for this long the page says so (HMI-17 asks for two seconds). */
const SILENT_MS = 1500;

/** Nothing of this page ran for longer than this: it slept, and what still waits in its socket is as old as its sleep. */
const ASLEEP_MS = 3000;

/** What comes back is looked at for this long before it is acted on: who presses earlier saw the picture before. */
export const LOOKED_AT_MS = 700;

/** Longest wait between two attempts to be connected; each is between 0.7 and 1.3 times what it should be, so that a hundred pages do not come at once. */
const LONGEST_WAIT_MS = 3000;

/** Close code of a stream whose session is over. */
const SIGN_IN_AGAIN = 1008;

type Listener<T> = (value: T) => void;

class Live {
  rig!: RigDescription;
  frame: FrameMessage | null = null;
  situation: Situation | null = null;
  lost = false;
  private frames: Listener<FrameMessage>[] = [];
  private situations: Listener<Situation>[] = [];
  private links: Listener<boolean>[] = [];
  private wait = 300;
  private socket: WebSocket | null = null;
  private retry = 0;
  /** When the last frame came, and when anything of this page last ran. */
  private heard = clocks();
  private ran = clocks();
  private waking = false;
  /** Since when the picture is live again. */
  private back = -LOOKED_AT_MS;

  get name(): string { return document.body.dataset.rig ?? ''; }
  get path(): string { return `/api/v1/rigs/${encodeURIComponent(this.name)}`; }
  /** The batch a person chose to look at and to address; empty: the current one. Kept while the window is open. */
  get batch(): string { return sessionStorage.getItem(`crm-batch ${this.name}`) ?? ''; }
  /** Behind a path: which batch is meant. */
  get ofBatch(): string { return this.batch === '' ? '' : `?batch=${encodeURIComponent(this.batch)}`; }

  choose(batch: string): void {
    if (batch === '') sessionStorage.removeItem(`crm-batch ${this.name}`);
    else sessionStorage.setItem(`crm-batch ${this.name}`, batch);
    location.reload();
  }

  onFrame(tell: Listener<FrameMessage>): void { this.frames.push(tell); if (this.frame) tell(this.frame); }
  onSituation(tell: Listener<Situation>): void { this.situations.push(tell); if (this.situation) tell(this.situation); }
  /** Once a second: what counts in plant time goes on while nothing else changes. */
  onSecond(tell: Listener<Situation>): void { setInterval(() => { if (this.situation && !this.lost) tell(this.situation); }, 1000); }
  onLink(tell: Listener<boolean>): void { this.links.push(tell); tell(this.lost); }

  /** Of the values shown, ms. */
  get age(): number { return since(this.heard); }

  /** Whether the values shown are present ones, looked at now: somebody is about to act on them. */
  fresh(): boolean { this.judge(); return !this.lost && performance.now() - this.back >= LOOKED_AT_MS; }

  /** Lets everything that shows the situation look at it again. */
  tellAgain(): void { const now = this.situation; if (now) for (const tell of this.situations) tell(now); }

  async begin(): Promise<void> {
    const [rig, now] = await this.look();
    this.rig = rig;
    this.frame = now.frame;
    this.situation = now.situation;
    this.heard = this.ran = clocks();
    setInterval(() => this.judge(), 250);
    document.addEventListener('visibilitychange', () => this.judge());
    document.addEventListener('resume', () => this.wake());
    this.connect();
  }

  private async look(): Promise<[RigDescription, { frame: FrameMessage; situation: Situation }]> {
    try {
      return await Promise.all([get<RigDescription>(this.path + this.ofBatch), get<{ frame: FrameMessage; situation: Situation }>(`${this.path}/snapshot${this.ofBatch}`)]);
    } catch (failure) {
      // A batch of a controller that is gone: back to the current one.
      if (this.batch !== '' && failure instanceof Refused && failure.status === 404) this.choose('');
      throw failure;
    }
  }

  private connect(): void {
    clearTimeout(this.retry);
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.path}/stream${this.ofBatch}`);
    this.socket = socket;
    socket.onmessage = (message) => { if (socket === this.socket) this.hear(message.data as string); };
    socket.onopen = () => { this.wait = 300; };
    socket.onclose = (closed) => {
      if (socket !== this.socket) return;
      this.retry = window.setTimeout(() => this.connect(), this.wait * (0.7 + 0.6 * Math.random()));
      // A socket does not say why it was refused: a session that is over leads to the sign-in page.
      if (closed.code === SIGN_IN_AGAIN || this.wait >= LONGEST_WAIT_MS) void get('/api/v1/sessions/me').catch(() => undefined);
      this.wait = Math.min(this.wait * 1.7, LONGEST_WAIT_MS);
    };
  }

  /** After a sleep nothing is live before a new socket has spoken. */
  private wake(): void {
    this.ran = clocks();
    this.waking = true;
    const old = this.socket;
    this.connect();
    old?.close();
    this.judge();
  }

  private slept(): boolean {
    const slept = since(this.ran) > ASLEEP_MS;
    this.ran = clocks();
    return slept;
  }

  private hear(text: string): void {
    if (this.slept()) return this.wake();
    const message = JSON.parse(text) as FrameMessage | Situation;
    if (message.kind === 'frame') {
      this.frame = message;
      this.heard = clocks();
      this.waking = false;
      for (const tell of this.frames) tell(message);
      this.judge();
    } else {
      // The batch that was the current one is over and the next has taken its place: another procedure.
      if (this.situation && message.id !== this.situation.id) return location.reload();
      // Its steps to come were changed: the list is drawn anew, and what a person is typing stays.
      if (this.situation && message.procedure !== this.situation.procedure) void get<RigDescription>(this.path + this.ofBatch).then((rig) => { this.rig = rig; this.tellAgain(); }).catch(() => undefined);
      this.situation = message;
      for (const tell of this.situations) tell(message);
    }
  }

  private judge(): void {
    if (this.slept()) return this.wake();
    const lost = this.waking || this.age > SILENT_MS;
    if (lost === this.lost && !lost) return;
    if (this.lost && !lost) this.back = performance.now();
    this.lost = lost;
    for (const tell of this.links) tell(lost);
  }
}

/** Two clocks: the first stands still while the machine sleeps, the second can be set. */
interface Clocks { steady: number; wall: number }

function clocks(): Clocks { return { steady: performance.now(), wall: Date.now() }; }

/** ms; by the clock that says more. */
function since(then: Clocks): number { return Math.max(performance.now() - then.steady, Date.now() - then.wall); }

export const live = new Live();

export class Refused extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export async function get<T>(path: string): Promise<T> { return read<T>(await fetch(path, { headers: { accept: 'application/json' } })); }

export async function post<T>(path: string, body: unknown): Promise<T> {
  return read<T>(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 401) location.assign('/sign-in');
  const text = await answer.text();
  if (answer.ok) return (text.length > 0 ? JSON.parse(text) : undefined) as T;
  let detail = `${answer.status}`;
  try { detail = (JSON.parse(text) as { detail?: string; title?: string }).detail ?? detail; } catch { /* not a problem document: the status must do */ }
  throw new Refused(answer.status, detail);
}
