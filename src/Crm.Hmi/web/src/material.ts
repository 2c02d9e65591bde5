// The material book: what lies where, of which lots, whose, clean or dirty; what is left on the shelf.
import { byId, el, quoted } from './dom';
import { get, live } from './live';
import { openUnit } from './plates';
import { plain } from './text';
import { t } from './words';
import type { MadeSeen, MaterialsSeen, PlaceSeen, ShareSeen, StockSeen } from './contracts';

const STATES: Record<string, string> = { clean: t('CLEAN'), dirty: t('DIRTY'), unknown: t('NOBODY KNOWS') };

export function material(): void {
  const place = byId('material');
  if (!place) return;
  place.className = 'material';
  place.append(
    el('section', { class: 'panel' }, el('h3', {}, t('What is where')), el('table', { id: 'places' })),
    el('div', { class: 'beside', tabindex: '0', role: 'region', 'aria-label': t('Lots and stock') },
      el('section', { class: 'panel' }, el('h3', {}, t('Lots on the shelf')), el('div', { id: 'material-day' }), el('table', { id: 'stock' })),
      el('section', { class: 'panel' }, el('h3', {}, t('Lots made here')), el('table', { id: 'made' }))));
  void look();
  setInterval(() => void look(), 2000);
}

let drawn = '';
async function look(): Promise<void> {
  const seen = await get<MaterialsSeen>(`${live.path}/materials`).catch(() => null);
  const fresh = JSON.stringify(seen);
  if (!seen || fresh === drawn) return;
  drawn = fresh;
  byId('places')?.replaceChildren(head(t('Place'), t('Holds'), t('Whose'), t('Of lots'), ''), ...[...seen.places].sort((a, b) => weight(a) - weight(b)).map(place));
  byId('stock')?.replaceChildren(head(t('Material'), t('Lot'), t('Left'), t('Strength'), t('Use until')), ...seen.stock.map((s) => lot(s, seen.stock.filter((o) => o.material === s.material).length > 1)));
  byId('made')?.replaceChildren(...(seen.made.length > 0 ? [head(t('Lot'), t('Of batch'), t('Made from')), ...seen.made.map(made)] : [el('tr', {}, el('td', { class: 'quiet' }, t('None yet.')))]));
  byId('material-day')?.replaceChildren(el('p', { class: seen.day === '' ? 'reason' : 'quiet' }, seen.day === '' ? t('Nobody has said what day it is: no lot expires. Say it on the Alarms page, under proof tests.') : t('Judged as of {0}.', seen.day)));
}

function head(...words: string[]): HTMLElement { return el('tr', {}, ...words.map((word) => el('th', { scope: 'col' }, word))); }

/** What holds something first, services last. */
function weight(p: PlaceSeen): number { return p.kind === 'service' ? 2 : p.empty ? 1 : 0; }

function place(p: PlaceSeen): HTMLElement {
  const unit = p.units.length === 1 ? live.rig.units.find((u) => u.name === p.units[0]) : undefined;
  const name = unit ? el('button', { type: 'button', class: 'unit-name', click: () => openUnit(unit), lang: 'en' }, p.label) : quoted(plain(p.label));
  return el('tr', { 'data-place': p.place, 'data-empty': String(p.empty) },
    el('td', {}, name, p.units.length > 1 ? el('small', {}, ' ', quoted(p.units.map(plain).join(', '))) : null),
    el('td', {}, el('b', {}, holds(p)), p.kind === 'cake' && !p.empty ? el('small', {}, p.washedLitres > 0 ? ` ${t('washed with {0} L', p.washedLitres.toFixed(1))}` : ` ${t('not washed')}`) : null),
    el('td', {}, shares(p.shares)),
    el('td', {}, ...p.lots.map((l) => el('span', { class: 'whole' }, l))),
    el('td', {}, p.kind === 'service' ? null : el('span', { class: p.empty && p.state !== 'clean' ? 'chip strong' : 'chip' }, STATES[p.state] ?? p.state),
      p.heel.length > 0 ? el('span', { class: 'chip strong', title: t('another batch must empty it first') }, t('HEEL OF {0}', p.heel.join(', '))) : null));
}

function holds(p: PlaceSeen): string {
  const what = plain(p.contents);
  if (p.kind === 'service') return p.litres === null ? what : `${p.litres.toFixed(1)} L ${what}`;
  if (p.empty) return what === '' ? t('empty') : t('empty, held {0}', what);
  if (p.kind === 'cake') return p.wetKilograms === null ? t('{0} cake, its load cells do not say how much', what) : t('{0} kg wet, {1} cake', p.wetKilograms.toFixed(2), what);
  const most = p.working === null ? '' : ` ${t('of {0} L', p.working.toFixed(0))}`;
  return p.litres === null ? t('{0}, no level says how much', what) : `${p.litres.toFixed(1)} L${most}, ${what === '' ? t('water') : what}`;
}

function shares(of: ShareSeen[]): string { return of.map((s) => (of.length === 1 ? s.batch : `${s.batch} ${(100 * s.part).toFixed(0)} %`)).join(', '); }

/** Which of several is drawn next is said; of one alone it needs no word. */
function lot(s: StockSeen, several: boolean): HTMLElement {
  return el('tr', { 'data-lot': s.lot },
    el('td', { lang: 'en' }, plain(s.label)),
    el('td', {}, el('span', { class: 'whole' }, s.lot), s.next && several ? el('span', { class: 'chip', title: t('drawn from next') }, t('NEXT')) : null, s.against === '' ? null : el('p', { class: 'reason', lang: 'en' }, plain(s.against))),
    el('td', { class: 'right whole' }, `${s.kilograms.toFixed(3)} kg`),
    el('td', { class: 'right' }, s.strength > 0 && s.strength < 1 ? `${Number((100 * s.strength).toFixed(1))} wt%` : ''),
    el('td', { class: 'whole' }, s.expires));
}

function made(m: MadeSeen): HTMLElement { return el('tr', { 'data-made': m.lot }, el('td', { lang: 'en' }, plain(m.lot)), el('td', {}, shares(m.shares)), el('td', {}, m.from.join(', '))); }
