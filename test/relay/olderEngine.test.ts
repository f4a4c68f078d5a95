import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { processEnd } from '../../server/cli/processEnd.js';
import { connectEngine } from '../../server/relay/connectEngine.js';
import { replaceOlderEngine } from '../../server/relay/replaceOlderEngine.js';
import type { EngineDeps } from '../../server/rpc/EngineDeps.js';
import { readEngineRecord } from '../../server/rpc/enginePlace.js';
import { RawPeer } from '../rpc/RawPeer.js';
import { TestClock } from '../fixtures/TestClock.js';
import { caughtFrom } from '../rpc/caught.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

const NEED = { version: 2, what: 'something/new' };

describe('rpc: engines and sessions of several versions of the contract', () => {
  let site: RealSite;
  beforeEach(async () => (site = await fakeEngineSite({ contract: '1' })));
  afterEach(() => site.remove());

  async function replace(deps: Partial<EngineDeps> = {}, isLast = false): Promise<boolean> {
    const connection = await connectEngine(site.site, site.deps);
    const asked = { connection, site: site.site, deps: { ...site.deps, ...deps } };
    return replaceOlderEngine(asked, NEED, isLast).finally(() => connection.rpc.end());
  }

  it('an older engine answers what it knows', async () => {
    const client = site.client();
    const first = await client.request('site/get', {});
    expect((await client.request('sync/start', { requestId: randomUUID() })).started).to.equal(true);
    expect(readEngineRecord(site.site)?.processId).to.equal(Number(first.ServerName));
  });

  it('one that is idle ends for what it does not know, and ours is started', async () => {
    const client = site.client();
    const old = Number((await client.request('site/get', {})).ServerName);
    site.write('contract', '2');
    expect(await replace()).to.equal(true);
    await processEnd(old);
    expect(site.log).to.contain('yields to version').and.to.contain('for something/new');
    const now = Number((await client.request('site/get', {})).ServerName);
    expect(now).not.to.equal(old);
    expect(await replace()).to.equal(false);
    expect(Number((await client.request('site/get', {})).ServerName)).to.equal(now);
  });

  it('a request that it does not know reaches ours by itself', async () => {
    const client = site.client();
    const old = Number((await client.request('site/get', {})).ServerName);
    site.write('contract', '2');
    expect((await caughtFrom(client.request('backup/begin', {}))).errorId).to.equal('RunNotFound');
    await processEnd(old);
    expect(Number((await client.request('site/get', {})).ServerName)).not.to.equal(old);
  });

  it('one that is a service stays, and the error says so', async () => {
    site.write('stays', '');
    const old = Number((await site.client().request('site/get', {})).ServerName);
    const error = await caughtFrom(replace());
    expect([error.errorId, error.message]).to.deep.equal([
      'EngineTooOld',
      `The engine of site ABC has version ${site.deps.version}, which does not know something/new: ` +
        'it runs as a service and keeps running.',
    ]);
    expect((await caughtFrom(replace({}, true))).message).to.contain('older sessions start it again and again');
    expect(Number((await site.client().request('site/get', {})).ServerName)).to.equal(old);
  });

  it('one that has a run or others to answer is left to finish, and the error says so', async () => {
    const client = site.client();
    const stop = new AbortController();
    const wait = caughtFrom(client.request('run/wait', { id: 1 }, { signal: stop.signal }));
    const old = Number((await client.request('site/get', {})).ServerName);
    const clock = new TestClock();
    const late = caughtFrom(replace({ clock }));
    await clock.timers(1);
    await clock.fire();
    expect((await late).message).to.contain('it still answers others and then ends');
    site.write('runs', '');
    expect((await caughtFrom(replace())).message).to.contain('it finishes run 7 first and then ends');
    stop.abort();
    expect((await wait).errorId).to.equal('Cancelled');
    await processEnd(old);
  });

  it('an operator who could start none leaves it', async () => {
    const old = Number((await site.client().request('site/get', {})).ServerName);
    const connection = await connectEngine(site.site, site.deps);
    const guest = { ...site.site, use: { as: 'guest', reason: 'an operator' } as const };
    const error = await caughtFrom(replaceOlderEngine({ connection, site: guest, deps: site.deps }, NEED, false));
    expect(error.message).to.contain('only the account of the site can start a newer engine');
    connection.rpc.end();
    expect(Number((await site.client().request('site/get', {})).ServerName)).to.equal(old);
  });

  it('a session of version 1 asks an engine of version 2; one too new for it is refused', async () => {
    site.write('contract', '9');
    await site.client().request('site/get', {});
    const peer = new RawPeer(site.site, { minimum: 1, maximum: 1 });
    expect(await peer.open()).to.contain('result');
    expect(peer.contract).to.equal(1);
    peer.end();
    const later = new RawPeer(site.site, { minimum: 10, maximum: 11 });
    expect(await later.open()).to.equal('The module speaks contract 10 to 11 and the engine speaks 1 to 9.');
    later.end();
  });
});
