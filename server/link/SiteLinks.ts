import { randomBytes } from 'node:crypto';
import type { RolePage } from '../downstream/UpstreamServerOptions.js';
import { systemClock } from '../platform/Clock.js';
import { realSealer } from '../platform/sealSecret.js';
import { isOwner } from '../store/SharedStore.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { EngineLog } from '../status/engineLog.js';
import type { ParentRecord } from './ParentRecord.js';
import type { SiteLinkHost } from './SiteLinkHost.js';
import type { CarryToOwner } from './ownersWork.js';

/**
 * The links of a site as the engine opens them: their code is loaded when the site has a parent or nodes, or serves, or
 * is asked about them.
 */
export class SiteLinks {
  readonly #context: SiteContext;
  readonly #record: ParentRecord | undefined;
  readonly #log: EngineLog;
  readonly #page: RolePage | undefined;
  readonly #carry: CarryToOwner | undefined;
  readonly #onOpen: (host: SiteLinkHost) => Promise<void>;
  #host: Promise<SiteLinkHost> | undefined;

  /** @param parts `onOpen` connects the work of the engine to the links before the parent is dialled */
  constructor(parts: {
    readonly context: SiteContext;
    readonly record: ParentRecord | undefined;
    readonly log: EngineLog;
    readonly page?: RolePage | undefined;
    readonly carry?: CarryToOwner | undefined;
    readonly onOpen: (host: SiteLinkHost) => Promise<void>;
  }) {
    this.#context = parts.context;
    this.#record = parts.record;
    this.#log = parts.log;
    this.#page = parts.page;
    this.#carry = parts.carry;
    this.#onOpen = parts.onOpen;
  }

  /** Opens them for a site that has a parent or nodes. */
  async openWhereLinked(): Promise<void> {
    if (this.#record !== undefined || (await this.#context.database.linkNodes()).length > 0) await this.host();
  }

  /** The links, opened when they were not. */
  async host(): Promise<SiteLinkHost> {
    this.#host ??= this.#open();
    return this.#host;
  }

  /** Another server owns the site from now on, or this one does. */
  async ownerChanged(): Promise<void> {
    const host = await this.#host;
    if (isOwner(this.#context)) host?.start();
    else await host?.rest();
  }

  /** Other servers have stored something of the nodes. */
  async refresh(): Promise<void> {
    await (await this.#host)?.refresh();
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await (await this.#host)?.close();
  }

  async #open(): Promise<SiteLinkHost> {
    const { SiteLinkHost } = await import('./SiteLinkHost.js');
    const host = await SiteLinkHost.open({
      context: this.#context,
      record: this.#record,
      clock: systemClock,
      sealer: realSealer(),
      random: Math.random,
      newNonce: () => randomBytes(32).toString('hex'),
      log: this.#log,
      page: this.#page,
      carry: this.#carry,
    });
    await this.#onOpen(host);
    host.start();
    return host;
  }
}
