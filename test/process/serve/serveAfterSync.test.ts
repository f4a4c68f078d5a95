import { expect } from 'chai';
import { ended, ServeSite } from './ServeSite.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('service: serve and the after-sync command', () => {
  let site: ServeSite;
  before(async () => {
    site = new ServeSite();
    await site.json('site', 'new', '--site-code', 'ABC', '--path', site.path);
  });
  after(() => site.remove());

  const warnsBelow = async (...options: string[]): Promise<boolean> => {
    const serve = site.start(['serve', ...options]);
    await site.said(serve, 'as a service');
    const { code, out, err } = await site.run('config', 'set', '--after-sync-command', process.execPath);
    expect(code, err).to.equal(0);
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    return `${out}${err}`.includes('set but not run');
  };

  it('runs it only with the option, an engine that is no service without it', async () => {
    expect([await warnsBelow(), await warnsBelow('--allow-after-sync-command')]).to.deep.equal([true, false]);
    const onDemand = await site.run('config', 'set', '--after-sync-command', process.execPath);
    expect([onDemand.code, `${onDemand.out}${onDemand.err}`.includes('set but not run')]).to.deep.equal([0, false]);
  });
});
