// The live picture: description of the rig, last frame, last situation, and whether the controller still speaks.
import type { FrameMessage, RigDescription, Situation } from './contracts';

/** Without a frame for this long the page says so (HMI-17 asks for two seconds). */
const SILENT_MS = 1500;

type Listener<T> = (value: T) => void;

class Live {
  rig!: RigDescription;
  frame: FrameMessage | null = null;
  situation: Situation | null = null;
  lost = false;
  /** Wall time of the last frame, ms. */
  heard = 0;
  private frames: Listener<FrameMessage>[] = [];
  private situations: Listener<Situation>[] = [];
  private links: Listener<boolean>[] = [];
  private wait = 300;

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
  onLink(tell: Listener<boolean>): void { this.links.push(tell); tell(this.lost); }

  /** Lets everything that shows the situation look at it again. */
  tellAgain(): void { const now = this.situation; if (now) for (const tell of this.situations) tell(now); }

  async begin(): Promise<void> {
    const [rig, now] = await this.look();
    this.rig = rig;
    this.frame = now.frame;
    this.situation = now.situation;
    this.heard = performance.now();
    setInterval(() => this.judge(), 250);
    document.addEventListener('visibilitychange', () => this.judge());
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
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.path}/stream${this.ofBatch}`);
    socket.onmessage = (message) => this.hear(JSON.parse(message.data as string) as FrameMessage | Situation);
    socket.onopen = () => { this.wait = 300; };
    socket.onclose = () => {
      setTimeout(() => this.connect(), this.wait * (0.7 + 0.6 * Math.random()));
      this.wait = Math.min(this.wait * 1.7, 3000);
    };
  }

  private hear(message: FrameMessage | Situation): void {
    if (message.kind === 'frame') {
      this.frame = message;
      this.heard = performance.now();
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
    const lost = performance.now() - this.heard > SILENT_MS;
    if (lost === this.lost && !lost) return;
    this.lost = lost;
    for (const tell of this.links) tell(lost);
  }
}

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
