// Campaigns: batches that begin by themselves when they are due. What each waits for; START, HOLD and STOP of the campaign; one put on the rig.
import { byId, can, el, quoted } from './dom';
import { ask, graveKey, key, newId, tell, why } from './commands';
import { get, live } from './live';
import { RECIPE_STATES, stateChip } from './states';
import { plain } from './text';
import { phrase, t } from './words';
import type { CampaignBatchSeen, CampaignChoice, CampaignSeen, CommandResult, Situation } from './contracts';

const MEANS: Record<string, string> = {
  Waits: t('NOT STARTED: none of its batches begins'), Goes: t('GOES: each batch begins by itself when it is due'), Held: t('HELD: no further batch begins, what runs goes on'),
  Stopped: t('STOPPED: what had not begun is withdrawn'), Complete: t('COMPLETE'),
};

let drawn = '';
export function campaigns(now: Situation): void {
  const place = byId('campaigns');
  // A key that is being held down is not taken from under the finger.
  if (!place || place.querySelector('.arming') || place.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
  const fresh = JSON.stringify([now.campaigns, now.id]);
  if (fresh === drawn) return;
  drawn = fresh;
  place.replaceChildren(...now.campaigns.map((c) => campaign(c, now.id)));
}

function campaign(seen: CampaignSeen, shown: string): HTMLElement {
  const open = seen.batches.some((b) => b.state === 'Idle');
  return el('section', { class: 'campaign', 'data-campaign': seen.name, 'aria-label': t('Campaign {0}', seen.name) },
    el('h4', {}, phrase('Campaign {0}: {1}', seen.name, quoted(seen.title))), el('p', { class: seen.state === 'Held' ? 'reason' : '' }, MEANS[seen.state] ?? seen.state, seen.reason === '' ? '' : [' (', quoted(plain(seen.reason)), ')']),
    el('table', {}, ...seen.batches.map((b) => row(b, shown))),
    open ? keys(seen) : el('p', { class: 'quiet' }, t('Every batch of it has begun or is over: they take their own commands.')));
}

function row(batch: CampaignBatchSeen, shown: string): HTMLElement {
  const waits = batch.state !== 'Idle' ? null : batch.waits === '' ? t('nothing: it begins within a second') : quoted(plain(batch.waits));
  return el('tr', { 'data-campaign-batch': batch.id }, el('td', {}, el('b', {}, batch.id)), el('td', {}, stateChip(batch.state)),
    el('td', {}, quoted(batch.title), waits === null ? '' : el('small', {}, ' ', phrase('waits: {0}', waits)), batch.plan === '' ? '' : el('small', {}, ' (', quoted(plain(batch.plan)), ')')),
    el('td', {}, batch.id === shown ? el('b', {}, t('SHOWN')) : el('button', { type: 'button', class: 'small', click: () => live.choose(batch.id) }, t('Show'))));
}

function keys(seen: CampaignSeen): HTMLElement {
  const path = `/campaigns/${encodeURIComponent(seen.name)}`;
  const reason = el('input', { type: 'text', maxlength: '200', placeholder: t('reason (needed for STOP)'), 'aria-label': t('Reason for campaign {0}', seen.name) });
  const body = (): Record<string, unknown> => ({ reason: reason.value.trim() });
  return el('div', { class: 'row' }, reason,
    key(t('START campaign'), t('START of campaign {0}', seen.name), `${path}/start`, can('Operate') && (seen.state === 'Waits' || seen.state === 'Held'), body),
    key(t('HOLD campaign'), t('HOLD of campaign {0}', seen.name), `${path}/hold`, seen.state === 'Goes', body),
    graveKey(t('STOP campaign'), t('STOP of campaign {0}', seen.name), `${path}/stop`, true, t('STOP withdraws every batch of the campaign that has not begun. What runs goes on.'), body));
}

/** A campaign beside the recipe of the first batch, put on the rig: all its batches IDLE until somebody starts it. */
export function furtherCampaign(): HTMLElement {
  const choice = el('select', { 'aria-label': t('Campaign to put on the rig'), id: 'further-campaign' });
  const note = el('p', { class: 'note' });
  const steps = el('table', {});
  let shelf: CampaignChoice[] = [];
  const offer = (): void => {
    const chosen = shelf.find((c) => c.file === choice.value);
    const fits = chosen !== undefined && chosen.problem === '' && can('Operate');
    put.setAttribute('aria-disabled', String(!fits));
    note.replaceChildren(chosen === undefined ? t('No campaign lies beside the recipe of the first batch.') : chosen.problem !== '' ? quoted(chosen.problem) : t('Its batches stay IDLE until you press START campaign. Then each begins by itself when it is due.'));
    steps.replaceChildren(...(chosen?.batches ?? []).map((b) => el('tr', {}, el('td', {}, el('b', {}, b.name)), el('td', {}, `${b.state === '' ? '' : `${RECIPE_STATES[b.state] ?? b.state.toUpperCase()}: `}${b.recipe} (${b.version})`), el('td', {}, b.plan === '' ? t('at once') : quoted(plain(b.plan))))));
  };
  choice.addEventListener('change', offer);
  const put = el('button', { type: 'button', class: 'key', id: 'put-campaign', 'data-command': '/campaigns', click: () => void bring(choice.value, put.getAttribute('aria-disabled') !== 'true') }, t('Put it on the rig'));
  const box = el('details', { id: 'further-campaigns' }, el('summary', {}, t('A campaign …')), el('div', { class: 'row' }, choice, put), note, steps);
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    void get<CampaignChoice[]>(`${live.path}/campaign-files`).then((found) => {
      shelf = found;
      choice.replaceChildren(...found.map((c) => el('option', { value: c.file, lang: 'en' }, c.problem === '' ? `${c.title} (${c.version})` : t('{0}: cannot be used', c.file))));
      offer();
    }).catch(() => { note.textContent = t('The campaigns cannot be listed now.'); });
  });
  return box;
}

async function bring(campaign: string, open: boolean): Promise<void> {
  if (!open) return why(t('Campaign'), '/campaigns', { campaign });
  const made = await ask<CommandResult>(t('Campaign'), '/campaigns', { id: newId(), campaign });
  if (made) tell(t('campaign {0} is on the rig, not started: press START campaign', made.reason), 'done');
}
