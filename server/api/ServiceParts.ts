import type { EngineMethod } from '../contract/methods.js';
import type { SiteHierarchy } from '../link/fanOut/SiteHierarchy.js';
import type { SiteLinks } from '../link/SiteLinks.js';
import type { Maintainer } from '../maintenance/Maintainer.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { RequestContext } from '../rpc/requests.js';
import type { StoredServer } from '../store/SharedStore.js';
import type { SyncRunner } from '../sync/SyncRunner.js';

/** The servers of a site that share its database. */
export interface SiteServers {
  /** Id of this one. */
  readonly self: string;
  all(): Promise<readonly StoredServer[]>;
  /** Takes one off the list. */
  remove(id: string): Promise<void>;
  /** The key of the database. */
  key(): Promise<string>;
  /** Seals the keys of the site again with a new one; gives the other servers. */
  changeKey(): Promise<readonly StoredServer[]>;
}

/** Carries what changes the site to the server that owns it. */
export interface RequestCarrier {
  /** True where this server cannot do it. @throws SyncError where no server can do it for another one */
  isNeeded(method: EngineMethod): boolean;
  carry(method: EngineMethod, params: object, request: Pick<RequestContext, 'signal'>): Promise<unknown>;
}

/** What the handlers share. */
export interface ServiceParts {
  readonly context: SiteContext;
  readonly runner: SyncRunner;
  readonly maintainer: Maintainer;
  /** The site's place in a hierarchy. */
  readonly links: SiteLinks;
  /** Keeps the password of the proxy, '' to forget it. */
  readonly keepProxyPassword: (password: string) => Promise<void>;
  /** Called after a change of what parameters are completed with. */
  readonly onNamesChange?: () => void;
  /** Ends the engine once the answer is on its way. */
  readonly stop: () => void;
  /** Ends the engine in favour of a successor when nothing is in work; false when it stays. */
  readonly handOver: (successor: string) => boolean;
  /** The place of the site in its hierarchy; undefined for one that stands alone. */
  readonly hierarchy?: Pick<SiteHierarchy, 'nodes' | 'settingsChanged' | 'changed' | 'settled'> | undefined;
  /** The servers that share the database; undefined where none can. */
  readonly servers?: SiteServers | undefined;
  /** Undefined where this server is the only one. */
  readonly carrier?: RequestCarrier | undefined;
  readonly lastHeartbeat: () => Date | undefined;
  /** What was said of alerts may raise one, or end one. */
  readonly lookAtAlerts?: () => void;
  /** Called after each change: alerts may wait to be delivered. */
  readonly onChange?: () => void;
}
