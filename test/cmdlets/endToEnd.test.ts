import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, jsonInSession } from '../powershell/powershellEngine.js';
import { describeWithRealCatalogue } from '../transfer/realCatalogue.js';
import { IMPORT_MODULE_JSON, quoted } from './fakeSession.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

interface Shown {
  readonly site: string;
  readonly first: { readonly State: string; readonly Succeeded: boolean };
  readonly groups: Readonly<Record<string, number>>;
  readonly status: { readonly state: number; readonly version: number; readonly source: string };
  readonly second: { readonly Succeeded: boolean; readonly DocumentsFetched: number };
  readonly runs: number;
  readonly log: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new TypeError(`The sample upstream ended with exit code ${child.exitCode}.`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await delay(100);
  }
  throw new TypeError('The sample upstream did not listen within a minute.');
}

/** What issue 3 shows: every command of a first session, and a second synchronization. */
const session = (url: string): string =>
  `${IMPORT_MODULE_JSON}
$site = New-CMSyncSite -SiteCode ABC
Set-CMSoftwareUpdatePointComponent -SynchronizeAction SynchronizeFromAnUpstreamDataSourceLocation ` +
  `-UpstreamSourceLocation ${quoted(url)}
$first = Sync-CMSoftwareUpdate -Wait -PassThru
$groups = @{}; Get-CMSoftwareUpdateCategory -Fast | Group-Object CategoryTypeName | ForEach-Object { ` +
  `$groups[$_.Name] = $_.Count }
$status = Get-CMSoftwareUpdateSyncStatus
$second = Sync-CMSoftwareUpdate -Wait -PassThru
[ordered]@{
  site = $site.SiteCode
  first = [ordered]@{ State = $first.State; Succeeded = $first.Succeeded }
  groups = $groups
  status = [ordered]@{ state = $status.LastSyncState; version = $status.SyncCatalogVersion; source = ` +
  `$status.WSUSSourceServer }
  second = [ordered]@{ Succeeded = $second.Succeeded; DocumentsFetched = $second.Counts.DocumentsFetched }
  runs = @(Get-CMSyncRun).Count
  log = [System.IO.Path]::Combine($site.InstallDir, 'Logs', 'wsyncmgr.log')
} | ConvertTo-Json -Depth 4`;

describeWithRealCatalogue('cmdlets: end to end', (catalogue) => {
  powershellSuite('an administrator synchronizes a real WSUS catalogue', (engine) => {
    let home = '';
    let upstream: ChildProcess | undefined;
    let shown: Shown;
    let log = '';

    before(async function () {
      home = mkdtempSync(join(tmpdir(), 'configmgrsync-e2e-'));
      const port = await freePort();
      upstream = spawn(process.execPath, [main, 'sample-upstream', '--port', String(port), '--package', catalogue], {
        stdio: 'ignore',
      });
      await listening(port, upstream);
      const env = {
        CONFIGMGRSYNC_HOME: home,
        CONFIGMGRSYNC_SITE: undefined,
        CONFIGMGRSYNC_ENGINE_MAIN: main,
        CONFIGMGRSYNC_NODE: process.execPath,
      };
      shown = await jsonInSession<Shown>(engine(), session(`http://127.0.0.1:${port}`), {
        env,
      });
      log = existsSync(shown.log) ? readFileSync(shown.log, 'utf8') : '';
    });

    after(() => {
      upstream?.kill();
      removeHome(home);
    });

    it('creates the site and synchronizes', () => {
      expect(shown.site).to.equal('ABC');
      expect(shown.first).to.deep.equal({ State: 'Succeeded', Succeeded: true });
    });

    it('has every category of the catalogue', () => {
      expect(shown.groups).to.deep.equal({ UpdateClassification: 12, Product: 356, ProductFamily: 57, Company: 2 });
    });

    it('shows 6702 with a catalogue version and the source', () => {
      expect(shown.status.state).to.equal(6702);
      expect(shown.status.version).to.be.greaterThan(0);
      expect(shown.status.source).to.contain('127.0.0.1');
    });

    it('fetches nothing the second time', () => {
      expect(shown.second).to.deep.equal({ Succeeded: true, DocumentsFetched: 0 });
      expect(shown.runs).to.equal(2);
    });

    it('writes the log', () => {
      expect(log).to.contain('$$<SMS_WSUS_SYNC_MANAGER>').and.to.contain('STATMSG: ID=6702');
    });
  });
});
