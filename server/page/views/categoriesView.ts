import type { Category } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { type Html, html, type Piece } from '../html.js';
import type { View } from '../layout.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.categories;

/** Company, family, product, product: what an upstream nests deeper is not shown. */
const LEVELS = 6;

/** The categories of a site by what they stand below, and how many updates name each. */
interface Tree {
  readonly below: ReadonlyMap<number, readonly Category[]>;
  readonly counts: ReadonlyMap<number, number>;
}

/** Companies, families, products and classifications as a tree, with numbers of updates and what is subscribed. */
export async function categoriesView({ ask }: Reader): Promise<View> {
  const { categories, counts = [] } = await ask('category/list', { withCounts: true });
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
  const tree = { below, counts: new Map(counts.map((one) => [one.CategoryInstanceID, one.Updates])) };
  return {
    title: T.title,
    body: html`<p>${T.counted}</p>
      ${branch(tree, 0, LEVELS)}`,
  };
}

function branch(tree: Tree, parent: number, levels: number): Html {
  const rows = levels === 0 ? [] : (tree.below.get(parent) ?? []);
  const item = (category: Category): Html =>
    html`<li>
      ${nameOf(category, tree)} <small>${category.CategoryTypeName}</small>${
        category.IsSubscribed ? html` <span class="well">${T.subscribed}</span>` : undefined
      }${branch(tree, category.CategoryInstanceID, levels - 1)}
    </li> `;
  return rows.length === 0
    ? html``
    : html`<ul>
        ${rows.map(item)}
      </ul>`;
}

/** A link to its updates where updates name it. */
function nameOf(category: Category, { counts }: Tree): Piece {
  const { LocalizedCategoryInstanceName: name, CategoryTypeName: type } = category;
  const count = counts.get(category.CategoryInstanceID);
  if (count === undefined) return name;
  const query = new URLSearchParams({ [type === 'UpdateClassification' ? 'classification' : 'product']: name });
  return html`<a href="/updates?${query.toString()}">${name}</a> (${count.toLocaleString('en')})`;
}
