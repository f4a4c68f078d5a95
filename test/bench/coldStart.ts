import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quoted } from '../cmdlets/fakeSession.js';
import { repositoryRoot, runPowerShell } from '../powershell/powershellEngine.js';
import type { PowerShellEngine, PowerShellOptions } from '../powershell/powershellEngine.js';

type WritePackage = (out: string) => Promise<{ readonly folder: string }>;

const rounds = 4;
const script = (folder: string): string => `$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module ${quoted(join(folder, 'ConfigMgrSync.psd1'))}
[void] (Get-CMSoftwareUpdateSyncStatus)
[System.Console]::Out.Write($clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture))
exit 0`;

/**
 * Seconds from Import-Module to the first status in a new PowerShell, the best of several, the engine running from the
 * second on.
 */
async function fastest(engine: PowerShellEngine, folder: string, env: PowerShellOptions['env']): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await runPowerShell(engine, script(folder), env === undefined ? {} : { env });
    best = Math.min(best, Number(stdout));
  }
  return best;
}

/** The lines about a cold session: with the module of the source tree and with a packaged one. */
export async function coldStart(engine: PowerShellEngine, env: PowerShellOptions['env']): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'configmgrsync-cold-'));
  try {
    const { writePackage } = (await import(
      pathToFileURL(join(repositoryRoot(), 'server', 'bootstrap', 'package', 'writePackage.mjs')).href
    )) as { writePackage: WritePackage };
    const { folder } = await writePackage(out);
    const source = await fastest(engine, repositoryRoot(), env);
    const packaged = await fastest(engine, folder, env);
    return (
      `Import-Module and the first status, packaged module    ${packaged.toFixed(2)} s\nthe same with the ` +
      `module of the source tree            ${source.toFixed(2)} s\n`
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
