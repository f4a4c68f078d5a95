import fs from 'node:fs';
import path from 'node:path';
import type * as Contract from '../../server/contract/generated/types.js';
import type { ComponentSettings } from '../../server/state/ComponentSettings.js';
import type { SiteActivity } from '../../server/state/SiteActivity.js';
import type { SiteContext } from '../../server/state/SiteContext.js';
import type { SyncRunner } from '../../server/sync/SyncRunner.js';
import { Mutex } from '../../server/platform/Mutex.js';
import type { AlertWatch } from '../../server/engine/AlertWatch.js';
import type { RuleActions, StatusRuleWatch } from '../../server/engine/StatusRuleWatch.js';
import { assemble } from '../../server/engine/assemble.js';
import type { SiteHierarchy } from '../../server/link/fanOut/SiteHierarchy.js';
import type { SiteLinks } from '../../server/link/SiteLinks.js';
import type { Maintainer } from '../../server/maintenance/Maintainer.js';
import type { AlertMessage } from '../../server/notify/AlertMessage.js';
import { delivered } from '../../server/notify/Outcome.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import type { EngineService } from '../../server/rpc/requests.js';
import { UTC } from '../../server/schedule/zone.js';
import { readSettings, settingsChange } from '../../server/state/settingsStore.js';
import { LicenseTermsStore } from '../../server/store/LicenseTermsStore.js';
import type { StoredServer } from '../../server/store/SharedStore.js';
import type { SiteChanges } from '../../server/store/SiteChanges.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { openStore } from '../../server/store/openStore.js';
import { type BatchReader, readerHere } from '../../server/sync/reading/BatchReader.js';
import { newPackageKey, packageKeyOf } from '../../server/transfer/packageKey.js';
import { packagePlace } from '../../server/transfer/packagePlace.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { testPlace } from '../store/testPlace.js';
import { MemorySource } from './MemorySource.js';
import { CATEGORIES } from './catalogue.js';
import { testServers } from './testServers.js';

/** The database of the sites of this process: a suite runs again with another one (`test/store/sqlite`). */
function engineOfTests(): 'sqlite' | undefined {
  return process.env['CONFIGMGRSYNC_TEST_DATABASE'] === 'sqlite' ? 'sqlite' : undefined;
}

let requests = 0x100000;
export const newRequestId = (): string => guidOf((requests += 1));

/**
 * An engine over an embedded database in a folder, with a scripted upstream, a log in memory and a clock of its own;
 * packages are carried to and from it as by a relay.
 */
export class TestSite {
  readonly source: MemorySource;
  readonly lines: string[] = [];
  readonly notifications: Contract.RunProgress[] = [];
  /** The alerts that were sent to subscribers. */
  readonly sent: AlertMessage[] = [];
  clock = Date.UTC(2024, 5, 1);
  /** Makes a commit fail. */
  failCommit: (changes: SiteChanges) => boolean = () => false;

  /** False as for a site without a service. */
  isKept = true;

  /** Makes what reads the documents of a run. */
  openReader: () => BatchReader = readerHere;

  /** Is given each finished run. */
  onFinished: (run: Contract.Run) => void = () => undefined;
  readonly runner: SyncRunner;
  readonly service: EngineService;
  readonly activity: SiteActivity;
  readonly maintainer: Maintainer;
  readonly hierarchy: SiteHierarchy;
  readonly links: SiteLinks;
  readonly alerts: AlertWatch;
  readonly statusRules: StatusRuleWatch;
  /** What status filter rules do. */
  ruleActions: RuleActions | undefined;
  /** Free space of its disk, undefined for unknown. */
  freeBytes: number | undefined;
  /** The servers that share its database. */
  readonly servers: StoredServer[] = [];
  /** What the hierarchy does every minute. */
  tick: () => Promise<void> = async () => Promise.resolve();

  private constructor(
    readonly database: SiteDatabase,
    readonly context: SiteContext,
    parts: Pick<
      TestSite,
      'runner' | 'service' | 'activity' | 'maintainer' | 'source' | 'hierarchy' | 'links' | 'alerts' | 'statusRules'
    >,
  ) {
    this.runner = parts.runner;
    this.service = parts.service;
    this.activity = parts.activity;
    this.maintainer = parts.maintainer;
    this.hierarchy = parts.hierarchy;
    this.links = parts.links;
    this.alerts = parts.alerts;
    this.statusRules = parts.statusRules;
    this.source = parts.source;
  }

