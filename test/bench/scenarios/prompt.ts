import { locatePowerShell, type PowerShellEngine, runPowerShellJson } from '../../powershell/powershellEngine.js';
import { measure, type Measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';
import { type Metered, metered } from '../lab/metered.js';
import { BenchFailure } from '../product/BenchFailure.js';
import { packageOf } from '../product/packageOf.js';
import { coldScript, type ColdTimes, warmScript, type WarmTimes } from './promptScripts.js';
import type { Scenario } from './Scenario.js';

const TIMEOUT_MS = 300_000;

/** What a person at a PowerShell prompt waits for; the engine runs already. */
export const prompt: Scenario = {
  name: 'prompt',
  title: 'a PowerShell session on a site that lists # updates',
  size: 10_000,
  prepare: async (lab, updates) => {
    const shell = await locatePowerShell();
    if ('missing' in shell) throw new BenchFailure(shell.missing);
    const site = await lab.syncedSite({ updates, allCurrent: true });
    const packaged = await packageOf(lab.product, lab.folder());
    const run = async <Result>(script: string): Promise<Metered<Result>> =>
      inSession<Result>(lab, { shell, site }, script);
    return async () => [
      ...coldFigures('packaged module', await run<ColdTimes>(coldScript(packaged))),
      ...coldFigures('module of the source tree', await run<ColdTimes>(coldScript(lab.product.root))),
      ...warmFigures((await run<WarmTimes>(warmScript(lab.product.root))).result),
    ];
  },
};

async function inSession<Result>(
  lab: Lab,
  { shell, site }: { shell: PowerShellEngine; site: string },
  script: string,
): Promise<Metered<Result>> {
  return lab.work(async (bench) => {
    const session = await bench.session(site);
    await session.request('status/get');
    const env = {
      ...bench.env,
      CONFIGMGRSYNC_SITE: site,
      CONFIGMGRSYNC_ENGINE_MAIN: undefined,
      CONFIGMGRSYNC_NODE: process.execPath,
    };
    const work = await metered(bench.meter, async () =>
      runPowerShellJson<Result>(shell, script, { env, timeoutMs: TIMEOUT_MS }),
    );
    await bench.rest(session);
    return work;
  });
}

/** The shell measures itself; what it starts and asks is measured here. */
function coldFigures(what: string, { result, processorMs }: Metered<ColdTimes>): Measure[] {
  return [
    measure(`Import-Module and first status, ${what}, time`, 'ms', result.ms, { budget: '1 s' }),
    measure(`Import-Module and first status, ${what}, processor time`, 'ms', result.processorMs + processorMs),
  ];
}

function warmFigures(times: WarmTimes): Measure[] {
  return [
    measure('Get-CMSoftwareUpdate -Fast', 'ms', times.listMs, { budget: '1.5 s', note: `${times.count} updates` }),
    measure('its first object', 'ms', times.firstObjectMs, { budget: '100 ms' }),
    measure('Get-CMSoftwareUpdateSyncStatus', 'ms', times.statusMs, { budget: '10 ms' }),
    measure('completion of a product', 'ms', times.completionMs, { budget: '250 ms' }),
    measure('memory after two lists in one pipeline', 'bytes', times.earlyBytes),
    measure('memory after ten lists', 'bytes', times.lateBytes, { budget: 'that after two' }),
  ];
}
