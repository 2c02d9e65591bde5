// FINISH of what runs on until its feed is gone: an orderly shut-down, after which the procedure goes on (held down, like its peers).
import { byId, can, el, quoted } from './dom';
import { graveKey } from './commands';
import { unitLabel } from './modes';
import { phrase } from './words';
import type { Situation, UnitSeen } from './contracts';

let drawn = '';
export function finish(now: Situation): void {
  const place = byId('finish');
  const running = now.units.filter((u) => u.runsOn);
  const fresh = JSON.stringify([now.id, running.map((u) => [u.unit, u.state, u.commands.includes('Finish')])]);
  // Made anew only when something changed: a key that is being held down stays.
  if (!place || fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...running.map((u) => el('div', { class: 'row', 'data-runs-on': u.unit }, el('span', { class: 'grow' }, phrase('{0} runs until its feed is gone.', quoted(unitLabel(u.unit)))), finishKey(u))));
}

/** Grey it asks the controller why not, and says it. */
export function finishKey(unit: UnitSeen): HTMLButtonElement {
  const label = unitLabel(unit.unit);
  return graveKey(phrase('FINISH {0}', quoted(label)), phrase('FINISH {0}', quoted(label)), `/units/${encodeURIComponent(unit.unit)}/finish`, can('Operate') && unit.commands.includes('Finish'),
    phrase('FINISH ends the feed of {0} now and shuts it down in order; the recipe goes on with what it has made.', quoted(label.toLowerCase())));
}
