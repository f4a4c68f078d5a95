import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { removeHome } from '../fixtures/removeHome.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { IMPORT_MODULE_JSON, quoted } from './fakeSession.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const ROLE = { user: 'cmsession', password: 'p@ss:w/rd' };

powershellSuite('cmdlets: sites and servers in a real PostgreSQL', (engine) => {
  const folder = temporaryFolder();
  const databases = [testDatabase(), testDatabase(), testDatabase()];
  let homes: string[] = [];
  // Before the databases are taken from under their engines.
  afterEach(() => {
    for (const home of homes) removeHome(home);
    homes = [];
  });

  const home = (name: string): string => {
    const made = path.join(folder(), name);
    fs.mkdirSync(made);
    homes.push(made);
    return made;
  };
  const session = async <T>(script: string, env: NodeJS.ProcessEnv): Promise<T> =>
    jsonInSession<T>(engine(), `${IMPORT_MODULE_JSON}\n${script} | ConvertTo-Json -Compress -Depth 4`, {
      env: {
        CONFIGMGRSYNC_SITE: undefined,
        CONFIGMGRSYNC_ENGINE_MAIN: main,
        CONFIGMGRSYNC_NODE: process.execPath,
        ...env,
      },
    });
  const addressOf = (index: number): string => {
    const { server, name } = databases[index]?.() ?? expect.fail('There is no such database');
    server.sql(`ALTER DATABASE ${name} OWNER TO ${ROLE.user}`);
    return server.overNetwork(name, ROLE);
  };
  beforeEach(() => {
    databases[0]?.().server.sql(
      `DROP ROLE IF EXISTS ${ROLE.user}; CREATE ROLE ${ROLE.user} LOGIN PASSWORD '${ROLE.password}'`,
    );
  });

  it('are made with an address as secure string, from a file and from the environment', async function () {
    const file = path.join(folder(), 'address.txt');
    fs.writeFileSync(file, `\ufeff${addressOf(1)}\r\n`);
    const script = `$secret = ConvertTo-SecureString ${quoted(addressOf(0))} -AsPlainText -Force
$sites = @(
  New-CMSyncSite -SiteCode AAA -Database Postgres -DatabaseAddress $secret
  New-CMSyncSite -SiteCode BBB -Database Postgres -DatabaseAddressFile ${quoted(file)}
  New-CMSyncSite -SiteCode CCC -Database Postgres)
$refused = try { New-CMSyncSite -SiteCode DDD -Database Postgres -ErrorAction Stop } catch {
  [string] $_.FullyQualifiedErrorId }
$servers = foreach ($site in $sites) { Connect-CMSyncSite $site.SiteCode > $null; Get-CMSyncServer }
[ordered]@{ made = @($sites | ForEach-Object { $_.SiteCode + ' ' + $_.Database }); refused = $refused
  servers = @($servers | ForEach-Object { $_.Role + ' ' + $_.State }) }`;
    const where = home('sites');
    const shown = await session<object>(script, {
      CONFIGMGRSYNC_HOME: where,
      CONFIGMGRSYNC_DATABASE_URL: addressOf(2),
    });
    expect(shown).to.deep.equal({
      made: ['AAA Postgres', 'BBB Postgres', 'CCC Postgres'],
      refused: 'DatabaseOfOtherSite,New-CMSyncSite',
      servers: ['Owner Running', 'Owner Running', 'Owner Running'],
    });
    expect(fs.readdirSync(where).sort()).to.deep.equal(['AAA', 'BBB', 'CCC']);
  });

  it('have a further server that carries changes, by the key that the first one wrote', async function () {
    const [address, key] = ['address.txt', 'key.txt'].map((name) => path.join(folder(), name));
    fs.writeFileSync(address ?? '', addressOf(0));
    const first = home('first');
    await session(
      `$null = New-CMSyncSite -SiteCode PG1 -Database Postgres -DatabaseAddressFile ${quoted(address ?? '')}
Export-CMSyncDatabaseKey -Path ${quoted(key ?? '')} | ForEach-Object Name`,
      { CONFIGMGRSYNC_HOME: first },
    );
    const files = `-DatabaseAddressFile ${quoted(address ?? '')} -DatabaseKeyFile ${quoted(key ?? '')}`;
    const shown = await session<object>(
      `$added = Add-CMSyncServer ${files} -ServerName cm02.test -PassThru
Set-CMSoftwareUpdatePointComponent -FullSyncIntervalDays 9 3> $null
$again = try { Add-CMSyncServer ${files} -ServerName cm02.test -Path ./again -ErrorAction Stop } catch {
  $_.FullyQualifiedErrorId }
$days = (Get-CMSoftwareUpdatePointComponent).FullSyncIntervalDays
$servers = Get-CMSyncServer | Sort-Object Role | ForEach-Object { $_.Role + ' ' + $_.State + ' ' + $_.IsThisServer }
[ordered]@{ site = $added.SiteCode; days = $days; again = [string] $again; servers = @($servers) }`,
      { CONFIGMGRSYNC_HOME: home('second') },
    );
    expect(shown).to.deep.equal({
      site: 'PG1',
      days: 9,
      again: 'ServerExists,Add-CMSyncServer',
      servers: ['Follower Running True', 'Owner Running False'],
    });
    expect(fs.readFileSync(path.join(first, 'PG1', 'secrets.json'), 'utf8')).to.contain('databaseAddress');
  });

  it('have a new key, which the owner makes and the other server lacks until it is given', async function () {
    const [address, old, key] = ['address.txt', 'old.txt', 'key.txt'].map((name) => quoted(path.join(folder(), name)));
    fs.writeFileSync(path.join(folder(), 'address.txt'), addressOf(0));
    const [one, two] = [home('first'), home('second')].map((where) => ({ CONFIGMGRSYNC_HOME: where }));
    await session(
      `$null = New-CMSyncSite -SiteCode PG1 -Database Postgres -DatabaseAddressFile ${address}
Export-CMSyncDatabaseKey -Path ${old} | ForEach-Object Name`,
      one ?? {},
    );
    const files = `-DatabaseAddressFile ${address} -DatabaseKeyFile ${old}`;
    await session(
      `Add-CMSyncServer ${files} -ServerName cm02.test; Get-CMSyncServer | ForEach-Object ServerName`,
      two ?? {},
    );
    const { needed, warned } = await session<{ readonly needed: string; readonly warned: string }>(
      `$needed = Update-CMSyncDatabaseKey -WarningVariable warned 3> $null
$null = Export-CMSyncDatabaseKey -Path ${key}; @{ needed = $needed; warned = [string] $warned }`,
      one ?? {},
    );
    expect([needed, fs.statSync(path.join(folder(), 'key.txt')).mode & 0o077]).to.deep.equal(['cm02.test', 0]);
    expect(warned).to.contain('Set-CMSyncDatabaseKey -DatabaseKeyFile there');
    const shown = await session<string[]>(
      `function told($work) { try { $null = & $work; 'done' } catch { [string] $_.FullyQualifiedErrorId } }
$ErrorActionPreference = 'Stop'
$change = { Set-CMSoftwareUpdatePointComponent -FullSyncIntervalDays 9 3> $null }
@(told $change; told { Export-CMSyncDatabaseKey ./none.txt }; told { Set-CMSyncDatabaseKey -DatabaseKeyFile ${old} }
  told { Set-CMSyncDatabaseKey -DatabaseKeyFile ${key} -WhatIf }; told $change
  told { Set-CMSyncDatabaseKey -DatabaseKeyFile ${key} }; told $change)`,
      two ?? {},
    );
    const lacking = (command: string): string => `DatabaseKeyChanged,${command}`;
    expect(shown).to.deep.equal([
      lacking('Set-CMSoftwareUpdatePointComponent'),
      lacking('Export-CMSyncDatabaseKey'),
      'DatabaseKeyWrong,Set-CMSyncDatabaseKey',
      'done',
      lacking('Set-CMSoftwareUpdatePointComponent'),
      'done',
      'done',
    ]);
  });
});
