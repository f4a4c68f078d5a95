import type { PackageImport } from '../transfer/PackageImport.js';
import type { Source } from '../upstream/Source.js';
import type { ChangeTally } from './ChangeTally.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { RunRecorder } from './RunRecorder.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { LinkRequest } from './hierarchy/hierarchyState.js';

/** What one synchronization works with. */
export interface SyncJob {
  readonly context: SiteContext;
  readonly recorder: RunRecorder;
  readonly source: Source;
  settings: ComponentSettings;
  readonly signal: AbortSignal;
  /** The administrator says that it is meant when the upstream names few updates any more. */
  readonly allowMassExpiry: boolean;
  /** What the run did to each update so far. */
  readonly tally: ChangeTally;
  /** The site above, whose content version the run takes over; undefined at the top. */
  readonly parent?: { readonly siteCode: string; readonly request: LinkRequest | undefined } | undefined;
  /** How many licence terms could not be had in this run. */
  pendingLicenseTerms?: number;
  /** The subscription that the updates were asked for with, as `subscriptionKey`. */
  askedSubscription?: string;
  /** The package that the run imports instead of following the upstream. */
  readonly imported?: PackageImport;
  /** The run brings nothing: it evaluates what the site has. */
  readonly isStoredOnly?: boolean;
  /** Ids (lower case) that a complete list of the updates named in this run: what it lacks is gone upstream. */
  listed?: ReadonlySet<string> | undefined;
  /** Ids that any list of the updates named in this run. */
  relisted?: ReadonlySet<string>;
}
