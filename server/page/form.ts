import { type Html, html, type Piece } from './html.js';
import { TEXTS } from './texts.js';

/** A field of a form that asks with GET; what was asked before stands in it. */
export function fieldOf(label: string, name: string, { query, type = 'text' }: Asked): Html {
  return html`<label>${label} <input type="${type}" name="${name}" value="${query.get(name) ?? ''}" /></label>`;
}

/** What was asked, and what a field takes. */
interface Asked {
  readonly query: URLSearchParams;
  readonly type?: 'text' | 'date';
}

/** One of some values, or any. */
export function choiceOf(label: string, name: string, { query, options }: Choice): Html {
  const chosen = query.get(name) ?? '';
  return html`<label
    >${label}
    <select name="${name}">
      ${[['', TEXTS.any] as const, ...options].map(([value, text]) =>
        value === chosen
          ? html`<option value="${value}" selected>${text}</option>`
          : html`<option value="${value}">${text}</option>`,
      )}
    </select></label
  >`;
}

interface Choice {
  readonly query: URLSearchParams;
  readonly options: readonly (readonly [value: string, text: string])[];
}

/** The fields with their button, which begins with the first page. */
export function formOf(action: string, button: string, fields: Piece): Html {
  return html`<form action="${action}" method="get" role="search">${fields} <button>${button}</button></form>`;
}

/** The severities that updates have. */
export const SEVERITIES = ['None', 'Low', 'Moderate', 'Important', 'Critical'] as const;

/** What is chosen of some words; undefined for none of them. */
export function oneOf<Word extends string>(words: readonly Word[], text: string | null | undefined): Word | undefined {
  return words.find((word) => word === text);
}

/** An address with other values in its query; undefined leaves one out. */
export function addressWith(
  path: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}
