/**
 * What a site says of a package it has made, beside what wsusutil's layout holds. Revision ids are the exporting site's
 * own: they only rise.
 */
export interface PackageDescription {
  readonly version: 1;
  readonly siteCode: string;
  readonly serverName: string;
  /** Which database the revision ids are of. */
  readonly catalogue: string;
  /** The last revision that the reader must have from earlier packages; 0: none, the package is whole. */
  readonly follows: number;
  /** The last revision that the reader has after it. */
  readonly reaches: number;
  /** Newest finished run at that time, for the next increment. */
  readonly run: number;
  /** Ids of the products and classifications that were synchronized. */
  readonly products: readonly string[];
  readonly classifications: readonly string[];
}
