import type { CategoryRow } from '../store/rows.js';

/** What the names are taken from. */
export interface CompletionFacts {
  readonly siteCode: string;
  readonly categories: readonly Pick<CategoryRow, 'typeName' | 'title'>[];
  /** Of the newest updates first; '' for none. */
  readonly articleIds: readonly string[];
  readonly servers: readonly string[];
  readonly languages: readonly string[];
}

/**
 * The content of `completion.json`: lists of names by what they name, each once, categories in alphabetical order, KB
 * numbers newest first.
 */
export interface CompletionNames {
  readonly SiteCode: string;
  readonly Product: readonly string[];
  readonly ProductFamily: readonly string[];
  readonly Company: readonly string[];
  readonly UpdateClassification: readonly string[];
  readonly Language: readonly string[];
  readonly SoftwareUpdatePoint: readonly string[];
  readonly ArticleId: readonly string[];
}

/** Makes it. */
export function completionNames({
  siteCode,
  categories,
  articleIds,
  servers,
  languages,
}: CompletionFacts): CompletionNames {
  const titles = (typeName: string): string[] =>
    [
      ...new Set(categories.filter((row) => row.typeName === typeName && row.title !== '').map((row) => row.title)),
    ].sort((a, b) => a.localeCompare(b, 'en'));
  return {
    SiteCode: siteCode,
    Product: titles('Product'),
    ProductFamily: titles('ProductFamily'),
    Company: titles('Company'),
    UpdateClassification: titles('UpdateClassification'),
    Language: languages,
    SoftwareUpdatePoint: servers,
    ArticleId: [...new Set(articleIds.filter((id) => id !== ''))],
  };
}
