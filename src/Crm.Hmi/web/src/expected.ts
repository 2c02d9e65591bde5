// When a batch is expected to end and its steps to come to begin: a run of its recipe that went to its end, moved to where this batch stands.
import { batches } from './figures';
import { get, live } from './live';
import { clock } from './text';
import { t } from './words';
import type { ExpectedCourse, ExpectedStep, Situation } from './contracts';

const AGAIN_MS = 20_000;
const OVER = ['Complete', 'Stopped', 'Aborted'];

/** What is to come, in plant time of this controller, s. */
export interface Outlook { end: number; /** First time that a step is still to come, and how long it takes. */ steps: Map<string, { at: number; takes: number }>; source: string }

let course: ExpectedCourse | null = null;

/** Asks for the course now and again; tells when another one is known. */
export function followExpected(tell: () => void): void {
  const look = async (): Promise<void> => {
    const id = live.situation?.id;
    const batch = (await batches()).find((b) => b.current && b.batch === id);
    if (!batch) return;
    const fresh = await get<ExpectedCourse>(`${live.path}/record/batches/${encodeURIComponent(batch.key)}/expected`);
    if (JSON.stringify(fresh) === JSON.stringify(course)) return;
    course = fresh;
    tell();
  };
  // Without an answer nothing is expected: the pages say so.
  const safely = (): void => { void look().catch(() => undefined); };
  safely();
  setInterval(() => { if (!document.hidden && !live.lost) safely(); }, AGAIN_MS);
}

/** Null when nothing is known, or nothing is to come. */
export function outlook(now: Situation, time: number): Outlook | null {
  if (!course || course.source === '' || OVER.includes(now.batch)) return null;
  const at = position(course.steps, now, time);
  const steps = new Map<string, { at: number; takes: number }>();
  for (const step of course.steps) if (step.from >= at && !steps.has(step.step)) steps.set(step.step, { at: time + step.from - at, takes: step.to - step.from });
  return { end: time + course.seconds - at, steps, source: course.source === 'prediction' ? t('by the twin’s prediction') : t('as an earlier batch took') };
}

/** To the minute: it is an expectation. */
export function about(seconds: number): string { return clock(Math.round(seconds / 60) * 60).slice(0, -3); }

/** How far the batch is on that run, s since its START: by what runs, as long as it was expected to take at most; else by what has ended. */
function position(steps: ExpectedStep[], now: Situation, time: number): number {
  const run = (id: string): ExpectedStep | undefined => {
    const known = steps.filter((s) => s.step === id), begun = now.bands.filter((b) => b.step === id).length;
    return known[Math.min(Math.max(begun, 1), known.length) - 1];
  };
  const running = now.steps.map((s) => ({ expected: run(s.id), since: s.since })).filter((s) => s.expected !== undefined);
  if (running.length > 0) return Math.max(...running.map((s) => s.expected!.from + Math.min(Math.max(0, time - s.since), s.expected!.to - s.expected!.from)));
  return Math.max(0, ...now.bands.filter((b) => b.to !== null).map((b) => run(b.step)?.to ?? 0));
}
