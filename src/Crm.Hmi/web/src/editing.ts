// The editor of a recipe where one is written: a bundle of its own that only those pages load, and the words that it completes and explains.
import { get, live } from './live';
import { t } from './words';
import type { Editor, Word } from './editor';

/**
 * @param label What the text is, for who does not see it.
 * @param changed Called a moment after the last key.
 */
export async function recipeEditor(place: HTMLElement, label: string, changed: () => void): Promise<Editor> {
  const address = document.body.dataset.editor ?? '';
  const [{ openEditor }, schema] = await Promise.all([import(address) as Promise<typeof import('./editor')>, get<Record<string, unknown>>('/api/v1/recipe-schema').catch(() => ({}))]);
  return openEditor(place, label, [...ofSchema(schema), ...ofRig()], changed);
}

/** Keys of the language with what they mean, wherever in the schema they stand. */
function ofSchema(schema: unknown): Word[] {
  const words = new Map<string, Word>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    for (const [name, form] of Object.entries((node as { properties?: Record<string, unknown> }).properties ?? {})) {
      const says = (form as { description?: string } | null)?.description ?? '';
      if (says !== '' && !words.has(`${name} ${says}`)) words.set(`${name} ${says}`, { label: name, detail: 'word', says });
    }
    Object.values(node).forEach(walk);
  };
  walk(schema);
  return [...words.values()];
}

function ofRig(): Word[] {
  const rig = live.rig;
  return [
    ...rig.tags.map((tag) => ({ label: tag.name, detail: tag.unit, says: t('{0}, {1} to {2} {3}', tag.label, tag.low, tag.high, tag.unit) })),
    ...rig.outputs.map((o) => ({ label: o.name, detail: o.unit, says: t('{0}, {1} to {2} {3}', o.label, o.low, o.high, o.unit) })),
    ...rig.units.map((u) => ({ label: u.name, detail: u.class, says: u.label })),
    ...rig.dosing.map((d) => ({ label: d.reagent, detail: t('reagent'), says: `${d.label}${d.hazard === '' ? '' : ': ' + d.hazard}` })),
  ];
}
