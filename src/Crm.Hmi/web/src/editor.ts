// The editor of a recipe: CodeMirror in a shadow root (its styles are then no inline styles), findings of the controller's own checks, completion and hints from the recipe schema and the rig.
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers, tooltips } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { FindingSeen } from './contracts';

/** A word of the language or of the rig, and what it means. */
export interface Word { label: string; detail: string; says: string }

export interface Editor {
  text(): string;
  load(text: string, mayWrite: boolean): void;
  show(findings: FindingSeen[]): void;
  goTo(line: number, column: number): void;
}

const look = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ink)', fontWeight: '700' }, { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--ink)' }, { tag: [tags.number, tags.bool], color: 'var(--ink)' }, { tag: tags.punctuation, color: 'var(--ink-soft)' },
]);
const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--ink)', backgroundColor: 'var(--field)' }, '&.cm-focused': { outline: '2px solid var(--focus)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace', overflow: 'auto' }, '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink-soft)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--busy)' }, '.cm-tooltip': { backgroundColor: 'var(--field)', color: 'var(--ink)', border: '2px solid var(--ink)', maxWidth: '460px', padding: '4px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--on)', color: 'var(--twin-ink)' }, // Alarm colours are for alarms alone: a mistake is told by shape and words.
  '.cm-lint-marker-error': { content: '"■"', color: 'var(--ink)' }, '.cm-lint-marker-warning': { content: '"□"', color: 'var(--ink)' },
  '.cm-lintRange-error, .cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '3px double var(--ink)' }, '.cm-diagnostic-error, .cm-diagnostic-warning': { borderLeft: '5px solid var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
});

/** @param changed Called a moment after the last key. */
export function openEditor(place: HTMLElement, label: string, words: Word[], changed: () => void): Editor {
  const root = place.attachShadow({ mode: 'open' });
  const by = new Map<string, Word[]>();
  for (const word of words) by.set(word.label, [...by.get(word.label) ?? [], word]);
  const writable = new Compartment();
  let timer = 0, loading = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), highlightSelectionMatches(), yaml(), syntaxHighlighting(look), lintGutter(), theme,
        autocompletion({ override: [(context) => complete(context, words)] }), hover(by),
        tooltips({ tooltipSpace: () => place.getBoundingClientRect() }), // The frame cuts off what stands out.
        keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]), EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        writable.of(EditorState.readOnly.of(true)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || loading) return;
          window.clearTimeout(timer);
          timer = window.setTimeout(changed, 500);
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    load: (text, mayWrite) => {
      loading = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, effects: writable.reconfigure([EditorState.readOnly.of(!mayWrite), EditorView.editable.of(true)]), selection: { anchor: 0 }, scrollIntoView: true });
      loading = false;
    },
    show: (findings) => view.dispatch(setDiagnostics(view.state, findings.filter((f) => f.file === '').map((f) => {
      const line = view.state.doc.line(Math.min(Math.max(1, f.line), view.state.doc.lines));
      const from = Math.min(line.to, line.from + Math.max(0, f.column - 1));
      return { from, to: line.to, severity: f.advice ? 'warning' as const : 'error' as const, source: f.code, message: f.remedy === '' ? f.message : `${f.message}; ${f.remedy}` };
    }))),
    goTo: (line, column) => {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: Math.min(at.to, at.from + Math.max(0, column - 1)) }, scrollIntoView: true });
      view.focus();
    },
  };
}

function complete(context: CompletionContext, words: Word[]): CompletionResult | null {
  const typed = context.matchBefore(/[\w.-]+/);
  if (!typed && !context.explicit) return null;
  const begins = (typed?.text ?? '').toLowerCase();
  const seen = new Set<string>();
  const options = words.filter((w) => w.label.toLowerCase().includes(begins) && !seen.has(w.label) && seen.add(w.label)).slice(0, 200).map((w) => ({ label: w.label, detail: w.detail, info: w.says }));
  return { from: typed?.from ?? context.pos, options, validFor: /^[\w.-]*$/ };
}

function hover(by: Map<string, Word[]>): ReturnType<typeof hoverTooltip> {
  return hoverTooltip((view, at) => {
    const line = view.state.doc.lineAt(at);
    for (const match of line.text.matchAll(/[A-Za-z_][\w.-]*/g)) {
      const from = line.from + match.index, to = from + match[0].length;
      const known = at >= from && at <= to ? by.get(match[0]) : undefined;
      if (!known) continue;
      return { pos: from, end: to, above: true, create: () => {
        const dom = document.createElement('div');
        for (const word of known.slice(0, 3)) { const p = document.createElement('div'); p.textContent = `${word.label}${word.detail === '' ? '' : ` (${word.detail})`}: ${word.says}`; dom.append(p); }
        return { dom };
      } };
    }
    return null;
  });
}
