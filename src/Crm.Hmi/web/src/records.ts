// Records: batches and their reports, two of them beside each other, everything of one to take away, and the audit trail with its proof.
import { byId, el, quoted } from './dom';
import { batches, figuresOf, litres, percent, plusMinus, UNKNOWN } from './figures';
import { get, live } from './live';
import { ACTORS } from './states';
import { clock, plain } from './text';
import { counted, t } from './words';
import type { AuditSeen, BatchFigures, RecordedBatchSeen, RecordProof } from './contracts';

const chosen: string[] = [];
let filter = '';
let entries: AuditSeen[] = [];

export function records(): void {
  const place = byId('records');
  if (!place) return;
  place.className = 'sheet';
  const search = el('input', { type: 'search', id: 'audit-filter', placeholder: t('who, what, step …'), 'aria-label': t('Only entries that contain'), input: () => { filter = search.value.toLowerCase(); audit(); } });
  const prove = el('button', { type: 'button', class: 'small', id: 'prove', click: () => void proof(prove) }, t('Prove the record'));
  place.append(
    el('section', { class: 'panel' }, el('h3', {}, t('Batches')), el('table', { id: 'record-batches' }), el('p', { class: 'quiet' }, t('Tick two to compare them. An export holds report, figures, folded history and the batch\'s own entries.'))),
    el('section', { class: 'panel', id: 'compare', hidden: true }),
    el('section', { class: 'panel' }, el('h3', {}, t('Audit trail')), el('p', {}, search, ' ', prove, ' ', el('span', { id: 'proof', role: 'status' })), el('table', { id: 'audit' })));
  void look();
  setInterval(() => { if (!document.hidden && !live.lost) void look(); }, 5000);
}

let drawn = '';
async function look(): Promise<void> {
  const [all, newest] = await Promise.all([batches(), get<AuditSeen[]>(`${live.path}/record/entries?most=300`)]).catch(() => [null, null] as const);
  if (!all || !newest) return;
  entries = [...newest].reverse();
  audit();
  const fresh = JSON.stringify(all);
  if (fresh === drawn) return;
  drawn = fresh;
  byId('record-batches')?.replaceChildren(head('', t('Batch'), t('Recipe'), t('Began'), t('State'), t('Plant time'), ''), ...all.map(row));
}

function head(...words: string[]): HTMLElement { return el('tr', {}, ...words.map((word) => el('th', { scope: 'col' }, word))); }

function row(b: RecordedBatchSeen): HTMLElement {
  const at = (what: string): string => `${live.path}/record/batches/${encodeURIComponent(b.key)}/${what}`;
  const tick = el('input', { type: 'checkbox', 'aria-label': t('Compare {0} of {1}', b.batch, local(b.began)), checked: chosen.includes(b.key), disabled: !b.report, change: () => {
    if (tick.checked) chosen.push(b.key); else chosen.splice(chosen.indexOf(b.key), 1);
    while (chosen.length > 2) chosen.shift();
    document.querySelectorAll<HTMLInputElement>('#record-batches input').forEach((box) => { box.checked = chosen.includes(box.dataset.key ?? ''); });
    void compare();
  }, 'data-key': b.key });
  return el('tr', { 'data-batch': b.key },
    el('td', {}, tick), el('td', { class: 'whole' }, el('b', {}, b.batch), ' ', b.current ? el('span', { class: 'chip' }, t('THIS CONTROLLER')) : null),
    el('td', {}, b.recipe === '' ? t('its recipe file is not at hand') : quoted(b.recipe)), el('td', { class: 'whole' }, local(b.began)), el('td', {}, b.state.toUpperCase()), el('td', { class: 'right whole' }, `${b.hours.toFixed(1)} h`),
    el('td', { class: 'whole' }, b.report ? el('a', { href: at('report'), target: '_blank', rel: 'noopener', class: 'button' }, t('Report')) : null, ' ', el('a', { href: at('export'), download: `${live.name}-${b.key}.zip`, class: 'button' }, t('Export'))));
}

