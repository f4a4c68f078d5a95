import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { packageFolder } from '../platform/packageFolder.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import { RelayBackend } from '../relay/RelayBackend.js';
import { engineSocketFolder, readEngineRecord } from '../rpc/enginePlace.js';
import { realSiteEnvironment } from '../site/SiteFolder.js';
import type { CommandContext } from './CommandContext.js';
import { DemoUpstream } from './DemoUpstream.js';
import { STATUS_COLUMNS, UPDATE_COLUMNS } from './table.js';
import { tableLines } from './tableLines.js';
import { processEnd } from './processEnd.js';
import { ProgressLine } from './waitForRun.js';

/** What to type in PowerShell to do the same against Microsoft Update. */
function closingWords(): readonly string[] {
  return [
    'The same against Microsoft Update, in PowerShell:',
    '',
    `  Import-Module '${join(packageFolder(), 'ConfigMgrSync.psd1')}'`,
    '  New-CMSyncSite -SiteCode ABC',
    '  Set-CMSoftwareUpdatePointComponent -UseLocalMachineRoot   # Windows; elsewhere -SourceCABundle FILE with ' +
      "Microsoft's root",
    '  Sync-CMSoftwareUpdate -Wait                  # brings the products and classifications',
    "  Set-CMSoftwareUpdatePointComponent -AddProduct 'Windows 11' -AddUpdateClassification 'Security Updates'",
    '  Sync-CMSoftwareUpdate -Wait -PassThru',
    '  Get-CMSoftwareUpdateSyncStatus',
    '  Get-CMSoftwareUpdate -Fast | Sort-Object DatePosted -Descending | Select-Object -First 10',
    '  Install-CMSyncService                        # keeps schedules and retries: without it nothing starts by itself',
    '',
  ];
}

const PRODUCTS = ['Windows 1*', 'Windows Server*', 'Microsoft Server operating system*', 'Office*', 'Microsoft 365*'];
const CLASSIFICATIONS = ['Critical Updates', 'Security Updates', 'Update Rollups', 'Updates'];

/** The main job in one go, on a sample upstream and in a folder that is thrown away. */
class Demo {
  readonly #folder: string;
  readonly #backend: RelayBackend;
  readonly #interrupted = new AbortController();
  #upstream: DemoUpstream | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#backend = new RelayBackend(
      {
        ...realSiteEnvironment(),
        env: { ...process.env, CONFIGMGRSYNC_HOME: join(folder, 'sites'), CONFIGMGRSYNC_SITE: '' },
      },
      realEngineDeps(),
    );
  }

  /** Makes the scratch folder. */
  static async prepare(): Promise<Demo> {
    return new Demo(await mkdtemp(join(tmpdir(), 'configmgrsync-demo-')));
  }

  /** Ends the demo early; `clean` still has to be called. */
  interrupt(): void {
    this.#interrupted.abort();
  }

  /** Plays the demo from the sample upstream to the newest updates. */
  async play(): Promise<void> {
    say('Starting a sample WSUS server with 2,000 updates on this machine ...');
    this.#upstream = await DemoUpstream.start();
    const site = await this.#backend.newSite({
      requestId: randomUUID(),
      siteCode: 'DEM',
      siteName: 'Demo',
      upstream: this.#upstream.url,
    });
    say(
      `Stand-alone primary site ${site.SiteCode} is in ${site.InstallDir}; it synchronizes ` +
        `from ${this.#upstream.url}.\n`,
    );
    await this.#synchronize('The first synchronization brings the products and classifications.');
    await this.#choose();
    await this.#synchronize('Now the updates of the chosen products and classifications.');
    await this.#showResult();
    for (const line of closingWords()) say(line);
  }

  /** Ends what the demo started and removes its folder. */
  async clean(): Promise<void> {
    await this.#stopEngine();
    await this.#upstream?.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  async #choose(): Promise<void> {
    const client = await this.#backend.client();
    const { component } = await client.request('component/set', {
      requestId: randomUUID(),
      addProduct: PRODUCTS,
      addUpdateClassification: CLASSIFICATIONS,
      allowPending: true,
    });
    say(
      `\nChosen: ${component.Products.length} products and ${component.UpdateClassifications.length} ` +
        `classifications (${component.UpdateClassifications.join(', ')}).\n`,
    );
  }

  async #synchronize(what: string): Promise<void> {
    say(what);
    const client = await this.#backend.client();
    const line = new ProgressLine(drawing);
    this.#backend.onProgress((progress) => line.show(progress));
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    await client.request('run/watch', { id: run.Id });
    const ended = await client.request('run/wait', { id: run.Id }, { signal: this.#interrupted.signal });
    line.end();
    refuseFailure(ended.run);
    const { Counts: counts } = ended.run;
    say(
      `Done in ${ended.run.DurationSeconds.toFixed(1)} s: ${counts.Categories} categories, ${counts.New} new ` +
        `updates, ${counts.DocumentsFetched} documents fetched.`,
    );
  }

  async #showResult(): Promise<void> {
    const client = await this.#backend.client();
    const { status } = await client.request('status/get', {});
    say(`\nSynchronization status:\n\n${tableLines(status, STATUS_COLUMNS).join('\n')}`);
    const { updates } = await client.request('update/list', { newest: 10 });
    say(`\nThe newest updates:\n\n${tableLines(updates, UPDATE_COLUMNS).join('\n')}\n`);
  }

  /** The engine would end by itself after a minute, but its folder goes away now. */
  async #stopEngine(): Promise<void> {
    const client = await this.#backend.client().catch(() => undefined);
    const processId = client && readEngineRecord(client.site)?.processId;
    if (client !== undefined && processId !== undefined) {
      await client.request('engine/stop', { requestId: randomUUID() }).catch(() => undefined);
      await processEnd(processId);
    }
    const sockets = client && engineSocketFolder(client.site);
    if (sockets !== undefined) await rm(sockets, { recursive: true, force: true });
    await this.#backend.close();
  }
}

const drawing = {
  isTerminal: process.stderr.isTTY,
  draw: (text: string) => void process.stderr.write(text),
  tell: (line: string) => void process.stderr.write(`  ${line}\n`),
} as CommandContext;

function refuseFailure(run: Run): void {
  if (!run.Succeeded)
    throw new SyncError('InternalError', { where: 'the synchronization', reason: run.ErrorMessage ?? run.State });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const demo = await Demo.prepare();
const interrupt = (): void => demo.interrupt();
process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
try {
  await demo.play();
} catch (caught) {
  process.exitCode = caught instanceof SyncError ? caught.exitCode : 1;
  process.stderr.write(
    `\nThe demo failed: ${reasonOf(caught)}.\n${caught instanceof SyncError ? `${caught.nextStep}\n` : ''}`,
  );
} finally {
  await demo.clean();
}
process.exit();
