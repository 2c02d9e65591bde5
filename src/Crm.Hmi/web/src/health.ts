// What an instrument says about itself: letter, shape and colour, never colour alone (NE-05). The number is the API's (NE-07).
import { el, svg } from './dom';
import { t } from './words';

export interface Mark { letter: string; word: string; shape: string }

/** By code: 0 normal, 1 failure, 2 check function, 3 off specification, 4 maintenance required. */
export const MARKS: Mark[] = [
  { letter: '', word: t('good'), shape: '' },
  { letter: 'F', word: t('failure'), shape: 'M12 1 A11 11 0 1 1 11.99 1 Z' },
  { letter: 'C', word: t('function check: by hand, forced or in calibration'), shape: 'M1 1 H23 L12 23 Z' },
  { letter: 'S', word: t('out of specification'), shape: 'M12 1 L23 23 H1 Z' },
  { letter: 'M', word: t('maintenance required'), shape: 'M2 2 H22 V22 H2 Z' },
];
const BASELINES = [0, 17, 13, 20, 17];

export function mark(code: number): HTMLElement {
  const { letter, word, shape } = MARKS[code] ?? { letter: '?', word: t('unknown'), shape: '' };
  const text = svg('text', { x: 12, y: BASELINES[code] ?? 17, 'text-anchor': 'middle' });
  text.textContent = letter;
  return el('span', { class: `ne ne-${code}`, title: `${letter}: ${word}`, 'data-health': String(code) }, svg('svg', { viewBox: '0 0 24 24', width: 20, height: 20, role: 'img', 'aria-label': `${letter}, ${word}` }, svg('path', { class: 'shape', d: shape }), text));
}

/** Nothing is shown while all is well. */
export function showHealth(place: HTMLElement, code: number): void {
  if (place.dataset.code === String(code)) return;
  place.dataset.code = String(code);
  place.replaceChildren(...(code === 0 ? [] : [mark(code)]));
}
