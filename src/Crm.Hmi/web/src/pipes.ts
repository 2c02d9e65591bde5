// Pipes between the cards of the picture: drawn while something flows through them, by the gaps between the cards.
import { svg } from './dom';
import { live } from './live';
import { keepTrue } from './values';
import type { LineInfo } from './contracts';

export function drawPipes(place: HTMLElement, grid: HTMLElement): void {
  const layer = svg('svg', { class: 'pipes', 'aria-hidden': 'true' });
  const arrow = svg('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 4, markerHeight: 4, orient: 'auto' }, svg('path', { d: 'M0 0 L8 4 L0 8 Z' }));
  layer.append(svg('defs', {}, arrow));
  place.prepend(layer);
  const pipes = live.rig.lines.map((line) => ({ line, path: svg('path', { class: 'pipe', 'marker-end': 'url(#arrow)' }) }));
  for (const { path } of pipes) layer.append(path);
  const lay = (): void => {
    layer.setAttribute('width', String(grid.scrollWidth));
    layer.setAttribute('height', String(grid.scrollHeight));
    pipes.forEach(({ line, path }, i) => path.setAttribute('d', route(line, place, i % 3)));
  };
  new ResizeObserver(lay).observe(grid);
  lay();
  keepTrue(layer, (frame) => {
    for (const { line, path } of pipes) path.classList.toggle('flows', (frame.outputs[line.pump] ?? 0) > 0.05);
  });
}

/** Out of one card's side, along the gap above the other card's row, into its side. */
function route(line: LineInfo, place: HTMLElement, lane: number): string {
  const from = box(line.from, place), to = box(line.to, place);
  if (!from || !to) return '';
  const shift = 4 * (lane - 1);
  const y0 = from.top + from.height / 2 + shift, y1 = to.top + to.height / 2 + shift;
  const right = from.left + from.width, gapOut = right + 8 + shift / 2, gapIn = to.left - 8 + shift / 2;
  if (Math.abs(from.top - to.top) < 4 && Math.abs(to.left - right) < 40) return `M${right} ${y0} H${to.left - 1}`;
  const row = (to.top >= from.top ? to.top : to.top + to.height + 16) - 8 + shift / 2;
  return `M${right} ${y0} H${gapOut} V${row} H${gapIn} V${y1} H${to.left - 1}`;
}

function box(unit: string, place: HTMLElement): { left: number; top: number; width: number; height: number } | null {
  const card = place.querySelector<HTMLElement>(`[data-unit="${CSS.escape(unit)}"]`);
  return card ? { left: card.offsetLeft, top: card.offsetTop, width: card.offsetWidth, height: card.offsetHeight } : null;
}
