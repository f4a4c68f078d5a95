import type { Run, SUPSyncStatus } from '../../../server/contract/generated/types.js';
import type { ChildLink } from '../../../server/link/LinkedNode.js';
import { SiteHierarchy } from '../../../server/link/fanOut/SiteHierarchy.js';
import { neverSynchronized } from '../../../server/link/fanOut/treeStatuses.js';
import type { Clock } from '../../../server/platform/Clock.js';
import { Mutex } from '../../../server/platform/Mutex.js';
import type { SiteContext } from '../../../server/state/SiteContext.js';
import { readTarget } from '../../../server/state/hierarchyState.js';
import { SYNC_STATE, syncStateName } from '../../../server/status/statusMessage.js';
import type { SyncRunner } from '../../../server/sync/SyncRunner.js';
import { memorySettings } from './MemorySettings.js';

/** How a site is put below another. */
interface SiteParts {
  readonly siteCode: string;
  readonly serverName: string;
  readonly parentCode: string;
  readonly link: ChildLink;
  readonly clock: Clock;
  /** Ms that its next run takes. */
  readonly duration: () => number;
}

/** A run of a simulated site; times in ms. */
export interface SimulatedRun {
  readonly request: number;
  readonly begin: number;
  end: number;
}

type Runner = Pick<SyncRunner, 'current' | 'start' | 'watch'>;

/**
 * A site without an upstream and without a catalogue at the end of a link: it follows its parent as the real one does,
 * and its runs only take their time.
 */
export class SimulatedSite {
  readonly runs: SimulatedRun[] = [];
  readonly #parts: SiteParts;
  readonly #context: SiteContext;
  readonly #hierarchy: SiteHierarchy;
  #current: Run | undefined;
  #state = 0;
  #version = 0;

  private constructor(parts: SiteParts) {
    this.#parts = parts;
    const { siteCode, serverName, clock } = parts;
    this.#context = {
      site: { siteCode, serverName, path: '/nowhere' },
      parent: { siteCode: parts.parentCode },
      database: memorySettings(),
      log: { write: () => undefined },
      now: () => clock.now(),
      version: '0.0.0',
      settingsMutex: new Mutex(),
    } as unknown as SiteContext;
    this.#hierarchy = new SiteHierarchy({
      context: this.#context,
      runner: this.#runner(),
      ticker: () => () => undefined,
      answers: {
        status: async () => Promise.resolve([this.#row()]),
        softwareUpdatePoints: async () => Promise.resolve([]),
        alerts: async () => Promise.resolve([]),
        findings: async () => Promise.resolve([]),
      },
    });
  }

  static async open(parts: SiteParts): Promise<SimulatedSite> {
    const site = new SimulatedSite(parts);
    await site.#hierarchy.connect({ parent: parts.link, sitesBelow: () => [] });
    return site;
  }

  #runner(): Runner {
    const running = (): Run | undefined => this.#current;
    return {
      get current() {
        return running();
      },
      watch: () => () => undefined,
      start: async (_request, answer) => {
        const run = { Id: this.runs.length + 1, Succeeded: true } as Run;
        this.#current = run;
        await this.#context.database.commit(answer(run));
        await this.#begin(run);
        return run;
      },
    };
  }

  async #begin(run: Run): Promise<void> {
    const { clock, duration } = this.#parts;
    const target = await readTarget(this.#context.database);
    const begun: SimulatedRun = { request: target?.id ?? 0, begin: clock.now().getTime(), end: 0 };
    this.runs.push(begun);
    this.#is(SYNC_STATE.synchronizingWsus);
    clock.after(duration(), () => {
      begun.end = clock.now().getTime();
      this.#version = target?.contentVersion ?? 0;
      this.#current = undefined;
      this.#is(SYNC_STATE.done);
      void this.#hierarchy.runEnded(run);
    });
  }

  #is(state: number): void {
    this.#state = state;
    this.#hierarchy.changed();
  }

  #row(): SUPSyncStatus {
    const { siteCode, serverName, clock } = this.#parts;
    return {
      ...neverSynchronized(siteCode, serverName, ''),
      LastSyncState: this.#state,
      LastSyncStateName: syncStateName(this.#state),
      LastSyncStateTime: clock.now().toISOString(),
      SyncCatalogVersion: this.#version,
      HeartbeatTime: null,
      HeartbeatAgeSeconds: null,
    };
  }
}
