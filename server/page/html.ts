import { printable } from '../platform/printable.js';

/** Markup that is safe to send: only `html` makes it. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a page: texts are escaped, markup is not, of a list each piece. */
export type Piece = Html | string | number | undefined | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes markup of a template; every text in it is escaped, for an element and for an attribute in quotes. */
export function html(markup: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    compact(markup)
      .map((text, index) => text + markupOf(pieces[index]))
      .join(''),
  );
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The template without the indentation that its source has: a large table would be twice as large. */
function compact(markup: TemplateStringsArray): readonly string[] {
  const known = compacted.get(markup);
  if (known !== undefined) return known;
  const texts = markup.map((text) => text.replace(/\s*\n\s*/g, '\n'));
  compacted.set(markup, texts);
  return texts;
}

function markupOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'object') return piece.map(markupOf).join('');
  return printable(String(piece)).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}
