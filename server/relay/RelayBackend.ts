import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  OldDatabase,
  DatabaseKey,
  RunProgress,
  Site,
  SiteAccess,
  SiteAttachRequest,
  SiteBackup,
  SiteBackupRequest,
  SiteConnectRequest,
  SiteDatabaseKeyRequest,
  SiteListResult,
  SiteMove,
  SiteMoveRequest,
  SiteNewRequest,
  SiteRemoveOldDatabaseRequest,
  SiteRepairAccessRequest,
  SiteRestore,
  SiteRestoreRequest,
  SiteSetDatabaseAddressRequest,
  SiteSetDatabaseAddressResult,
  SiteSetDatabaseKeyRequest,
  SiteSetDatabaseKeyResult,
} from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { removeWithRetry, whileHeld } from '../platform/files/heldFiles.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { workProgress } from '../rpc/requests.js';
import type { ServiceControl } from '../service/ServiceControl.js';
import type { SiteEnvironment, SiteFolder } from '../site/SiteFolder.js';
import { createSite } from '../site/createSite.js';
import type { SiteJoin } from '../site/createSite.js';
import { describeSite } from '../site/describeSite.js';
import { openSite } from '../site/openSite.js';
import { resolveSite } from '../site/resolveSite.js';
import { listSites } from '../site/siteRoot.js';
import { EngineClient } from './EngineClient.js';
import { newSiteDatabase, type NewSiteDatabase } from './newSiteDatabase.js';
import type { CopyRequest } from './siteBackup.js';

/** Longest wait for the engine of a site that could not be made. */
const END_SECONDS = 30;

/** What a relay answers itself, and the engines it knows; shared by the stdio host and the command line. */
export class RelayBackend {
  readonly #environment: SiteEnvironment;
  readonly #deps: EngineDeps;
  readonly #say: (line: string) => void;
  readonly #clients = new Map<string, EngineClient>();
  #current: EngineClient | undefined;
  #onProgress: (progress: RunProgress) => void = () => undefined;

  constructor(environment: SiteEnvironment, deps: EngineDeps, say = toStandardError) {
    this.#environment = environment;
    this.#deps = deps;
    this.#say = say;
  }

