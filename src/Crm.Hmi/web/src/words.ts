// The HMI's own words. The English text is the key; Dutch is one table in src/Crm.Hmi/words, which the server's pages read too (docs/decisions/0018).
import type alarms from '../../words/alarms.json';
import type batch from '../../words/batch.json';
import type frame from '../../words/frame.json';
import type material from '../../words/material.json';
import type pages from '../../words/pages.json';
import type records from '../../words/records.json';
import type rig from '../../words/rig.json';

/** A text that has its Dutch. */
export type English = keyof (typeof alarms & typeof batch & typeof frame & typeof material & typeof pages & typeof records & typeof rig);

/** As many values as the text has places. */
type Values<K, V> = K extends `${string}{3}${string}` ? [V, V, V, V] : K extends `${string}{2}${string}` ? [V, V, V] : K extends `${string}{1}${string}` ? [V, V] : K extends `${string}{0}${string}` ? [V] : [];

/** Loaded before this bundle, and only by who reads Dutch. */
const dutch = (globalThis as { crmDutch?: Record<string, string> }).crmDutch;

function own(english: string): string { return dutch?.[english] ?? english; }

/** A text with its values in their places. */
export function t<K extends English>(english: K, ...values: Values<K, string | number>): string {
  return own(english).replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));
}

/** The same with elements in the places: words of others stay in the language of their author. */
export function phrase<K extends English>(english: K, ...values: Values<K, Node | string | number>): (Node | string)[] {
  return own(english).split(/(\{\d\})/).filter((part) => part !== '').map((part) => {
    const value = /^\{\d\}$/.test(part) ? values[Number(part[1])] ?? '' : part;
    return typeof value === 'number' ? String(value) : value;
  });
}

/** Two lots, one lot. */
export function counted<K extends English, M extends English>(count: number, one: K, more: M, ...further: (string | number)[]): string {
  return t<English>(count === 1 ? one : more, ...([count, ...further] as unknown as []));
}
