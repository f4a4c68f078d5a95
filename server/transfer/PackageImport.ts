import type { ImportOrder, ImportedPackage } from '../state/siteState.js';
import type { FailedDocument } from '../upstream/Source.js';
import type { PackageSource } from './PackageSource.js';

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