  /** Makes a site; the upstream, if given, is set by its engine. */
  async newSite(request: SiteNewRequest): Promise<Site> {
    if (request.upstream !== undefined) checkUpstream(request.upstream);
    const database = await newSiteDatabase(request);
    const site = await this.#make(request, database);
    const client = this.#clientOf(site);
    // A site just made is the one this session goes on with.
    this.#current = client;
    if (request.upstream !== undefined)
      await setUpstream(client, request.upstream).catch(async (caught: unknown) => {
        await this.#takeBack(client, database);
        throw caught;
      });
    return describeSite(site, this.#deps.version);
  }

  /** Makes this machine a further server of a site whose database several can share. */
  async attach(request: SiteAttachRequest): Promise<Site> {
    const { attachServer } = await import('./attachServer.js');
    const site = await attachServer(request, this.#environment);
    this.#current = this.#clientOf(site);
    return describeSite(site, this.#deps.version);
  }

  /** Gives the chosen site, else the default one, another address of its database. */
  async setDatabaseAddress(request: SiteSetDatabaseAddressRequest): Promise<SiteSetDatabaseAddressResult> {
    const { setDatabaseAddress } = await import('./setDatabaseAddress.js');
    return setDatabaseAddress(await this.client(), request, this.#say);
  }

  /** Gives the chosen site, else the default one, the key that its database is sealed with by now. */
  async setDatabaseKey(request: SiteSetDatabaseKeyRequest): Promise<SiteSetDatabaseKeyResult> {
    const { setDatabaseKey } = await import('./setDatabaseKey.js');
    return setDatabaseKey(await this.client(), request);
  }

  /** The key that a further server of the chosen site needs. */
  async databaseKey(request: SiteDatabaseKeyRequest): Promise<DatabaseKey> {
    const { databaseKeyThroughRelay } = await import('./databaseKeyFile.js');
    return databaseKeyThroughRelay(await this.client(), request, this.#environment);
  }

  /** Lists the sites under the root. */
  async listSites(): Promise<SiteListResult> {
    const sites = await listSites(this.#environment);
    return { sites: sites.map((site) => describeSite(site, this.#deps.version)) };
  }

  /** Chooses the site for what follows. */
  async connect(choice: SiteConnectRequest): Promise<Site> {
    const site = await resolveSite({ ...this.#environment, ...choice });
    this.#current = this.#clientOf(site);
    return describeSite(site, this.#deps.version);
  }

  /** The client of the chosen site, else of the default one. */
  async client(): Promise<EngineClient> {
    this.#current ??= this.#clientOf(await resolveSite(this.#environment));
    return this.#current;
  }

  /** The service of the chosen site, else of the default one; its code is loaded when it is asked for. */
  async service(): Promise<ServiceControl> {
    const { site } = await this.client();
    const [{ ServiceControl }, { realServiceDeps }, { runningEngine }] = await Promise.all([
      import('../service/ServiceControl.js'),
      import('../service/ServiceDeps.js'),
      import('./runningEngine.js'),
    ]);
    return new ServiceControl(site, realServiceDeps(this.#say), runningEngine);
  }

  /** Copies the chosen site, else the default one, while its engine works. */
  async backup(request: SiteBackupRequest, signal: AbortSignal): Promise<SiteBackup> {
    const { backUpThroughRelay } = await import('./siteBackup.js');
    return backUpThroughRelay(await this.client(), request, this.#copying('Backup', signal));
  }

  /** Makes a site of a backup, or puts one back to the time of it. */
  async restore(request: SiteRestoreRequest, signal: AbortSignal): Promise<SiteRestore> {
    const { restoreThroughRelay } = await import('./siteBackup.js');
    const place = { environment: this.#environment, deps: this.#deps };
    return restoreThroughRelay(request, place, this.#copying('Restore', signal));
  }

  /** Moves the chosen site, else the default one, to another database. */
  async move(request: SiteMoveRequest, signal: AbortSignal): Promise<SiteMove> {
    const { moveThroughRelay } = await import('./siteMove.js');
    const client = await this.client();
    try {
      return await moveThroughRelay(client, request, this.#copying('Move', signal));
    } finally {
      await this.#openAgain(client);
    }
  }

  /** Removes what the last move of the chosen site, else of the default one, has left. */
  async removeOldDatabase(request: SiteRemoveOldDatabaseRequest): Promise<OldDatabase> {
    const { removeOldThroughRelay } = await import('./siteMove.js');
    return removeOldThroughRelay(await this.client(), request, this.#say);
  }

  /** Puts the access of the chosen site right, which need not be one that may be used as it is. */
  async repairAccess({ whatIf, includeParent }: SiteRepairAccessRequest): Promise<SiteAccess> {
    const { site } = await this.client();
    const { repairAccess } = await import('../service/repairAccess.js');
    return repairAccess(site, { whatIf: whatIf === true, includeParent }, this.#environment);
  }

  /** Who gets the progress of all sites. */
  onProgress(handler: (progress: RunProgress) => void): void {
    this.#onProgress = handler;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }

  /**
   * Half a site would stand in the way of the next try. Its engine has its files open, so that it ends first; what goes
   * wrong here is a line, and not told instead of the failure.
   */
  async #takeBack(client: EngineClient, database: NewSiteDatabase): Promise<void> {
    const { site } = client;
    try {
      const { endEngine } = await import('./runningEngine.js');
      await client.close();
      await endEngine(site, { ...this.#deps, endSeconds: END_SECONDS });
      await removeSite(site);
      await this.#giveBack(database);
    } catch (caught) {
      this.#say(`The folder ${site.path} of the site that could not be made stays: ${reasonOf(caught)}`);
    }
  }

  async #make(request: SiteNewRequest, database: NewSiteDatabase): Promise<SiteFolder> {
    try {
      return await createSite({ ...request, ...database }, this.#environment, await this.#joinOf(request));
    } catch (caught) {
      await this.#giveBack(database);
      throw caught;
    }
  }

  /** As with the folder: what goes wrong here is a line. */
  async #giveBack({ takeBack }: NewSiteDatabase): Promise<void> {
    await takeBack?.().catch((caught: unknown) =>
      this.#say(`The tables of the site that could not be made stay in its database: ${reasonOf(caught)}`),
    );
  }

  /** What the session goes on with is the site as it is now. */
  async #openAgain(client: EngineClient): Promise<void> {
    this.#clients.delete(client.site.path);
    await client.close();
    if (this.#current === client) this.#current = this.#clientOf(await openSite(client.site.path));
  }

  #copying(phase: string, signal: AbortSignal): CopyRequest {
    return {
      signal,
      say: this.#say,
      onProgress: (activity, done, total) => this.#onProgress(workProgress({ phase, activity, done, total })),
    };
  }

  /** How a new site joins: by the token that was given, or by one of the parent on this machine. */
  async #joinOf({ joinToken, parentSiteCode, type, upstream }: SiteNewRequest): Promise<SiteJoin | undefined> {
    if (joinToken === undefined && parentSiteCode === undefined) return undefined;
    if (upstream !== undefined)
      throw new SyncError('ContradictoryParameters', {
        reason: 'A site below a parent synchronizes from its parent, not from an upstream of its own',
      });
    const { prepareJoin } = await import('../link/joinParent.js');
    return prepareJoin(
      { token: joinToken ?? (await this.#tokenOf(parentSiteCode ?? '', type)), parentSiteCode },
      { version: this.#deps.version, clock: this.#deps.clock, log: this.#say },
    );
  }

  async #tokenOf(parentSiteCode: string, type: string | undefined): Promise<string> {
    const parent = this.#clientOf(await resolveSite({ ...this.#environment, siteCode: parentSiteCode }));
    const { Token } = await parent.request('site/joinToken', {
      requestId: randomUUID(),
      role: type === 'SoftwareUpdatePoint' ? type : 'Site',
      expirationHours: 1,
    });
    return Token;
  }

  #clientOf(site: SiteFolder): EngineClient {
    const known = this.#clients.get(site.path);
    if (known !== undefined && known.site.secret === site.secret) return known;
    const client = new EngineClient(site, this.#deps);
    client.onProgress((progress) => this.#onProgress(progress));
    this.#clients.set(site.path, client);
    return client;
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Its files by the care of its folder, then the folder, which is only removed when it is empty. */
async function removeSite({ path, files }: SiteFolder): Promise<void> {
  for (const name of files.readdirSync(path)) await removeWithRetry(files, join(path, name));
  await whileHeld(() => plainFiles.rmdirSync(path));
}

function checkUpstream(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return;
  throw new SyncError('UpstreamUrlInvalid', { url, reason: 'it is not an http or https address' });
}

async function setUpstream(client: EngineClient, url: string): Promise<void> {
  await client.request('component/set', {
    requestId: randomUUID(),
    synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
    upstreamSourceLocation: url,
  });
}
