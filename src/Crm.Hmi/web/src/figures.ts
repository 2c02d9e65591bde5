// What measurements say of a batch: asked from the record, written with as many digits as their uncertainty supports.
import { el, quoted } from './dom';
import { get, live } from './live';
import { phrase, t } from './words';
import type { BatchFigures, Quantity, RecordedBatchSeen } from './contracts';

export const UNKNOWN = '–';

/** Two digits of the expanded uncertainty, the value to the same place. */
export function plusMinus(found: Quantity | null, scale = 1): string {
  if (!found) return UNKNOWN;
  const value = found.value * scale, expanded = Math.abs((found.uncertainty ?? 0) * scale);
  if (expanded <= 0) return significant(value);
  const places = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(expanded))));
  return `${value.toFixed(places)} ± ${expanded.toFixed(places)}`;
}

export function significant(value: number, digits = 3): string {
  if (value === 0) return '0';
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(6, places));
}

/** A limit as it was written, without zeros behind. */
export function bare(value: number): string { return String(Number(value.toPrecision(6))); }

export function litres(value: number | null): string { return value === null ? UNKNOWN : `${value.toFixed(1)} L`; }

export function percent(fraction: number | null): string { return fraction === null ? UNKNOWN : `${(100 * fraction).toFixed(1)} %`; }

export function batches(): Promise<RecordedBatchSeen[]> { return get<RecordedBatchSeen[]>(`${live.path}/record/batches`); }

export function figuresOf(key: string): Promise<BatchFigures> { return get<BatchFigures>(`${live.path}/record/batches/${encodeURIComponent(key)}/figures`); }

/** The batch that is looked at, again and again; what stands against it is said in its place. */
export function follow(place: HTMLElement, show: (figures: BatchFigures) => void, everyMs = 5000): void {
  const note = el('p', { class: 'reason', role: 'status', hidden: true });
  place.prepend(note);
  let drawn = '';
  const look = async (): Promise<void> => {
    try {
      const wanted = live.batch === '' ? live.situation?.id ?? 'B1' : live.batch;
      const all = await batches();
      const batch = all.find((b) => b.current && b.batch === wanted) ?? all.find((b) => b.current);
      if (!batch) { note.hidden = false; note.textContent = t('Nothing of this batch is on record yet. Figures come with its START.'); return; }
      const figures = await figuresOf(batch.key);
      note.hidden = true;
      const fresh = JSON.stringify({ ...figures, at: 0 });
      if (fresh !== drawn) { drawn = fresh; show(figures); }
    } catch (failure) {
      note.hidden = false;
      note.replaceChildren(...phrase('The figures cannot be had now: {0}', quoted(failure instanceof Error ? failure.message : '')));
    }
  };
  void look();
  setInterval(() => { if (!document.hidden && !live.lost) void look(); }, everyMs);
}