/** The machine's clock, with its offset from UTC. */
function local(stamp: string): string {
  if (stamp === '') return t('no stamp');
  const at = new Date(stamp), two = (n: number): string => String(Math.abs(n)).padStart(2, '0'), offset = -at.getTimezoneOffset();
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())} ${offset < 0 ? '−' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

async function compare(): Promise<void> {
  const place = byId('compare');
  if (!place) return;
  place.hidden = chosen.length < 2;
  if (chosen.length < 2) return;
  try {
    const [a, b] = await Promise.all([figuresOf(chosen[0]!), figuresOf(chosen[1]!)]);
    place.replaceChildren(el('h3', {}, t('Compared')), el('table', { id: 'compared' }, head('', `${a.batch} (${a.key})`, `${b.batch} (${b.key})`), ...lines(a, b).map(([name, one, two]) => el('tr', { class: one === two ? '' : 'differs' }, el('th', { scope: 'row' }, name), el('td', { class: 'right' }, one), el('td', { class: 'right' }, two)))));
  } catch (failure) {
    place.replaceChildren(el('p', { class: 'reason' }, failure instanceof Error ? failure.message : t('cannot be compared')));
  }
}

function lines(a: BatchFigures, b: BatchFigures): [string, string, string][] {
  const both = (name: string, say: (f: BatchFigures) => string): [string, string, string] => [name, say(a), say(b)];
  const limit = (f: BatchFigures, analyte: string): string => { const l = f.limits.find((x) => x.analyte === analyte); return l?.found ? `${plusMinus(l.found)} ${l.unit}, ${l.within ? t('within') : t('OUTSIDE')}` : UNKNOWN; };
  return [
    both(t('Recipe'), (f) => f.recipe), both(t('State'), (f) => f.state.toUpperCase()), both(t('Plant time'), (f) => clock(f.at)), both(t('Product'), (f) => (f.productMass ? `${plusMinus(f.productMass)} kg` : UNKNOWN)),
    both(t('Recovery of {0}', a.mainElement), (f) => (f.recovery ? `${plusMinus(f.recovery, 100)} %` : UNKNOWN)), both(t('In specification'), (f) => (f.productMass ? (f.inSpecification ? t('yes') : t('NO')) : UNKNOWN)), both(t('Balances closed'), (f) => (f.closed ? t('yes') : t('no'))),
    ...[...new Set([...a.limits, ...b.limits].map((l) => l.analyte))].map((analyte) => both(analyte, (f) => limit(f, analyte))),
    both(t('Fresh water'), (f) => litres(f.water.fresh)), both(t('Recycle rate of use'), (f) => percent(f.water.recycleRate)), both(t('Water closure error'), (f) => percent(f.water.closureError)), both(t('Samples'), (f) => String(f.samples.length)),
  ];
}

function audit(): void {
  const shown = entries.filter((e) => filter === '' || `${e.by} ${e.text} ${e.subject} ${e.kind} ${e.batch}`.toLowerCase().includes(filter));
  const table = byId('audit');
  if (!table) return;
  table.replaceChildren(head(t('No.'), t('When'), t('Who'), t('What'), t('Concerns'), t('Hash')), ...shown.slice(0, 200).map((e) => el('tr', { 'data-entry': String(e.sequence), class: e.kind === 'CommandRefused' ? 'refused-entry' : '' },
    el('td', { class: 'right' }, String(e.sequence)), el('td', { class: 'whole' }, e.stamp === '' ? clock(e.at) : local(e.stamp)), el('td', {}, ACTORS[e.by] ?? (e.by.includes(' ') ? quoted(e.by) : e.by)),
    el('td', {}, e.kind === 'CommandRefused' ? el('b', {}, `${t('REFUSED')} `) : null, quoted(plain(e.text))), el('td', { lang: 'en' }, e.batch === '' ? plain(e.subject) : `${e.batch} ${plain(e.subject)}`), el('td', { class: 'quiet' }, e.hash))));
  if (shown.length === 0) table.append(el('tr', {}, el('td', { class: 'quiet', colspan: '6' }, filter === '' ? t('Nothing yet.') : t('None of the newest {0} entries contains this.', entries.length))));
}

async function proof(button: HTMLButtonElement): Promise<void> {
  const said = byId('proof');
  if (!said) return;
  button.disabled = true;
  said.textContent = t('walking the chain …');
  try {
    const found = await get<RecordProof>(`${live.path}/record/proof`);
    said.textContent = found.whole ? counted(found.entries, 'Whole: {0} entry. Keep this elsewhere: {1}', 'Whole: {0} entries. Keep this elsewhere: {1}', found.head) : t('NOT as it was written: {0}', found.problem);
  } catch (failure) {
    said.textContent = failure instanceof Error ? failure.message : t('cannot be read');
  }
  button.disabled = false;
}
