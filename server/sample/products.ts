import type { SourceLanguage } from '../wire/getConfigData.js';
import lines from './product-lines.json' with { type: 'json' };
import tree from './product-tree.json' with { type: 'json' };

/** A classification, company, family or product as of June 2024. */
export interface TreeCategory {
  readonly id: string;
  readonly revision: number;
  /** As published, stray blanks included. */
  readonly title: string;
  /** Titles in other languages, by culture code; classifications only. */
  readonly titles?: Readonly<Record<string, string | undefined>>;
  readonly parent?: string;
  readonly prohibitsUpdates?: boolean;
  readonly prohibitsSubcategories?: boolean;
  readonly excludedByDefault?: boolean;
}

/** Facts taken from a real export: what Microsoft Update classified its updates by. */
interface ProductTree {
  readonly classifications: readonly TreeCategory[];
  readonly companies: readonly TreeCategory[];
  readonly families: readonly TreeCategory[];
  readonly products: readonly TreeCategory[];
  readonly languages: readonly SourceLanguage[];
}

/** The real product tree: 12 classifications, 2 companies, 57 families, 356 products. */
export const productTree: ProductTree = tree;

/** A series of updates of which every issue replaces those before it. */
export interface ProductLine {
  /** With places for `{month}`, `{arch}`, `{kb}`, `{issue}` and `{minor}`. */
  readonly title: string;
  /** The product's name in texts. */
  readonly product: string;
  readonly products: readonly string[];
  /** Title of its classification. */
  readonly classification: string;
  readonly archs: readonly string[];
  /** How often it gets an issue, compared with the others. */
  readonly weight: number;
  /** Most children of its bundles; 0: no bundles. */
  readonly children: number;
  readonly build: number;
  /** How its files are called. */
  readonly file: string;
  /** Its article, where every issue has the same one. */
  readonly kb?: string;
  readonly osUpgrade?: boolean;
  readonly eula?: boolean;
}

const OTHER_TITLES: readonly (readonly [classification: string, title: string])[] = [
  ['Updates', 'Update for {product} (KB{kb})'],
  ['Security Updates', 'Security Update for {product} (KB{kb})'],
  ['Critical Updates', 'Critical Update for {product} (KB{kb})'],
  ['Update Rollups', 'Update Rollup {issue} for {product} (KB{kb})'],
  ['Feature Packs', 'Feature Pack for {product} (KB{kb})'],
  ['Service Packs', '{product} Service Pack {issue} (KB{kb})'],
  ['Tools', 'Best Practices Analyzer for {product} (KB{kb})'],
  ['Applications', '{product} (KB{kb})'],
];
const OTHER_WEIGHT = 0.12;

/** The well-known series, and one for every other product that may hold updates. */
export const PRODUCT_LINES: readonly ProductLine[] = [...lines, ...otherLines()];

function otherLines(): ProductLine[] {
  const known = new Set(lines.flatMap((line) => line.products));
  return productTree.products
    .filter(
      (product) => product.prohibitsUpdates !== true && product.excludedByDefault !== true && !known.has(product.id),
    )
    .map(otherLine);
}

function otherLine(product: TreeCategory, index: number): ProductLine {
  const [classification, title] = OTHER_TITLES[index % OTHER_TITLES.length] ?? ['Updates', '{product}'];
  const name = product.title.replace(/\s+/g, ' ').trim();
  return {
    title: title.replace('{product}', name),
    product: name,
    products: [product.id],
    classification,
    archs: ['x64'],
    weight: OTHER_WEIGHT,
    children: index % 3,
    build: 7600 + ((index * 97) % 18_000),
    file: name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '')
      .slice(0, 24),
  };
}
