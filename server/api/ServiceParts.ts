import type { SiteHierarchy } from '../link/fanOut/SiteHierarchy.js';
import type { SiteLinks } from '../link/SiteLinks.js';
import type { Maintainer } from '../maintenance/Maintainer.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SyncRunner } from '../sync/SyncRunner.js';

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
  readonly lastHeartbeat: () => Date | undefined;
  /** What was said of alerts may raise one, or end one. */
  readonly lookAtAlerts?: () => void;
  /** Called after each change: alerts may wait to be delivered. */
  readonly onChange?: () => void;
}