  /**
   * A folder that was used before is opened as the next engine does, with the upstream and the time of the site that
   * had it.
   */
  static async open(
    folder: string,
    options: {
      generation?: number;
      files?: StoreFiles;
      before?: TestSite;
      site?: Partial<SiteContext['site']>;
      parent?: SiteContext['parent'];
    } = {},
  ): Promise<TestSite> {
    const { generation = 1, files = realFiles, before } = options;
    const place = testPlace(folder, options.site?.siteGuid);
    const opening = { place, files, generation, report: () => undefined };
    const { database, documents } = await openStore(engineOfTests(), opening);
    const parts: { site?: TestSite } = {};
    const key = packageKeyOf(newPackageKey());
    const context: SiteContext = {
      site: {
        siteCode: 'CS1',
        siteName: 'Test',
        siteGuid: guidOf(1),
        serverName: 'cs1.test',
        path: folder,
        operators: [],
        type: 'Primary',
        secret: 'ab'.repeat(32),
        ...options.site,
      } as SiteContext['site'],
      parent: options.parent,
      database: failing(database, (changes) => parts.site?.failCommit(changes) === true),
      licenseTerms: new LicenseTermsStore(path.join(folder, 'LicenseTerms'), plainFiles),
      documents,
      log: {
        write: (...lines) => {
          parts.site?.lines.push(...lines);
        },
        flush: () => undefined,
        close: async () => Promise.resolve(),
      },
      now: () => new Date(parts.site === undefined ? 0 : (parts.site.clock += 1)),
      zone: UTC,
      processId: 42,
      version: '0.0.0',
      keeper: () => (parts.site?.isKept === false ? 'None' : 'Service'),
      settingsMutex: new Mutex(),
      packageKey: async () => Promise.resolve(key),
      createSource: async () => Promise.resolve(parts.site?.source ?? new MemorySource()),
    };
    const engine = assemble({
      context,
      record: undefined,
      ticker: (work) => {
        if (parts.site !== undefined) parts.site.tick = work;
        return () => undefined;
      },
      log: () => undefined,
      onBusy: () => undefined,
      onIdle: () => undefined,
      ruleActions: {
        report: async (event) => parts.site?.ruleActions?.report(event),
        run: async (program, input) => parts.site?.ruleActions?.run(program, input),
      },
      freeBytes: () => parts.site?.freeBytes,
      openReader: async () => Promise.resolve(parts.site?.openReader() ?? readerHere()),
      onRun: () => undefined,
      onRunEnd: (run) => parts.site?.onFinished(run),
      sendAlert: async (message) => {
        parts.site?.sent.push(message);
        return Promise.resolve(delivered('250 taken'));
      },
      keepProxyPassword: async () => Promise.resolve(),
      stop: () => undefined,
      servers: testServers(() => parts.site?.servers),
      handOver: () => true,
      lastHeartbeat: () => undefined,
    });
    parts.site = new TestSite(database, context, { ...engine, source: before?.source ?? new MemorySource() });
    if (before !== undefined) parts.site.clock = before.clock;
    return parts.site;
  }

  request(signal: AbortSignal = new AbortController().signal): {
    signal: AbortSignal;
    closed: AbortSignal;
    notify: (method: string, params: unknown) => void;
  } {
    return {
      signal,
      closed: new AbortController().signal,
      notify: (_method, params) => {
        this.notifications.push(params as Contract.RunProgress);
      },
    };
  }

  async start(params: Partial<Contract.SyncStartRequest> = {}): Promise<Contract.SyncStartResult> {
    return this.service['sync/start']({ requestId: newRequestId(), ...params }, this.request());
  }

  async wait(id: number): Promise<Contract.Run> {
    return (await this.service['run/wait']({ id }, this.request())).run;
  }

  /** One whole synchronization. */
  async sync(params: Partial<Contract.SyncStartRequest> = {}): Promise<Contract.Run> {
    return this.wait((await this.start(params)).run.Id);
  }

  async set(params: Partial<Contract.ComponentSetRequest>): Promise<Contract.ComponentSetResult> {
    return this.service['component/set']({ requestId: newRequestId(), ...params }, this.request());
  }

