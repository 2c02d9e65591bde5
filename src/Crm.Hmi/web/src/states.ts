// Words of the controller that are few and known: states of ISA-88, kinds of lots, of events, classes of trips.
import { el } from './dom';
import { t } from './words';
import type { English } from './words';

/** Commands and states stay the standard's words, because record, radio and rig panel use them; their meaning stands beside them. */
const STATES = ['IDLE', 'STARTING', 'RUNNING', 'COMPLETING', 'COMPLETE', 'PAUSING', 'PAUSED', 'HOLDING', 'HELD', 'RESTARTING', 'STOPPING', 'STOPPED', 'ABORTING', 'ABORTED'] as const satisfies readonly English[];

/** Empty for who reads the standard's own language. */
export function gloss(state: string): string {
  const known = STATES.find((word) => word === state.toUpperCase());
  const meaning = known ? t(known) : '';
  return meaning === known ? '' : meaning;
}

export function stateChip(state: string): HTMLElement { return el('span', { class: 'chip', title: gloss(state) || false }, state.toUpperCase()); }

export const LOT_KINDS: Record<string, string> = { feed: t('feed'), product: t('product'), intermediate: t('intermediate'), residue: t('residue'), liquor: t('liquor'), salt: t('salt'), water: t('water') };

/** Who did what is on record, where it was no person. */
export const ACTORS: Record<string, string> = { controller: t('controller'), recipe: t('recipe'), scan: t('scan'), allocation: t('allocation'), protection: t('protection') };

/** Parts of an explanation. */
export const HEADINGS: Record<string, string> = { waits: t('waits'), 'by itself': t('by itself'), disagree: t('disagree'), restart: t('restart'), 'to do': t('to do'), 'what happened': t('what happened') };

export const RECIPE_STATES: Record<string, string> = { draft: t('DRAFT'), experimental: t('EXPERIMENTAL'), approved: t('APPROVED'), retired: t('RETIRED') };

export const TRIP_CLASSES: Record<string, string> = { safety: t('SAFETY'), protective: t('PROTECTIVE'), process: t('PROCESS') };

export const EVENTS: Record<string, string> = {
  BatchState: t('batch state'), StepStarted: t('step started'), StepEnded: t('step ended'), PhaseState: t('phase state'), Command: t('command'), CommandRefused: t('command refused'), Prompt: t('prompt'), Answer: t('answer'),
  Trip: t('trip'), TripReset: t('trip reset'), AlarmRaised: t('alarm raised'), AlarmCleared: t('alarm cleared'), LimitReached: t('limit reached'), Fault: t('fault'), Dose: t('dose'), LotCreated: t('lot created'), LotConsumed: t('lot consumed'),
  LotProduced: t('lot produced'), Sample: t('sample'), LabResult: t('lab result'), Note: t('note'), ModeChanged: t('mode changed'), Allocation: t('allocation'), Material: t('material'), Chosen: t('chosen'), Formula: t('formula'), Revision: t('revision'), StockTaken: t('stock taken'),
};
