// Forms a person answers: confirmations, weighings, lots, laboratory results.
import { can, el, quoted } from './dom';
import { ask, commandForm, tell } from './commands';
import { live } from './live';
import { clock } from './text';
import { phrase, t } from './words';
import type { PromptSeen, SampleSeen, TwinWork } from './contracts';

/** What each choice does, as the form says it. */
const CHOICES: Record<string, string> = {
  another_lot: t('Draw from another lot'), top_up: t('Top up with a further lot'), try_again: t('It is put right: try again'),
  accept: t('Accept it as it is, signed'), abort: t('Abort the batch'),
};

/** A charge was refused: why, how often, and what becomes of it. */
function chooseForm(prompt: PromptSeen, allowed: boolean): HTMLElement {
  const form = el('form', { class: 'prompt', 'data-prompt': prompt.id },
    el('h4', { lang: 'en' }, prompt.label.replaceAll('_', ' ')), el('p', { class: 'hazard' }, '⚠ ', quoted(prompt.text.replaceAll('_', ' '))),
    el('p', {}, phrase('{0} into {1}; refused {2}. Nothing has moved. Without a choice within 10 min the batch is held.', quoted(prompt.material.replaceAll('_', ' ')), quoted(prompt.place.replaceAll('_', ' ')), prompt.attempts === 1 ? t('once') : t('{0} times', prompt.attempts))));
  const lot = lotField([...prompt.others, ...prompt.topUp], prompt.id);
  const { note, password, signed } = signature();
  const named = el('label', { hidden: true }, `${t('Lot on the label')} `, lot.input, lot.list);
  const show = (word: string): void => {
    named.hidden = word !== 'another_lot' && word !== 'top_up';
    lot.input.value = word === 'another_lot' ? prompt.others[0] ?? '' : word === 'top_up' ? prompt.topUp.join(' ') : '';
    signed.hidden = word !== 'accept';
  };
  const picks = prompt.choices.map((word) => el('input', { type: 'radio', name: 'choice', value: word, required: true, change: () => { show(word); } }));
  form.append(el('ul', { class: 'items' }, ...prompt.choices.map((word, i) => el('li', {}, el('label', { class: 'check' }, picks[i] ?? null, CHOICES[word] ?? word)))), named, signed,
    el('div', {}, commandForm(form, t('Do this'), [quoted(prompt.label.replaceAll('_', ' '))], '/prompts/answer', allowed, () => ({ prompt: prompt.id, choice: picks.find((pick) => pick.checked)?.value ?? null, lot: lot.input.value.trim() || null, note: note.value.trim(), password: password.value }), () => { password.value = ''; }),
      el('small', {}, ` ${t('asked at {0}', clock(prompt.since))}`)));
  return form;
}

function lotField(known: string[], id: string): { input: HTMLInputElement; list: HTMLElement } {
  const name = `lots-${id.replaceAll('/', '-')}`;
  return { input: el('input', { type: 'text', maxlength: '60', name: 'lot', list: name, autocomplete: 'off' }), list: el('datalist', { id: name }, ...known.map((one) => el('option', { value: one }))) };
}

/** Reason and password of a person who answers for refused material. */
function signature(): { note: HTMLInputElement; password: HTMLInputElement; signed: HTMLElement } {
  const note = el('input', { type: 'text', maxlength: '200', name: 'note', autocomplete: 'off' });
  const password = el('input', { type: 'password', maxlength: '200', name: 'password', autocomplete: 'current-password' });
  return { note, password, signed: el('div', { hidden: true }, el('label', {}, `${t('Why it may go in')} `, note), el('label', {}, `${t('Your password again, {0}: it is the signature', document.body.dataset.person ?? '')} `, password)) };
}

