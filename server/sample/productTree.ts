import type { SourceLanguage } from '../wire/getConfigData.js';
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
export interface ProductTree {
  readonly classifications: readonly TreeCategory[];
  readonly companies: readonly TreeCategory[];
  readonly families: readonly TreeCategory[];
  readonly products: readonly TreeCategory[];
  readonly languages: readonly SourceLanguage[];
}

/** The real product tree: 12 classifications, 2 companies, 57 families, 356 products. */
export const productTree: ProductTree = tree;
