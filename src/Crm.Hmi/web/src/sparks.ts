// The last hour of a value as a line of a word's height, without axes: which way it goes.
import { el } from './dom';
import { get, live } from './live';
import { clock } from './text';
import { t } from './words';
import type { TagInfo, Trend, TrendPen } from './contracts';

const SECONDS = 3600;
/** Pens of one request: what the controller gives at most. */
const MOST = 32;

export interface Spark { tag: TagInfo; canvas: HTMLCanvasElement }

/** @param width Columns, and pixels of the drawing. */
export function spark(tag: TagInfo, width: number, height: number): Spark {
  return { tag, canvas: el('canvas', { class: 'spark', width: String(width), height: String(height), 'aria-hidden': 'true' }) };
}

/** Drawn anew to the present; without an answer they stay as they are. */
export async function drawSparks(sparks: Spark[]): Promise<void> {
  const to = live.frame?.now ?? 0, columns = sparks[0]?.canvas.width ?? 0;
  if (sparks.length === 0 || to <= 1 || live.lost) return;
  const from = Math.max(0, to - SECONDS);
  for (let first = 0; first < sparks.length; first += MOST) {
    const some = sparks.slice(first, first + MOST);
    const trend = await get<Trend>(`${live.path}/trends?tags=${some.map((s) => s.tag.name).join(',')}&from=${from}&to=${to}&columns=${columns}`).catch(() => null);
    for (const one of some) {
      const pen = trend?.pens.find((p) => p.tag === one.tag.name);
      if (pen) draw(one, pen, t('{0} to {1}', clock(from), clock(to)));
    }
  }
}

function draw({ tag, canvas }: Spark, pen: TrendPen, title: string): void {
  const context = canvas.getContext('2d');
  const known = pen.low.concat(pen.high).filter((v): v is number => v !== null);
  if (!context || known.length === 0) return;
  const least = 0.02 * (tag.high - tag.low), room = canvas.height - 4;
  let low = Math.min(...known), high = Math.max(...known);
  if (high - low < least) { const middle = (high + low) / 2; low = middle - least / 2; high = middle + least / 2; }
  const y = (value: number): number => canvas.height - 2 - (room * (value - low)) / (high - low);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  pen.low.forEach((bottom, x) => { const top = pen.high[x]; if (bottom !== null && top !== null && top !== undefined) context.fillRect(x, y(top) - 0.7, 1, Math.max(1.4, y(bottom) - y(top) + 1.4)); });
  canvas.title = title;
  canvas.dataset.drawn = 'true';
}
