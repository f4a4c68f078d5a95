import { expect } from 'chai';
import { withoutEngine } from '../../server/repair/withoutEngine.js';
import { STRANGER, WindowsAccounts } from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

describe('engine: work in a site folder without its engine', () => {
  let site: RealSite;
  beforeEach(async () => (site = await fakeEngineSite()));
  afterEach(() => site.remove());

  it('is done on Windows only in a folder that may be used, and elsewhere as it was opened', async () => {
    const machine = new WindowsAccounts();
    const system = {
      platform: 'win32' as const,
      env: {},
      run: async (call: Parameters<WindowsAccounts['answer']>[0]) =>
        Promise.resolve(machine.answer(call) ?? { code: 1, stdout: '', stderr: 'what?' }),
    };
    const generation = async (_place: unknown, number: number): Promise<number> => Promise.resolve(number);
    expect(await withoutEngine(site.site, generation, system)).to.equal(1);
    machine.found.set(site.site.path, { owner: STRANGER });
    let isReached = false;
    const work = async (): Promise<void> => Promise.resolve(void (isReached = true));
    const error = await caughtFrom(withoutEngine(site.site, work, system));
    expect([error.errorId, isReached]).to.deep.equal(['SiteFolderNotTrusted', false]);
    await withoutEngine(site.site, work, { ...system, platform: 'linux' });
    expect(isReached).to.equal(true);
  });
});
