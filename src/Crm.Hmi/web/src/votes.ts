// Several instruments that decide together: the voted value, every channel, and the vote that is left (SAF-11, SAF-12).
import { el, quoted } from './dom';
import { get, live } from './live';
import { number, unit } from './text';
import { phrase, t } from './words';
import type { TagInfo, VoteSeen } from './contracts';

/** Nothing is shown for an instrument that stands alone. */
export function votes(place: HTMLElement, tag: TagInfo): void {
  const box = el('div', { class: 'votes', hidden: true });
  place.append(box);
  let drawn = '';
  const look = (): void => void get<VoteSeen[]>(`${live.path}/tags/${encodeURIComponent(tag.name)}/votes`).then((seen) => {
    const fresh = JSON.stringify(seen);
    if (fresh === drawn) return;
    drawn = fresh;
    box.hidden = seen.length === 0;
    box.replaceChildren(el('h3', {}, t('Votes together with')), ...seen.map((vote) => one(vote, tag)));
  }).catch(() => undefined);
  look();
  const timer = window.setInterval(() => { if (box.isConnected) look(); else window.clearInterval(timer); }, 1000);
}

function one(vote: VoteSeen, tag: TagInfo): HTMLElement {
  const whole = vote.rule === vote.left;
  const value = (of: number | null): string => (of === null ? t('✕ BAD') : `${number(of, tag.decimals)} ${unit(tag.unit)}`.trimEnd());
  const title = vote.kind === 'loop' ? live.rig.loops.find((l) => l.name === vote.of)?.label ?? vote.of : t('Trip {0}', vote.of.replaceAll('-', ' '));
  return el('div', { class: 'vote', 'data-vote': vote.of },
    el('p', {}, el('b', { lang: 'en' }, title), ' ', el('span', { class: 'chip', lang: 'en' }, vote.rule), whole ? null : el('span', { class: 'chip strong' }, phrase('LEFT: {0}', quoted(vote.left))), vote.true ? el('span', { class: 'chip strong' }, t('VOTES TO TRIP')) : null),
    vote.kind === 'loop' ? el('p', {}, `${t('Voted value')} `, el('b', { class: 'voted' }, value(vote.value))) : null,
    el('table', {}, ...vote.channels.map((c) => el('tr', { 'data-channel': c.tag }, el('td', { lang: 'en' }, live.rig.tags.find((other) => other.name === c.tag)?.label ?? c.tag), el('td', { class: 'right' }, value(c.value)), el('td', { lang: 'en' }, c.says)))));
}
