import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { ProductLine } from './ProductLine.js';

/** What all variants of one issue of a series have in common. */
export interface Issue {
  readonly line: ProductLine;
  /** Counted from 1 within the series. */
  readonly number: number;
  readonly kb: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly severity: string;
  readonly bulletins: readonly string[];
  readonly cves: readonly string[];
  readonly isExpired: boolean;
}

/** A document to write. A child and a stand-alone update have files, a bundle has children. */
export interface UpdatePlan {
  readonly issue: Issue;
  readonly role: 'alone' | 'bundle' | 'child';
  readonly identity: UpdateIdentity;
  readonly arch: string;
  readonly title: string;
  readonly superseded: readonly string[];
  readonly bundled: readonly UpdateIdentity[];
}
