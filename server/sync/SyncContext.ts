import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { LinkRequest } from '../state/siteState.js';
import type { PackageImport } from '../transfer/PackageImport.js';
import type { Source } from '../upstream/Source.js';
import type { RunRecorder } from './RunRecorder.js';
import type { BatchReader } from './reading/BatchReader.js';
import type { KeptBatches } from './reading/KeptBatches.js';

/** What the phases of one run work with. Nothing in it changes meanwhile: what a phase finds out, it returns. */
export interface SyncContext extends SiteContext {
  readonly recorder: RunRecorder;
  readonly source: Source;
  readonly reader: BatchReader;
  readonly signal: AbortSignal;
  /** The administrator says that this is intentional when the upstream names few updates any more. */
  readonly allowMassExpiry: boolean;
  /** The site above, whose content version the run takes over; undefined at the top, and for an import. */
  readonly followed?: { readonly siteCode: string; readonly request: LinkRequest | undefined } | undefined;
  /** The package that the run imports instead of following the upstream. */
  readonly imported?: PackageImport | undefined;
  /** What the check of that package has kept. */
  readonly kept?: KeptBatches | undefined;
  /** The run brings nothing: it evaluates what the site has. */
  readonly isStoredOnly: boolean;
}

/** What the upstream, or a package, has named of the updates. Ids in lower case. */
export interface ListedUpdates {
  /** Those that a complete list named: what it lacks is gone upstream. */
  readonly listed?: ReadonlySet<string> | undefined;
  /** Those that any list named. */
  readonly relisted?: ReadonlySet<string> | undefined;
}

/** What the WSUS phase hands on to the site database phase and to the end of the run. */
export interface BroughtCatalogue extends ListedUpdates {
  /** The subscription that the updates were asked for with (`subscriptionKey`); undefined where a package was read. */
  readonly askedSubscription?: string | undefined;
  /** What the stored categories were worked out of in this phase (`settledBy`); undefined where they have to change. */
  readonly settledCategories?: string | undefined;
  /** How many licence terms could not be had. */
  readonly pendingLicenseTerms: number;
}

/** What the site database phase hands on to the end of the run. */
export interface SiteDatabaseResult {
  /** The settings as they were when it began: an administrator may have changed them since the run began. */
  readonly settings: ComponentSettings;
  /** Revision id up to which the catalogue has been evaluated. */
  readonly nextRevision: number;
  readonly changed: boolean;
  /** The subscribed products and classifications that it was evaluated with. */
  readonly categoriesKey: string;
}
