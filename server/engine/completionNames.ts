import { sorted } from '../criteria/collections.js';
import type { Steps } from '../platform/inTurns.js';
import type { CategoryRow } from '../store/rows.js';

/** What the names are taken from. */
export interface CompletionFacts {
  readonly siteCode: string;
  readonly categories: readonly Pick<CategoryRow, 'typeName' | 'title' | 'allowSubscription'>[];
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
export function* completionNames({
  siteCode,
  categories,
  articleIds,
  servers,
  languages,
}: CompletionFacts): Steps<CompletionNames> {
  const { compare } = new Intl.Collator('en');
  const titles = (typeName: string): Steps<readonly string[]> =>
    sorted(
      new Set(categories.filter((row) => isOffered(row) && row.typeName === typeName).map((row) => row.title)),
      compare,
    );
  return {
    SiteCode: siteCode,
    Product: yield* titles('Product'),
    ProductFamily: yield* titles('ProductFamily'),
    Company: yield* titles('Company'),
    UpdateClassification: yield* titles('UpdateClassification'),
    Language: languages,
    SoftwareUpdatePoint: servers,
    ArticleId: [...new Set(articleIds.filter((id) => id !== ''))],
  };
}

/** What cannot be subscribed is shown by the list of categories, but not offered while somebody types. */
function isOffered({ title, allowSubscription }: Pick<CategoryRow, 'title' | 'allowSubscription'>): boolean {
  return title !== '' && allowSubscription;
}
