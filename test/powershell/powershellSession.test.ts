import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { manifest, quoted } from '../cmdlets/fakeSession.js';
import { powershellSuite, runPowerShell } from './powershellEngine.js';
import { PowerShellSession } from './PowerShellSession.js';

powershellSuite('PowerShell session that the tests of a file share', (engine) => {
  let session: PowerShellSession;
  beforeEach(() => {
    session = new PowerShellSession(engine());
  });
  afterEach(() => session.close());

  it('runs many scripts in one process, one after the other', async () => {
    const ids = await Promise.all(['$PID', '$PID'].map(async (script) => (await session.run(script)).stdout.trim()));
    expect(ids[0]).to.match(/^\d+$/).and.equal(ids[1]);
  });

  it('keeps what one script leaves behind from the next', async () => {
    await session.run(`$global:kept = 1; $env:KEPT = '1'; function global:Get-Kept { }; Set-Location /
Import-Module ${quoted(manifest)}; $null = New-PSDrive -Name Kept -PSProvider FileSystem -Root / -Scope Global
[System.Environment]::CurrentDirectory = ${quoted(realpathSync(tmpdir()))}; $ErrorActionPreference = 'Stop'`);
    const { stdout, stderr } = await session.run(`"$kept|$env:KEPT|$env:PATH|$((Get-Module ConfigMgrSync).Count)"
[bool] (Get-Command Get-Kept -ErrorAction Ignore); [bool] (Get-PSDrive Kept -ErrorAction Ignore)
[System.Environment]::CurrentDirectory; "$PWD"; $ErrorActionPreference`);
    expect([stdout.replaceAll('\r\n', '\n'), stderr]).to.deep.equal([
      ['||' + (process.env['PATH'] ?? '') + '|0', 'False', 'False', process.cwd(), process.cwd(), 'Continue', ''].join(
        '\n',
      ),
      '',
    ]);
  });

  it('gives a script its environment, folder and time zone', async () => {
    const cwd = realpathSync(tmpdir());
    const script = '"$PWD|$env:ADDED|$([bool] $env:HOME)|$([System.TimeZoneInfo]::Local.BaseUtcOffset.TotalHours)"';
    for (const [TZ, hours] of [
      ['America/New_York', -5],
      ['Asia/Tokyo', 9],
    ] as const) {
      const { stdout } = await session.run(script, { cwd, env: { ADDED: 'é', HOME: undefined, TZ } });
      expect(stdout.trim()).to.equal(
        `${cwd}|é|False|${process.platform === 'win32' ? stdout.split('|')[3]?.trim() : hours}`,
      );
    }
  });

  it('shows what a process would show, on the same streams', async () => {
    const script = `'text'; Write-Warning 'careful'; Write-Error 'failed'; [pscustomobject]@{ A = 1; B = 2 }
[System.Console]::Out.WriteLine('console'); Write-Host 'host'; throw 'the end'`;
    const own = await runPowerShell(engine(), script);
    const shared = await session.run(script);
    const plain = (text: string): string => text.replace(/\S*configmgrsync-ps-\w+/g, 'FOLDER');
    expect([plain(shared.stdout), plain(shared.stderr), shared.exitCode]).to.deep.equal([
      plain(own.stdout),
      plain(own.stderr),
      1,
    ]);
  });

  it('fails and is over when a script takes too long, and tells what it printed', async () => {
    await session.run('');
    const problem = await problemOf(session.run("'begun'; Start-Sleep -Seconds 100", { timeoutMs: 3000 }));
    expect(problem).to.contain('did not end in time').and.contain('begun');
    expect(session.isOver).to.equal(true);
  });

  it('fails and is over when a script ends the process', async () => {
    expect(await problemOf(session.run('[System.Environment]::Exit(3)'))).to.contain('ended with exit code 3');
    expect(session.isOver).to.equal(true);
  });
});

const problemOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => '',
    (error: unknown) => String(error),
  );
