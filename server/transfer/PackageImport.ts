import type { FailedDocument } from '../upstream/Source.js';
import type { PackageSource } from './PackageSource.js';

/** What has been asked for, as it is stored while the import is under way. */
export interface ImportOrder {
  /** Under which the package lies in the Transfer folder. */
  readonly requestId: string;
  /** Path of the file as it was named. */
  readonly path: string;
}

/** What is remembered of a package once it is imported. */
interface ImportedPackage {
  /** ms since 1970 */
  readonly created: number;
  /** Highest revision of its server that this site has now; 0 for a package of wsusutil. */
  readonly reaches: number;
}

/** What was imported last, by the id of the catalogue that it is of. */
export type ImportedPackages = Readonly<Record<string, ImportedPackage>>;

/** A package that was checked and is to be imported. */
export interface PackageImport extends ImportedPackage {
  readonly order: ImportOrder;
  readonly source: PackageSource;
  readonly catalogue: string;
  readonly isIncrement: boolean;
  /** What is left out of it, and why. */
  readonly problems: readonly FailedDocument[];
  /** Removes the package from the site folder. */
  remove(): Promise<void>;
}