  /** Changes settings as they are stored. */
  async change(settings: Partial<ComponentSettings>): Promise<void> {
    await this.database.commit({
      settings: settingsChange({ ...(await readSettings(this.database, this.context.site.serverName)), ...settings }),
    });
  }

  /** Exports to a file, which is fetched as a relay does; gives what the engine says of it. */
  async export(
    target: string,
    params: Partial<Contract.CatalogExportRequest> = {},
    signal?: AbortSignal,
  ): Promise<Contract.Package> {
    const requestId = newRequestId();
    const request = { requestId, path: target, ...params };
    const { package: written } = await this.service['catalog/export'](request, this.request(signal));
    const place = packagePlace(this.context.site, requestId);
    fs.renameSync(place.file, target);
    fs.renameSync(place.sideCar, `${target}.manifest.json`);
    if (params.includeContentList === true) fs.renameSync(place.contentList, `${target}.content.csv`);
    return written;
  }

  async inspect(source: string): Promise<Contract.Package> {
    const requestId = this.bringPackage(source);
    try {
      return (await this.service['catalog/inspect']({ requestId, path: source }, this.request())).package;
    } finally {
      this.#removePackage(requestId);
    }
  }

  /** Starts an import. */
  async beginImport(
    source: string,
    params: Partial<Contract.CatalogImportRequest> = {},
  ): Promise<Contract.CatalogImportResult> {
    const requestId = this.bringPackage(source);
    try {
      return await this.service['catalog/import']({ requestId, path: source, ...params }, this.request());
    } catch (error) {
      this.#removePackage(requestId);
      throw error;
    }
  }

  /** One whole import. */
  async import(source: string, params: Partial<Contract.CatalogImportRequest> = {}): Promise<Contract.Run> {
    return this.wait((await this.beginImport(source, params)).run.Id);
  }

  /** Names of what lies in the Transfer folder. */
  leftPackages(): string[] {
    return fs.readdirSync(path.join(this.context.site.path, 'Transfer'));
  }

  /** Brings a package as a relay does. */
  bringPackage(source: string): string {
    const requestId = newRequestId();
    const place = packagePlace(this.context.site, requestId);
    fs.copyFileSync(source, place.file);
    if (fs.existsSync(`${source}.manifest.json`)) fs.copyFileSync(`${source}.manifest.json`, place.sideCar);
    return requestId;
  }

  #removePackage(requestId: string): void {
    const place = packagePlace(this.context.site, requestId);
    for (const file of [place.file, place.sideCar]) fs.rmSync(file, { force: true });
  }

  async maintain(params: Partial<Contract.MaintenanceStartRequest> = {}): Promise<Contract.Maintenance> {
    return (await this.service['maintenance/start']({ requestId: newRequestId(), ...params }, this.request()))
      .maintenance;
  }

  async component(): Promise<Contract.Component> {
    return this.service['component/get']({}, this.request());
  }

  async updates(params: Contract.UpdateListRequest = {}): Promise<Contract.SoftwareUpdate[]> {
    return (await this.service['update/list'](params, this.request())).updates;
  }

  async titles(params: Contract.UpdateListRequest = {}): Promise<string[]> {
    return (await this.updates(params)).map((found) => found.LocalizedDisplayName);
  }

  async status(): Promise<Contract.SUPSyncStatus> {
    const [status] = (await this.service['status/get']({}, this.request())).status;
    if (status === undefined) throw new Error('there is no status row');
    return status;
  }
}

/**
 * A site for each test of the suite; `subscribed` chooses Windows 11 and security updates with the categories on offer.
 */
export function testSite(options: { subscribed: boolean } = { subscribed: true }): () => TestSite {
  const folder = temporaryFolder();
  let site: TestSite;
  beforeEach(async () => {
    site = await TestSite.open(folder());
    site.source.put(...CATEGORIES);
    if (options.subscribed)
      await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
  });
  afterEach(async () => site.database.close());
  return () => site;
}

function failing(database: SiteDatabase, shouldFail: (changes: SiteChanges) => boolean): SiteDatabase {
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'commit')
        return async (changes: SiteChanges) => {
          if (shouldFail(changes)) throw new Error('the disk is full');
          return target.commit(changes);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
