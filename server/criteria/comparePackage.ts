import { localTime } from '../errors/localTime.js';

/** What a package and its file say of themselves, as far as a site compares it with itself. */
export interface ComparedPackage {
  /** Culture codes in lower case that were synchronized; `all` stands for every one; undefined: it does not say. */
  readonly languages: readonly string[] | undefined;
  /** Ids of what was synchronized; undefined: nothing can be concluded from the package. */
  readonly products: ReadonlySet<string> | undefined;
  readonly classifications: ReadonlySet<string> | undefined;
  /** ms since 1970 */
  readonly created: number;
  /** 0 for a package that is whole. */
  readonly follows: number;
  readonly signature: 'None' | 'Own' | 'Trusted' | 'Foreign';
  readonly fingerprint: string;
  /** How many updates have files that the package does not list. */
  readonly unlisted: number;
}

/** What was imported last of the same server. */
interface ImportedBefore {
  readonly created: number;
  readonly reaches: number;
}

/** What the site wants. */
export interface ComparingSite {
  readonly languages: readonly string[];
  readonly products: readonly NamedId[];
  readonly classifications: readonly NamedId[];
  readonly before: ImportedBefore | undefined;
  /** It trusts signers, so that an unsigned or foreign package is a difference. */
  readonly trustsSigners: boolean;
}

/** A category by its id and name. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/**
 * Why an administrator should look before a package is imported: sentences without a full stop, none when nothing
 * speaks against it.
 */
export function comparePackage(given: ComparedPackage, site: ComparingSite): readonly string[] {
  return [
    ...languageDifferences(given, site),
    ...criteriaDifferences(given, site),
    ...orderDifferences(given, site),
    ...signatureDifferences(given, site),
    ...fileDifferences(given),
  ];
}

function languageDifferences({ languages }: ComparedPackage, site: ComparingSite): string[] {
  if (languages === undefined || languages.includes('all')) return [];
  const missing = site.languages.filter((code) => !languages.includes(code));
  return missing.length === 0
    ? []
    : [`languages of this site that its server does not synchronize: ${missing.join(', ')}`];
}

function criteriaDifferences(given: ComparedPackage, site: ComparingSite): string[] {
  const missing = (wanted: readonly NamedId[], ids: ReadonlySet<string> | undefined): string =>
    (ids === undefined ? [] : wanted.filter(({ id }) => !ids.has(id))).map(({ name }) => name).join(', ');
  const products = missing(site.products, given.products);
  const classifications = missing(site.classifications, given.classifications);
  return [
    ...(products === '' ? [] : [`products of this site that it does not hold: ${products}`]),
    ...(classifications === '' ? [] : [`classifications of this site that it does not hold: ${classifications}`]),
  ];
}

function orderDifferences({ created, follows }: ComparedPackage, { before }: ComparingSite): string[] {
  const differences: string[] = [];
  if (before !== undefined && created < before.created) {
    differences.push(
      `it was made at ${localTime(created)}, before the last one of its server that was imported ` +
        `(${localTime(before.created)})`,
    );
  }
  const reached = before?.reaches ?? 0;
  if (follows > reached)
    differences.push(
      `it is incremental and follows revision ${follows} of its server, and this site ` +
        `has ${reached === 0 ? 'nothing' : `only up to revision ${reached}`} of it: a package in between is missing`,
    );
  return differences;
}

function signatureDifferences({ signature, fingerprint }: ComparedPackage, { trustsSigners }: ComparingSite): string[] {
  if (!trustsSigners) return [];
  if (signature === 'None') return ['it is not signed, and this site trusts signers'];
  return signature === 'Foreign' ? [`it is signed by ${fingerprint}, whom this site does not trust`] : [];
}

function fileDifferences({ unlisted }: ComparedPackage): string[] {
  return unlisted === 0 ? [] : [`${unlisted} of its updates have files that package.xml does not list`];
}
