// A remark into the record of the batch: changes nothing, and is there for whoever reads it (S88-24).
import { can, el } from './dom';
import { command, why } from './commands';

export function remarkForm(): HTMLElement {
  const words = el('input', { type: 'text', maxlength: '500', name: 'remark', required: true, autocomplete: 'off', placeholder: 'what you saw or did', 'aria-label': 'Remark into the record' });
  const open = can('Acknowledge');
  const form = el('form', { class: 'row remark' }, words, el('button', { type: 'submit', class: 'key', formnovalidate: !open, 'aria-disabled': open ? false : 'true' }, 'Remark into the record'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const reason = words.value.trim();
    if (!open) return void why('Remark', '/remarks', { reason });
    void command('Remark', '/remarks', { reason }).then((done) => { if (done) words.value = ''; });
  });
  return form;
}
