import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnd } from '../../server/cli/processEnd.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { processState } from '../../server/platform/processState.js';
import { engineSocketFolder } from '../../server/rpc/enginePlace.js';
import { TestClock } from '../fixtures/TestClock.js';
import { caughtFrom } from '../rpc/caught.js';
import { GatedUpstream } from './GatedUpstream.js';
import { RealSite } from './RealSite.js';

describe('lifecycle: engines that hang, pause and get old', () => {
  let site: RealSite;
  let upstream: GatedUpstream;
  beforeEach(async () => {
    [site, upstream] = await Promise.all([RealSite.make(), GatedUpstream.held()]);
  });
  afterEach(async () => {
    await site.remove();
    await upstream.close();
  });
  const log = (): string => readFileSync(join(site.site.path, 'Logs', 'engine.log'), 'utf8');
  const pending = (name: string) => ({ requestId: randomUUID(), addProduct: [name] });

  it(
    'names the process of one that hangs, in a request under way and in a new session, and never takes ' + 'over',
    async function () {
      if (process.platform === 'win32') this.skip();
      await site.client().request('site/get', {});
      const clock = new TestClock();
      const client = site.client({ clock });
      await client.request('component/set', { requestId: randomUUID(), upstreamSourceLocation: upstream.url });
      const { run } = await client.request('sync/start', { requestId: randomUUID() });
      const wait = caughtFrom(client.request('run/wait', { id: run.Id }));
      const engine = site.engineId;
      await clock.timers(1);
      process.kill(engine, 'SIGSTOP');
      while (processState(engine) !== 'stopped') await new Promise(setImmediate);
      const expectHung = async (asking: ReturnType<typeof caughtFrom>): Promise<void> => {
        await clock.timers(1);
        await clock.fire();
        const { errorId, data } = await asking;
        expect([errorId, data['processId']]).to.deep.equal(['EngineHung', engine]);
      };
      // It is asked a small question beside the request, and answers that no more.
      await clock.fire();
      await expectHung(wait);
      for (const asked of [site.client({ clock }), client]) await expectHung(caughtFrom(asked.request('site/get', {})));
      process.kill(engine, 'SIGCONT');
      expect((await client.request('run/list', { id: run.Id })).runs[0]).to.include({ State: 'Running' });
      expect(site.engineId).to.equal(engine);
      expect(log().match(/ started \(process/g)).to.have.length(1);
    },
  );

  it(
    'one that was superseded while it was paused answers nothing any more; its sessions reach the newer ' + 'one',
    async function () {
      if (process.platform === 'win32') this.skip();
      const session = site.session();
      await session.request('component/set', pending('first'));
      const old = site.engineId;
      process.kill(old, 'SIGSTOP');
      // What a cleaner of temporary files does: nobody can reach the paused engine any more.
      rmSync(engineSocketFolder(site.site)!, { recursive: true });
      expect((await site.cli(['config', 'set', '--add-product', 'second'])).code).to.equal(0);
      expect(site.engineId).not.to.equal(old);
      process.kill(old, 'SIGCONT');
      expect((await session.request('component/get', {})).PendingCategories).to.deep.equal([
        'Product:first',
        'Product:second',
      ]);
      await session.request('component/set', pending('third'));
      await processEnd(old);
      expect(log()).to.contain('another engine has taken over');
      expect((await site.client().request('component/get', {})).PendingCategories).to.deep.equal([
        'Product:first',
        'Product:second',
        'Product:third',
      ]);
    },
  );

  it('gets the last answer of one that ends, also where its end is noticed in the same turn', async () => {
    const client = site.client();
    await client.request('site/get', {});
    const stopped = client.request('engine/stop', { requestId: randomUUID() });
    // The request goes out; then this process notices nothing until the engine has ended.
    for (let turns = 0; turns < 10; turns += 1) await new Promise(setImmediate);
    while (!log().includes('Engine ended'));
    await stopped;
    expect(log().match(/Engine of site ABC started/g)).to.have.length(1);
  });

  it('one that is asked to end leaves no wait without the end of its run', async () => {
    const session = site.session();
    await session.request('component/set', { requestId: randomUUID(), upstreamSourceLocation: upstream.url });
    const { run } = await session.request('sync/start', { requestId: randomUUID() });
    const wait = session.request('run/wait', { id: run.Id });
    await session.request('site/get', {});
    const old = site.engineId;
    process.kill(old, 'SIGTERM');
    expect((await wait).run).to.include({ State: 'Failed', ErrorId: 'EngineStopped' });
    await processEnd(old);
    expect((await session.request('run/list', {})).runs[0]).to.include({ Id: run.Id, State: 'Failed' });
    expect(site.engineId).not.to.equal(old);
    expect(log()).to.contain('it was told to end');
  });

  it(
    'an old one finishes its run and then yields to a newer module; older sessions go on with the newer ' + 'engine',
    async function () {
      const newer = copyPackage(join(site.home, 'newer'), '9.0.0');
      const [oldSession, newSession] = [site.session(), site.session(newer)];
      await oldSession.request('component/set', { requestId: randomUUID(), upstreamSourceLocation: upstream.url });
      const { run } = await oldSession.request('sync/start', { requestId: randomUUID() });
      const old = site.engineId;
      const { ConfigMgrSyncVersion: version } = await oldSession.request('site/get', {});
      expect((await newSession.request('site/get', {})).ConfigMgrSyncVersion).to.equal(version);
      expect((await oldSession.request('run/stop', { requestId: randomUUID() })).run).to.include({
        Id: run.Id,
        State: 'Cancelled',
      });
      await processEnd(old);
      expect(log()).to.contain('yields to version 9.0.0');
      expect((await newSession.request('site/get', {})).ConfigMgrSyncVersion).to.equal('9.0.0');
      expect((await oldSession.request('site/get', {})).ConfigMgrSyncVersion).to.equal('9.0.0');
      expect((await oldSession.request('run/list', {})).runs).to.have.length(1);
    },
  );
});

/** The package under another version number; gives its program. */
function copyPackage(folder: string, version: string): string {
  mkdirSync(folder);
  for (const name of [join('dist', 'server', 'main.js'), join('dist', 'server', 'parts'), 'schemas'])
    cpSync(join(packageFolder(), name), join(folder, name), { recursive: true });
  symlinkSync(join(packageFolder(), 'node_modules'), join(folder, 'node_modules'), 'junction');
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version }));
  return join(folder, 'dist', 'server', 'main.js');
}
