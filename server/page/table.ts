import { type Html, html, type Piece } from './html.js';
import { mapInTurns } from './mapInTurns.js';

/** A column: its heading, and what a row has in it. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (row: T) => Piece;
  /** Numbers stand at the right. */
  readonly isNumber?: true;
}

/** A table that a narrow screen may scroll; the first column heads its row. */
export function tableOf<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Html {
  return tableAround(caption, columns, rows.map(rowOf(columns)));
}

/** The same of very many rows: others have their turn in between. */
export async function tableInTurns<T>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
): Promise<Html> {
  return tableAround(caption, columns, await mapInTurns(rows, rowOf(columns)));
}

function rowOf<T>(columns: readonly Column<T>[]): (row: T) => Html {
  return (row) => {
    const cell = (column: Column<T>, index: number): Html => {
      const piece = column.cell(row);
      if (index === 0) return html`<th scope="row">${piece}</th>`;
      return column.isNumber === true ? html`<td class="number">${piece}</td>` : html`<td>${piece}</td>`;
    };
    return html`<tr>
      ${columns.map(cell)}
    </tr> `;
  };
}

function tableAround<T>(caption: string, columns: readonly Column<T>[], rows: readonly Html[]): Html {
  const heading = ({ heading: text, isNumber }: Column<T>): Html =>
    isNumber === true ? html`<th scope="col" class="number">${text}</th>` : html`<th scope="col">${text}</th>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(heading)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A list of names with what they are. */
export function factsOf(facts: readonly (readonly [name: string, value: Piece])[]): Html {
  return html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd> `,
    )}
  </dl>`;
}

/** A list of sentences; the text instead where there are none. */
export function listOf(items: readonly Piece[], otherwise: string): Html {
  if (items.length === 0) return html`<p>${otherwise}</p>`;
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li> `)}
  </ul>`;
}
