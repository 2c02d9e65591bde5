// A remark into the record of the batch: changes nothing, and is there for whoever reads it (S88-24).
import { can, el } from './dom';
import { commandForm } from './commands';
import { t } from './words';

export function remarkForm(): HTMLElement {
  const words = el('input', { type: 'text', maxlength: '500', name: 'remark', required: true, autocomplete: 'off', placeholder: t('what you saw or did'), 'aria-label': t('Remark into the record') });
  const form = el('form', { class: 'row remark' }, words);
  form.append(commandForm(form, t('Remark into the record'), t('Remark'), '/remarks', can('Acknowledge'), () => ({ reason: words.value.trim() }), (done) => { if (done) words.value = ''; }));
  return form;
}
