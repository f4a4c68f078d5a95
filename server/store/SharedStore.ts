import { SyncError } from '../errors/SyncError.js';
import type { CarriedFiles, CarriedRequests, LicenseTermsRows, SharedKeyRows } from './SharedRows.js';
import type { NewsReaders, SiteNews } from './SiteNews.js';
import type { SiteRole, SiteServer } from './SiteRole.js';

/** A server as it stands in the database that it shares. */
export interface StoredServer extends SiteServer {
  /** When its engine has started and when it was last heard of: ms since 1970 UTC, on the clock of the database. */
  readonly since: number;
  readonly heartbeat: number;
  /** For how long nothing was heard of it, in ms. */
  readonly silence: number;
  readonly isOwner: boolean;
}

/** What a store is beside its content where several servers can share it. */
export interface SharedStore {
  readonly role: SiteRole;
  /** What the other servers have done. */
  readonly news: Pick<NewsReaders, 'add'>;
  /** Tells the other servers something; it is lost where nobody listens. */
  tell(news: SiteNews): Promise<void>;
  /** All of them, by host; the heartbeat is 0 of one whose engine has ended cleanly. */
  servers(): Promise<readonly StoredServer[]>;
  /** Takes one off that list. */
  forgetServer(id: string): Promise<void>;
  /**
   * The site is moved away: no server but this one opens the database any more, and none takes its lease. False where
   * this engine does not own the site.
   */
  leave(): Promise<boolean>;
  /** What the database has lost of what it had acknowledged, as a sentence; undefined where nothing is known of it. */
  loss(): string | undefined;
  readonly keys: SharedKeyRows;
  readonly requests: CarriedRequests;
  readonly files: CarriedFiles;
  readonly licenseTerms: LicenseTermsRows;
}

/** A lease ends after so long, and so does the patience with a server, in ms. */
const SILENT = 15_000;

/** True for a server that was heard of lately; the heartbeat is 0 of one whose engine has ended cleanly. */
export function isAtWork({ heartbeat, silence }: Pick<StoredServer, 'heartbeat' | 'silence'>): boolean {
  return heartbeat > 0 && silence <= SILENT;
}

/** A server as messages name it: several may run on one machine. */
export function describeServer({ host, processId }: Pick<SiteServer, 'host' | 'processId'>): string {
  return `${host} (process ${processId})`;
}

/** What of a site tells who owns it; nothing where nobody else can. */
interface MaybeShared {
  readonly shared?: SharedStore | undefined;
}

/** Whether this engine is the one that changes the site: the only one, or the owner among several servers. */
export function isOwner({ shared }: MaybeShared): boolean {
  return shared === undefined || shared.role.standing.role === 'Owner';
}

/** The error of what only the owner does. */
export function notOwner({ shared, site }: MaybeShared & { readonly site: { readonly siteCode: string } }): SyncError {
  const { self, standing } = shared?.role ?? {};
  return new SyncError('ServerNotOwner', {
    site: site.siteCode,
    owner: standing?.owner === undefined ? 'another server' : describeServer(standing.owner),
    server: self === undefined ? 'this one' : describeServer(self),
  });
}

/** The same, and no other one can have become it meanwhile: asked before what no database checks, as a mail. */
export function mayAct({ shared }: MaybeShared): boolean {
  return shared?.role.mayAct !== false;
}