export function promptForm(prompt: PromptSeen, allowed: boolean): HTMLElement {
  if (prompt.kind === 'choose') return chooseForm(prompt, allowed);
  const weighed = prompt.kind !== 'confirm';
  const checks = prompt.items.map((item) => el('input', { type: 'checkbox', required: true, 'aria-label': item }));
  const mass = el('input', { type: 'number', step: 'any', min: '0', required: true, inputmode: 'decimal', name: 'mass' });
  const lot = el('input', { type: 'text', maxlength: '60', name: 'lot', placeholder: prompt.material.replaceAll('_', ' ') });
  const assay = assayFields(prompt.analytes);
  const sign = signature();
  const accept = el('input', { type: 'checkbox', name: 'accept', change: () => { sign.signed.hidden = !accept.checked; } });
  const form = el('form', { class: 'prompt', 'data-prompt': prompt.id },
    el('h4', { lang: 'en' }, prompt.label.replaceAll('_', ' ')), prompt.text !== prompt.label ? el('p', { lang: 'en' }, prompt.text.replaceAll('_', ' ')) : null,
    prompt.protective ? el('p', { class: 'hazard' }, '⚠ ', quoted(prompt.protective)) : null,
    prompt.items.length > 0 ? el('ul', { class: 'items' }, ...prompt.items.map((item, i) => el('li', {}, el('label', { class: 'check' }, checks[i] ?? null, quoted(item))))) : null);
  if (prompt.items.length > 1) form.append(el('button', { type: 'button', class: 'small', click: () => { for (const check of checks) check.checked = true; } }, t('All of these are done')));
  if (weighed) {
    if (prompt.asked !== null) form.append(el('p', {}, phrase('Asked: {0} kg of {1}', prompt.asked.toFixed(3), quoted(prompt.material.replaceAll('_', ' ')))));
    form.append(el('label', {}, `${t('Mass, kg')} `, mass), el('label', {}, `${t('Lot')} `, lot), assay.box);
    if (prompt.refused) form.append(el('p', { class: 'hazard' }, phrase('⚠ Refused {0}: {1}', prompt.attempts === 1 ? t('once') : t('{0} times', prompt.attempts), quoted(prompt.refused.replaceAll('_', ' '))), prompt.others.length > 0 ? t('. Lots that would do: {0}', prompt.others.join(', ')) : ''));
    if (prompt.choices.includes('accept')) form.append(el('label', { class: 'check' }, accept, t('Accept this lot as it is, signed')), sign.signed);
    if (live.rig.twin && can('SteerTwin')) {
      form.append(el('button', { type: 'button', class: 'small', 'data-twin-work': 'true', click: () => void work(prompt.id, mass, assay) }, t('Let the twin do it and weigh')));
    }
  }
  const body = (): Record<string, unknown> => {
    if (!weighed) return { prompt: prompt.id };
    const found = assay.read();
    return { prompt: prompt.id, mass: Number(mass.value), ...(lot.value.trim() ? { lot: lot.value.trim() } : {}), ...(Object.keys(found).length > 0 ? { assay: found } : {}),
      ...(accept.checked ? { choice: 'accept', note: sign.note.value.trim(), password: sign.password.value } : {}) };
  };
  form.append(el('div', {}, commandForm(form, weighed ? t('Enter') : t('Confirm'), [quoted(prompt.label.replaceAll('_', ' '))], '/prompts/answer', allowed, body, () => { sign.password.value = ''; }), el('small', {}, ` ${t('asked at {0}', clock(prompt.since))}`)));
  return form;
}

export function sampleForm(sample: SampleSeen, allowed: boolean): HTMLElement {
  const assay = assayFields(sample.analytes, true);
  const form = el('form', { class: 'prompt', 'data-sample': sample.name }, el('h4', {}, t('Laboratory results of sample {0}', sample.name)), el('p', {}, phrase('taken from {0} at {1}', quoted(sample.place.replaceAll('_', ' ')), clock(sample.takenAt))), assay.box);
  if (live.rig.twin && can('SteerTwin')) {
    form.append(el('button', { type: 'button', class: 'small', click: () => void ask<TwinWork>(t('Laboratory'), '/twin/laboratory', { sample: sample.name, batch: live.batch }).then((found) => { if (found) assay.write(found); }) }, t('Take the twin\'s laboratory results')));
  }
  form.append(el('div', {}, commandForm(form, t('Enter results'), t('Results of {0}', sample.name), '/samples/results', allowed, () => ({ sample: sample.name, assay: assay.read() }))));
  return form;
}

async function work(prompt: string, mass: HTMLInputElement, assay: AssayFields): Promise<void> {
  const done = await ask<TwinWork>(t('Twin'), '/twin/work', { prompt, batch: live.batch });
  if (!done) return;
  if (done.mass !== null) mass.value = String(done.mass);
  assay.write(done);
  tell(t('the twin has done it; look at the values and enter them'), 'done');
}

interface AssayFields { box: HTMLElement; read: () => Record<string, { value: number; uncertainty: number | null }>; write: (work: TwinWork) => void }

/** Mass percent on the screen, kg/kg in the record. Uncertainty comes with the twin's result, else the method's usual one is taken. */
export function assayFields(analytes: string[], required = false): AssayFields {
  const uncertainty: Record<string, number | null> = {};
  const inputs = new Map(analytes.map((name) => [name, el('input', { type: 'number', step: 'any', min: '0', max: '100', required, inputmode: 'decimal', name: `assay-${name}`, input: () => { delete uncertainty[name]; } })]));
  const box = el('fieldset', { class: 'assay', hidden: analytes.length === 0 }, el('legend', {}, t('Assay, mass %')), ...[...inputs].map(([name, input]) => el('label', {}, `${name} `, input)));
  return {
    box,
    read: () => Object.fromEntries([...inputs].filter(([, input]) => input.value !== '').map(([name, input]) => [name, { value: Number(input.value) / 100, uncertainty: uncertainty[name] ?? null }])),
    write: (found) => { for (const [name, quantity] of Object.entries(found.assay)) { const input = inputs.get(name); if (input) { input.value = Number((quantity.value * 100).toPrecision(5)).toString(); uncertainty[name] = quantity.uncertainty; } } },
  };
}
