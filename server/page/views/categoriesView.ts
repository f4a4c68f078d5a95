import type { Category } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.categories;

/** Companies, families, products and classifications as a tree, with what is subscribed. */
export async function categoriesView({ ask }: Reader): Promise<View> {
  const { categories } = await ask('category/list', {});
  if (categories.length === 0) return { title: T.title, body: html`<p>${T.empty}</p>` };
  const below = new Map<number, Category[]>();
  const known = new Set(categories.map((one) => one.CategoryInstanceID));
  for (const category of categories) {
    const { ParentCategoryInstanceID: parent } = category;
    const key = known.has(parent) && parent !== category.CategoryInstanceID ? parent : 0;
    const siblings = below.get(key);
    if (siblings === undefined) below.set(key, [category]);
    else siblings.push(category);
  }
  return { title: T.title, body: branch(below, 0, LEVELS) };
}

/** Company, family, product, product: what an upstream nests deeper is not shown. */
const LEVELS = 6;

function branch(below: ReadonlyMap<number, readonly Category[]>, parent: number, levels: number): Html {
  const rows = levels === 0 ? [] : (below.get(parent) ?? []);
  const item = (category: Category): Html => {
    const mark = category.IsSubscribed ? html` <span class="well">${T.subscribed}</span>` : undefined;
    const rest = branch(below, category.CategoryInstanceID, levels - 1);
    return html`<li>
      ${category.LocalizedCategoryInstanceName} <small>${category.CategoryTypeName}</small>${mark}${rest}
    </li> `;
  };
  return rows.length === 0
    ? html``
    : html`<ul>
        ${rows.map(item)}
      </ul>`;
}
