import { expect } from 'chai';
import { ended, RealSite } from '../RealSite.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('service: serve and the after-sync command', () => {
  let site: RealSite;
  before(async () => {
    site = await RealSite.make();
  });
  after(() => site.remove());

  const warnsBelow = async (...options: string[]): Promise<boolean> => {
    const serve = await site.serve(options);
    const { code, out, err } = await site.cli(['config', 'set', '--after-sync-command', process.execPath]);
    expect(code, err).to.equal(0);
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    return `${out}${err}`.includes('set but not run');
  };

  it('runs it only with the option, an engine that is no service without it', async () => {
    expect([await warnsBelow(), await warnsBelow('--allow-after-sync-command')]).to.deep.equal([true, false]);
    const onDemand = await site.cli(['config', 'set', '--after-sync-command', process.execPath]);
    expect([onDemand.code, `${onDemand.out}${onDemand.err}`.includes('set but not run')]).to.deep.equal([0, false]);
  });
});
