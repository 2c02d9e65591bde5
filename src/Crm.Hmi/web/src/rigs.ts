// Several rigs on one controller: what every page says of the others, and where to go to them.
import { el } from './dom';
import { get, live } from './live';
import { glyph } from './shell';
import { counted, t } from './words';
import type { RigName } from './contracts';

const EVERY_MS = 2000;

/** State, trip, alarms and prompts of each rig beside its name, wherever one looks. */
export function rigs(): void {
  if (!document.getElementById('rig-bar')) return;
  const look = (): void => { if (!live.lost) void get<RigName[]>('/api/v1/rigs').then((all) => all.forEach(show)).catch(() => undefined); };
  look();
  setInterval(look, EVERY_MS);
}

const drawn = new Map<string, string>();

function show(rig: RigName): void {
  const key = JSON.stringify(rig);
  if (drawn.get(rig.name) === key) return;
  drawn.set(rig.name, key);
  const place = document.querySelector<HTMLElement>(`[data-rig-now="${CSS.escape(rig.name)}"]`);
  place?.replaceChildren(rig.batch.toUpperCase(), ...(rig.tripped ? [el('b', { class: 'tripped' }, t('TRIPPED'))] : []),
    ...rig.alarms.flatMap((count, i) => (count > 0 ? [glyph(i + 1, rig.unacknowledged === 0), String(count)] : [])),
    ...(rig.waiting > 0 ? [el('b', {}, `✎ ${counted(rig.waiting, '{0} prompt waiting', '{0} prompts waiting')}`)] : []));
}
