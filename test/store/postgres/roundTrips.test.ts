import { expect } from 'chai';
import type { Store } from '../../../server/store/Store.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { Cleanup } from '../../upstream/harness.js';
import { sampleRevision, sampleUpdate } from '../sampleRows.js';
import { CuttingProxy } from './CuttingProxy.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

/** Nothing but what a test asks goes over the connections. */
const QUIET = { length: 600_000, beat: 300_000 };
const ROLE = { user: 'far', password: 'far' };

describe('Ways to PostgreSQL and back', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  let proxy: CuttingProxy;
  beforeEach(async () => {
    const { server } = database();
    server.sql(`DROP ROLE IF EXISTS far; CREATE ROLE far SUPERUSER LOGIN PASSWORD 'far'`);
    proxy = await CuttingProxy.to(server.port);
    cleanup.add(async () => proxy.close());
  });
  const open = async (server = 'one', isThere = false): Promise<Store> => {
    const { server: postgres, name } = database();
    const address = postgres.overNetwork(name, ROLE, proxy.port);
    return openTestStore({ address }, cleanup, { server, isThere, timing: QUIET });
  };
  const waysOf = async (work: () => Promise<unknown>): Promise<number> => {
    // The first time a connection gets ready.
    await work();
    const before = proxy.turns;
    await work();
    return proxy.turns - before;
  };

  it('are few when a site is opened', async () => {
    const made = await open();
    await made.database.close();
    const before = proxy.turns;
    await open('one', true);
    // Eight make two connections, with the proof of the password. What is sent together can be read in parts.
    expect(proxy.turns - before).to.be.within(12, 26);
  });

  it('are two for an update by its KB number, and two for what is around it', async () => {
    const { database: store } = await open();
    await store.commit({ revisions: [1, 2].map((id) => sampleRevision(id)) });
    await store.commit({ softwareUpdates: [1, 2].map((id) => sampleUpdate(id, { updateKey: id, revisionId: id })) });
    const query = { articleId: '5000002', wildcard: true };
    expect((await store.updates(query)).map(({ ciId }) => ciId)).to.deep.equal([2]);
    expect(await waysOf(async () => store.updates(query))).to.equal(2);
    expect(await waysOf(async () => store.relatedIds([1, 2]))).to.equal(2);
  });

  it('are one for all next ids, for all counts and for an empty outbox', async () => {
    const { database: store } = await open();
    expect(await waysOf(async () => store.nextIds())).to.equal(1);
    expect(await waysOf(async () => store.counts())).to.equal(1);
    expect(await waysOf(async () => store.outboxCounts())).to.equal(1);
  });

  it('are none for a setting that the owner has read or found missing, until it is written', async () => {
    const { database: store } = await open();
    await store.commit({ settings: { here: 1 } });
    const names = ['here', 'nowhere'];
    const read = async (): Promise<unknown[]> => Promise.all(names.map(async (name) => store.setting(name)));
    expect(await read()).to.deep.equal([1, undefined]);
    expect(await waysOf(read)).to.equal(0);
    await store.commit({ settings: { here: 2, nowhere: 3 } });
    expect(await read()).to.deep.equal([2, 3]);
  });

  it('are one for each setting after a commit that failed, until the next one', async () => {
    const { database: store } = await open();
    const read = async (): Promise<unknown> => store.setting('here');
    await store.commit({ settings: { here: 1 } });
    expect(await waysOf(read)).to.equal(0);
    const message = { id: 1, messageId: 1, time: 1, json: '{}' };
    expect(await rejectionOf(store.commit({ messages: [message, message] }))).to.equal('InternalError');
    expect(await waysOf(read)).to.equal(1);
    await store.commit({ messages: [message] });
    expect(await waysOf(read)).to.equal(0);
  });

  it('are one for each setting that a server reads which does not own the site', async () => {
    const one = await open();
    await one.database.commit({ settings: { here: 1 } });
    const two = await open('two');
    expect(await two.database.setting('here')).to.equal(1);
    expect(await waysOf(async () => two.database.setting('here'))).to.equal(1);
    await one.database.commit({ settings: { here: 2 } });
    expect(await two.database.setting('here')).to.equal(2);
  });
});
