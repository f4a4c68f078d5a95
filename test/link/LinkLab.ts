import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServiceParts } from '../../server/api/ServiceParts.js';
import { createJoinToken, revokeNode } from '../../server/api/sites.js';
import type { LinkReport, LinkState } from '../../server/contract/generated/types.js';
import { EMPTY_SUBSCRIPTION } from '../../server/criteria/subscription.js';
import type { Listener } from '../../server/downstream/port/PortOptions.js';
import { decodeJoinToken, type JoinToken } from '../../server/link/JoinToken.js';
import type { LinkedNode } from '../../server/link/LinkedNode.js';
import { readParentRecord } from '../../server/link/ParentRecord.js';
import type { SiteLinkHost } from '../../server/link/SiteLinkHost.js';
import { SiteLinks } from '../../server/link/SiteLinks.js';
import { prepareJoin } from '../../server/link/joinParent.js';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { realSiteEnvironment, type SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import type { SharedStore } from '../../server/store/SharedStore.js';
import { newRequestId } from '../engine/TestSite.js';
import { openLabContext } from './openLabContext.js';

/**
 * The links of a site in this process, with a port, over its real folder; what the engine does with states and reports
 * is left out.
 */
export class LabSite {
  generation = 0;
  host!: SiteLinkHost;
  listener: Listener | undefined;
  #parts!: Pick<ServiceParts, 'context' | 'links'>;

  constructor(readonly site: SiteFolder) {}

  /** Opens the site; the first time on any free port, afterwards on the same one. */
  async start(): Promise<this> {
    this.generation += 1;
    const { site, generation } = this;
    const context = await openLabContext(site, generation);
    const links = new SiteLinks({
      context,
      record: await readParentRecord(site, realSealer()),
      log: () => undefined,
      onOpen: async () => Promise.resolve(),
    });
    this.#parts = { context, links };
    this.host = await links.host();
    this.listener = await this.host.serve({ port: this.port });
    this.port = this.listener.address.port;
    return this;
  }

  /** A further server of the same site, which follows this one: it has a port of its own. */
  async further(): Promise<{ readonly host: SiteLinkHost; readonly port: number; stop(): Promise<void> }> {
    const { context } = this.#parts;
    const links = new SiteLinks({
      context: { ...context, shared: FOLLOWING },
      record: undefined,
      log: () => undefined,
      onOpen: async () => Promise.resolve(),
    });
    const host = await links.host();
    const listener = await host.serve({ port: 0 });
    return {
      host,
      port: listener.address.port,
      stop: async () => {
        await listener.close();
        await links.close();
      },
    };
  }

  get parts(): ServiceParts {
    return this.#parts as ServiceParts;
  }

  port = 0;

  async stop(): Promise<void> {
    if (this.listener === undefined) return;
    await this.listener.close();
    this.listener = undefined;
    const { context, links } = this.#parts;
    await links.close();
    await context.log.close();
    await context.documents.close();
    await context.database.close();
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async token(
    role: JoinToken['role'] = 'Site',
    more: { address?: string; expirationHours?: number } = {},
  ): Promise<string> {
    return (await createJoinToken(this.parts, { requestId: newRequestId(), role, ...more })).Token;
  }

  async revoke(siteCode: string, serverName?: string): Promise<void> {
    await revokeNode(this.parts, { requestId: newRequestId(), siteCode, serverName }, { keep: () => ({}) });
  }

  /** Resolves once a node is as wanted. */
  async node(siteCode: string, isAsWanted: (node: LinkedNode) => boolean): Promise<LinkedNode> {
    return new Promise((resolve) => {
      const look = (node: LinkedNode | undefined): void => {
        if (node?.siteCode !== siteCode || !isAsWanted(node)) return;
        takeBack();
        resolve(node);
      };
      const takeBack = this.host.children.onChange(look);
      look(this.host.children.nodes().find((node) => node.siteCode === siteCode));
    });
  }

  async connected(siteCode: string): Promise<LinkedNode> {
    return this.node(siteCode, (node) => node.connected);
  }

  /** Resolves once this site has, or has not, a connection to its parent. */
  async parentIs(connected: boolean): Promise<void> {
    const { parent } = this.host;
    if (parent === undefined || parent.connected === connected) return;
    await new Promise<void>((resolve) => {
      const takeBack = parent.onConnection((now) => {
        if (now !== connected) return;
        takeBack();
        resolve();
      });
    });
  }

  /** The next state that fits. */
  async state(isWanted: (state: LinkState) => boolean): Promise<LinkState> {
    return new Promise((resolve) =>
      this.host.parent?.onState((state) => (isWanted(state) ? resolve(state) : undefined)),
    );
  }

  /** The texts of wsyncmgr.log, complete once the engine is stopped. */
  lines(): readonly string[] {
    return readFileSync(path.join(this.site.path, 'Logs', 'wsyncmgr.log'), 'utf8')
      .split('\r\n')
      .map((line) => line.split('~  $$<')[0] ?? '');
  }
}

/** Sites of one machine in a folder of their own. */
export class LinkLab {
  readonly home = mkdtempSync(path.join(tmpdir(), 'cms-link-'));
  readonly sites: LabSite[] = [];

  /** Makes a site, below a parent if there is a token, and opens its engine. */
  async site(siteCode: string, options: { type?: string; token?: string; serverName?: string } = {}): Promise<LabSite> {
    return (await this.folder(siteCode, options)).start();
  }

  async folder(
    siteCode: string,
    {
      type,
      token,
      serverName = `${siteCode.toLowerCase()}.test`,
      folder,
    }: { type?: string; token?: string; serverName?: string; folder?: string } = {},
  ): Promise<LabSite> {
    const environment = { ...realSiteEnvironment(), env: { CONFIGMGRSYNC_HOME: this.home } };
    const join =
      token === undefined
        ? undefined
        : prepareJoin(
            { token, parentSiteCode: undefined },
            { version: packageVersion(), clock: systemClock, log: () => undefined },
          );
    const site = new LabSite(
      await createSite(
        {
          requestId: newRequestId(),
          siteCode,
          type,
          serverName,
          path: folder === undefined ? undefined : path.join(this.home, folder),
        },
        environment,
        join,
      ),
    );
    this.sites.push(site);
    return site;
  }

  /** Ends the engines, children first, so that the logs are complete. */
  async stop(): Promise<void> {
    for (const site of [...this.sites].reverse()) await site.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

const OWNER = { id: 'one', host: 'one.test', processId: 1, version: '1.0.0' };

/** Of a server that follows another one. */
const FOLLOWING = {
  role: {
    self: { ...OWNER, id: 'two', host: 'two.test' },
    standing: { role: 'Follower', epoch: 1, owner: OWNER },
    mayAct: false,
    onChange: () => () => undefined,
  },
  news: { add: () => () => undefined },
} as Partial<SharedStore> as SharedStore;

/** A state with the settings of a new site. */
export function stateOf(settingsVersion: number, requestId?: number): LinkState {
  return {
    settingsVersion,
    settings: {
      subscription: {
        selected: {
          ...EMPTY_SUBSCRIPTION.selected,
          Product: [],
          ProductFamily: [],
          Company: [],
          UpdateClassification: [],
        },
        pending: [],
      },
      summaryLanguages: ['en'],
      contentFileOption: 'FullFilesOnly',
      featureUpdateMaxRuntimeMins: 120,
      nonFeatureUpdateMaxRuntimeMins: 60,
      nonWindowsUpdateMaxRuntimeMins: 60,
      immediatelyExpireSupersedence: false,
      waitMonth: 3,
      immediatelyExpireSupersedenceForFeature: false,
      waitMonthForFeature: 3,
      callWsusCleanup: false,
      deleteObsoleteUpdates: false,
      obsoleteAgeDays: 30,
      updatesCleanupAgeDays: 7,
      syncFailureAlert: false,
    },
    ...(requestId === undefined ? {} : { request: { id: requestId, fullSync: false, contentVersion: 1, topRun: 1 } }),
  };
}

/** A report without rows. */
export function reportOf(siteCode: string, requestId = 0): LinkReport {
  return {
    moduleVersion: packageVersion(),
    siteCode,
    statuses: [],
    handled: { settingsVersion: 0, requestId },
    sites: [],
    alerts: [],
  };
}

/** The token with something changed. */
export function forged(token: string, change: Partial<Record<keyof JoinToken, unknown>>): string {
  return Buffer.from(JSON.stringify({ ...decodeJoinToken(token), ...change })).toString('base64url');
}
