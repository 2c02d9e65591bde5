// A trend on uPlot: pens over plant time, gaps where quality is bad, bands of phases, marks of events.
import uPlot from 'uplot';
import { clock, number, unit } from './text';
import { t } from './words';
import type { Band, OutputInfo, TagInfo, Trend } from './contracts';

const INK = ['--pen-1', '--pen-2', '--pen-3', '--pen-4', '--pen-5', '--pen-6', '--pen-7', '--pen-8'];

export function ink(pen: number): string { return getComputedStyle(document.documentElement).getPropertyValue(INK[pen % INK.length] ?? '--pen-1').trim(); }

/** Seconds between marks of the time axis: round times of a clock. */
const TICKS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** What a pen draws; steps: it stays as it is until it changes. */
export interface Pen { name: string; label: string; unit: string; ofUnit: string; decimals: number; steps: boolean }

export function penOfTag(tag: TagInfo): Pen { return { ...tag, steps: tag.switch }; }

/** An output is what it was told until it is told otherwise: drawn as steps. */
export function penOfOutput(output: OutputInfo): Pen { return { ...output, decimals: output.switch || output.unit === 'rpm' || output.unit === 'position' ? 0 : 1, steps: true }; }

export interface Marks { bands: Band[]; events: { at: number; text: string }[] }

export class Chart {
  private plot: uPlot | null = null;
  private marks: Marks = { bands: [], events: [] };

  constructor(private readonly place: HTMLElement, private tags: Pen[], private readonly height: () => number, private readonly onZoom?: (from: number, to: number) => void, private readonly small = false, private readonly onLegend?: (at: number | null, values: (number | null)[]) => void) { this.build(); }

  setPens(tags: Pen[]): void { this.tags = tags; this.build(); }

  draw(trend: Trend, marks: Marks): void {
    this.marks = marks;
    const count = trend.pens[0]?.last.length ?? 0;
    const times = Array.from({ length: count }, (_, i) => trend.from + (i + 0.5) * trend.step);
    const columns: (number | null)[][] = [];
    for (const tag of this.tags) {
      const pen = trend.pens.find((p) => p.tag === tag.name);
      const none = times.map(() => null);
      columns.push(pen?.last ?? none, pen?.low ?? none, pen?.high ?? none);
    }
    this.plot?.setData([times, ...columns] as uPlot.AlignedData, false);
    // Nobody points at the chart: its legend tells the newest values.
    if (this.plot && !this.small && (this.plot.cursor.left ?? -1) < 0 && count > 0) this.plot.setLegend({ idx: count - 1 });
    this.plot?.setScale('x', { min: trend.from, max: trend.from + count * trend.step });
  }

  resize(): void { this.plot?.setSize({ width: Math.max(200, this.place.clientWidth), height: this.height() }); }

  private build(): void {
    this.plot?.destroy();
    const units = [...new Set(this.tags.map((t) => t.unit))];
    const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const series: uPlot.Series[] = [{ value: (_, v) => (v === null || v === undefined ? '–' : clock(v)), label: t('Plant time') }];
    const bands: uPlot.Band[] = [];
    this.tags.forEach((tag, i) => {
      const scale = tag.unit;
      const value = (_: uPlot, v: number | null): string => (v === null || v === undefined ? '–' : `${number(v, tag.decimals)} ${unit(tag.unit)}`);
      series.push({ label: tag.label, scale, stroke: ink(i), width: 1.6, spanGaps: false, points: { show: false }, value, ...(tag.steps ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}) });
      series.push({ scale, show: true, stroke: 'transparent', width: 0, spanGaps: false, points: { show: false } });
      series.push({ scale, show: true, stroke: 'transparent', width: 0, spanGaps: false, points: { show: false } });
      bands.push({ series: [3 * i + 3, 3 * i + 2], fill: ink(i) + '38' });
    });
    const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line-soft'), width: 1 }, ticks: { stroke: colour('--line-soft') }, font: '12px system-ui, sans-serif' };
    const axes: uPlot.Axis[] = [{ ...axis, values: (_, ticks) => ticks.map(clock), space: 80, incrs: TICKS }];
    units.slice(0, 4).forEach((name, i) => {
      const own = this.tags.filter((t) => t.unit === name);
      axes.push({ ...axis, stroke: own.length === 1 ? ink(this.tags.indexOf(own[0]!)) : axis.stroke, scale: name, side: i % 2 === 0 ? 3 : 1, label: this.small ? undefined : unit(name) || name, labelSize: 16, labelFont: '12px system-ui, sans-serif', size: 52, grid: { show: i === 0, stroke: colour('--line-soft'), width: 1 } });
    });
    const scales: uPlot.Scales = { x: { time: false, auto: false } };
    for (const name of units) scales[name] = { auto: true, range: (_u, low, high) => room(low, high) };
    this.plot = new uPlot({
      width: Math.max(200, this.place.clientWidth), height: this.height(), series, bands, axes, scales,
      legend: { show: !this.small, live: true, markers: { width: 3 } },
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
      hooks: {
        setLegend: [(plot) => this.tellLegend(plot)],
        drawClear: [(plot) => this.drawMarks(plot)],
        setSelect: [(plot) => { if (plot.select.width > 8) this.onZoom?.(plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x')); plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false); }],
      },
    }, [[], ...this.tags.flatMap(() => [[], [], []])] as unknown as uPlot.AlignedData, this.place);
    // Lowest and highest are drawn as a band of their pen, not told again in the legend.
    const rows = this.place.querySelectorAll<HTMLElement>('.u-legend .u-series');
    rows.forEach((row, i) => { if (i > 0 && (i - 1) % 3 !== 0) row.hidden = true; });
  }

  /** Values under the cursor; the newest when nobody points. */
  private tellLegend(plot: uPlot): void {
    const at = plot.legend.idx;
    if (at === null || at === undefined) return;
    this.onLegend?.(plot.data[0][at] ?? null, this.tags.map((_, i) => plot.data[3 * i + 1]?.[at] ?? null));
  }

  private drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const style = getComputedStyle(document.documentElement);
    ctx.save();
    ctx.font = '11px system-ui, sans-serif';
    this.marks.bands.forEach((band, i) => {
      const from = Math.max(bbox.left, plot.valToPos(band.from, 'x', true));
      const to = Math.min(bbox.left + bbox.width, band.to === null ? bbox.left + bbox.width : plot.valToPos(band.to, 'x', true));
      if (to <= from) return;
      ctx.fillStyle = style.getPropertyValue(i % 2 === 0 ? '--band-1' : '--band-2').trim();
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
      if (to - from < 40) return;
      ctx.save();
      ctx.beginPath();
      ctx.rect(from, bbox.top, to - from - 4, 18);
      ctx.clip();
      ctx.fillStyle = style.getPropertyValue('--ink-soft').trim();
      ctx.fillText(band.label, from + 4, bbox.top + 13);
      ctx.restore();
    });
    ctx.strokeStyle = style.getPropertyValue('--ink-soft').trim();
    ctx.setLineDash([3, 3]);
    for (const mark of this.marks.events) {
      const x = plot.valToPos(mark.at, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + 18);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }
}

/** A little air, so that a steady value is a line in the middle and not noise over the whole height. */
function room(low: number, high: number): uPlot.Range.MinMax {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const least = Math.max(0.02 * Math.max(Math.abs(low), Math.abs(high)), 0.1);
  const air = Math.max(0.08 * (high - low), high - low < least ? least : 0);
  return [low - air, high + air];
}
