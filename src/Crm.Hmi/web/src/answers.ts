// Forms a person answers: confirmations, weighings, lots, laboratory results.
import { can, el } from './dom';
import { ask, commandForm, tell } from './commands';
import { live } from './live';
import { clock } from './text';
import type { PromptSeen, SampleSeen, TwinWork } from './contracts';

export function promptForm(prompt: PromptSeen, allowed: boolean): HTMLElement {
  const weighed = prompt.kind !== 'confirm';
  const checks = prompt.items.map((item) => el('input', { type: 'checkbox', required: true, 'aria-label': item }));
  const mass = el('input', { type: 'number', step: 'any', min: '0', required: true, inputmode: 'decimal', name: 'mass' });
  const lot = el('input', { type: 'text', maxlength: '60', name: 'lot', placeholder: prompt.material.replaceAll('_', ' ') });
  const assay = assayFields(prompt.analytes);
  const form = el('form', { class: 'prompt', 'data-prompt': prompt.id },
    el('h4', {}, prompt.label.replaceAll('_', ' ')), prompt.text !== prompt.label ? el('p', {}, prompt.text.replaceAll('_', ' ')) : null,
    prompt.protective ? el('p', { class: 'hazard' }, `⚠ ${prompt.protective}`) : null,
    prompt.items.length > 0 ? el('ul', { class: 'items' }, ...prompt.items.map((item, i) => el('li', {}, el('label', { class: 'check' }, checks[i] ?? null, item)))) : null);
  if (prompt.items.length > 1) form.append(el('button', { type: 'button', class: 'small', click: () => { for (const check of checks) check.checked = true; } }, 'All of these are done'));
  if (weighed) {
    if (prompt.asked !== null) form.append(el('p', {}, `Asked: ${prompt.asked.toFixed(3)} kg of ${prompt.material.replaceAll('_', ' ')}`));
    form.append(el('label', {}, 'Mass, kg ', mass), el('label', {}, 'Lot ', lot), assay.box);
    if (live.rig.twin && can('SteerTwin')) {
      form.append(el('button', { type: 'button', class: 'small', 'data-twin-work': 'true', click: () => void work(prompt.id, mass, assay) }, 'Let the twin do it and weigh'));
    }
  }
  const body = (): Record<string, unknown> => {
    if (!weighed) return { prompt: prompt.id };
    const found = assay.read();
    return { prompt: prompt.id, mass: Number(mass.value), ...(lot.value.trim() ? { lot: lot.value.trim() } : {}), ...(Object.keys(found).length > 0 ? { assay: found } : {}) };
  };
  form.append(el('div', {}, commandForm(form, weighed ? 'Enter' : 'Confirm', prompt.label, '/prompts/answer', allowed, body), el('small', {}, ` asked at ${clock(prompt.since)}`)));
  return form;
}

export function sampleForm(sample: SampleSeen, allowed: boolean): HTMLElement {
  const assay = assayFields(sample.analytes, true);
  const form = el('form', { class: 'prompt', 'data-sample': sample.name }, el('h4', {}, `Laboratory results of sample ${sample.name}`), el('p', {}, `taken from ${sample.place.replaceAll('_', ' ')} at ${clock(sample.takenAt)}`), assay.box);
  if (live.rig.twin && can('SteerTwin')) {
    form.append(el('button', { type: 'button', class: 'small', click: () => void ask<TwinWork>('Laboratory', '/twin/laboratory', { sample: sample.name, batch: live.batch }).then((found) => { if (found) assay.write(found); }) }, "Take the twin's laboratory results"));
  }
  form.append(el('div', {}, commandForm(form, 'Enter results', `Results of ${sample.name}`, '/samples/results', allowed, () => ({ sample: sample.name, assay: assay.read() }))));
  return form;
}

async function work(prompt: string, mass: HTMLInputElement, assay: AssayFields): Promise<void> {
  const done = await ask<TwinWork>('Twin', '/twin/work', { prompt, batch: live.batch });
  if (!done) return;
  if (done.mass !== null) mass.value = String(done.mass);
  assay.write(done);
  tell('the twin has done it; look at the values and enter them', 'done');
}

interface AssayFields { box: HTMLElement; read: () => Record<string, { value: number; uncertainty: number | null }>; write: (work: TwinWork) => void }

/** Mass percent on the screen, kg/kg in the record. Uncertainty comes with the twin's result, else the method's usual one is taken. */
export function assayFields(analytes: string[], required = false): AssayFields {
  const uncertainty: Record<string, number | null> = {};
  const inputs = new Map(analytes.map((name) => [name, el('input', { type: 'number', step: 'any', min: '0', max: '100', required, inputmode: 'decimal', name: `assay-${name}`, input: () => { delete uncertainty[name]; } })]));
  const box = el('fieldset', { class: 'assay', hidden: analytes.length === 0 }, el('legend', {}, 'Assay, mass %'), ...[...inputs].map(([name, input]) => el('label', {}, `${name} `, input)));
  return {
    box,
    read: () => Object.fromEntries([...inputs].filter(([, input]) => input.value !== '').map(([name, input]) => [name, { value: Number(input.value) / 100, uncertainty: uncertainty[name] ?? null }])),
    write: (found) => { for (const [name, quantity] of Object.entries(found.assay)) { const input = inputs.get(name); if (input) { input.value = Number((quantity.value * 100).toPrecision(5)).toString(); uncertainty[name] = quantity.uncertainty; } } },
  };
}
