import path from 'node:path';
import { type Beat, cronBeat } from '../platform/cronBeat.js';
import { packageVersion } from '../platform/packageFolder.js';
import { siteFiles, type SiteFolder } from '../site/SiteFolder.js';
import { readSecrets, writeSecrets } from '../site/siteSecrets.js';
import { systemZone } from '../schedule/namedZone.js';
import { openWsyncmgrLog } from '../status/WsyncmgrLog.js';
import { openSiteDatabase } from '../store/embedded/openSiteDatabase.js';
import { LicenseTermsStore } from '../store/LicenseTermsStore.js';
import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import { realFiles } from '../store/StoreFiles.js';
import type { EngineService } from '../rpc/EngineService.js';
import { AfterSyncCommand } from './AfterSyncCommand.js';
import { readSettings, type ComponentSettings } from './ComponentSettings.js';
import { createEngineService } from './createEngineService.js';
import { endInterruptedRuns } from './endInterruptedRuns.js';
import type { SiteContext } from './SiteContext.js';
import { Turns } from './Turns.js';
import { ScheduleBeat } from './ScheduleBeat.js';
import { SyncRunner } from './SyncRunner.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';

/** What opening a site's engine needs. `generation` comes from the lock, which proves that no other engine has the site. */
export interface OpenEngineOptions {
  readonly site: SiteFolder;
  readonly generation: number;
  readonly verifyHighest?: () => void | Promise<void>;
  /** Called when a run or its after-sync command begins; once for each. */
  readonly onBusy?: () => void;
  /** Called when one of them has ended. */
  readonly onIdle: () => void;
  /** Called by `engine/stop`. */
  readonly stop: () => void;
  /** What the schedule is looked at by; every full minute if not given. */
  readonly beat?: Beat;
}

/** An open site: its service, and whether it is at work. */
export interface OpenEngine {
  readonly service: EngineService;
  readonly isBusy: () => boolean;
  /** Ends a run under way, then closes everything. */
  close(): Promise<void>;
}

/** Opens the database, the documents and the log of a site, and makes the service over them. */
export async function openEngine(options: OpenEngineOptions): Promise<OpenEngine> {
  const context = await openContext(options);
  const onBusy = options.onBusy ?? (() => undefined);
  const afterSync = afterSyncCommand(context, { onBusy, onIdle: options.onIdle });
  for (const run of await endInterruptedRuns(context)) afterSync.start(run);
  const runner = new SyncRunner(context, {
    onBusy, onFinished: afterSync.start,
    onIdle: () => {
      const failed = (error: unknown): void => context.log.write(`Writing a snapshot failed: ${reasonOf(error)}. The journal goes on.`);
      void context.database.fold().catch(failed).finally(options.onIdle);
    },
  });
  const schedule = new ScheduleBeat({ context, runner, beat: options.beat ?? cronBeat({ log: (line) => context.log.write(line) }) });
  const keepProxyPassword = async (proxyPassword: string): Promise<void> => writeSecrets(options.site.path, { ...(await readSecrets(options.site.path)), proxyPassword });
  return {
    service: createEngineService({ context, runner, keepProxyPassword, stop: options.stop }),
    isBusy: () => runner.current !== undefined,
    close: async () => {
      await schedule.stop();
      afterSync.stop();
      await runner.stop(new SyncError('EngineStopped', { run: runner.current?.Id ?? 0 }));
      await afterSync.ended();
      context.log.close();
      await context.documents.close();
      await context.database.close();
    },
  };
}

function afterSyncCommand(context: SiteContext, hold: { onBusy: () => void; onIdle: () => void }): AfterSyncCommand {
  const settings = async (): Promise<ComponentSettings> => readSettings(context.database, context.site.serverName);
  return new AfterSyncCommand({ settings, log: context.log, environment: process.env, system: { platform: process.platform, systemRoot: process.env['SystemRoot'] }, ...hold });
}

async function openContext(options: OpenEngineOptions): Promise<SiteContext> {
  const { site, generation, verifyHighest } = options;
  const folder = (name: string): string => path.join(site.path, name);
  const database = await openSiteDatabase({ folder: folder(siteFiles.database), files: realFiles, generation, ...(verifyHighest === undefined ? {} : { verifyHighest }) });
  const now = (): Date => new Date();
  return {
    site, database, licenseTerms: new LicenseTermsStore(folder(siteFiles.licenseTerms)), documents: new SegmentedDocumentStore({ folder: folder(siteFiles.documents), files: realFiles, generation }),
    log: openWsyncmgrLog({ folder: folder(siteFiles.logs), now, thread: process.pid, onFailure: (reason) => void process.stderr.write(`${now().toISOString()} ${reason}\n`) }), now, zone: systemZone, processId: process.pid, version: packageVersion(), settingsTurns: new Turns(),
    // The HTTP client is loaded when the first synchronization needs it: most commands only read.
    createSource: async (settings) => (await import('./createSource.js')).createSource(site, settings),
  };
}
