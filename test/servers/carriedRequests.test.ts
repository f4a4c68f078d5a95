import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import type { EngineService } from '../../server/rpc/requests.js';
import { givePackage } from '../../server/servers/carriedPackage.js';
import type { CarriedFiles } from '../../server/store/SharedRows.js';
import { Carrier, placeOf } from '../../server/servers/Carrier.js';
import { CarriedWork } from '../../server/servers/CarriedWork.js';
import { DatabaseSeal, newDatabaseKey } from '../../server/site/databaseKey.js';
import { NewsReaders } from '../../server/store/SiteNews.js';
import type { SiteRole, SiteServer, Standing } from '../../server/store/SiteRole.js';
import { systemClock } from '../../server/platform/Clock.js';
import { parsePostgresAddress } from '../../server/store/postgres/PostgresAddress.js';
import { PostgresTransactions } from '../../server/store/postgres/PostgresTransactions.js';
import { carriedFiles } from '../../server/store/postgres/carriedFiles.js';
import { carriedRequests } from '../../server/store/postgres/carriedRequests.js';
import { type FolderFiles, folderFiles } from '../../server/platform/files/folderFiles.js';
import { type PackagePlace, packagePlace } from '../../server/transfer/packagePlace.js';
import { migratePostgres } from '../../server/store/postgres/migratePostgres.js';
import { newRequestId } from '../engine/TestSite.js';
import { QUIET_REQUEST } from '../fixtures/quietRequest.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TestClock } from '../fixtures/TestClock.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';

const NOBODY: Standing = { role: 'Follower', epoch: 0, owner: undefined };

/** A role that the test gives and takes. */
class GivenRole implements SiteRole {
  standing = NOBODY;
  readonly mayAct = true;
  readonly self: SiteServer;
  readonly #watchers = new Set<(now: Standing, before: Standing) => void>();

  constructor(host: string) {
    this.self = { id: host, host, processId: 1, version: '1' };
  }

  onChange(told: (now: Standing, before: Standing) => void): () => void {
    this.#watchers.add(told);
    return () => void this.#watchers.delete(told);
  }

  become(standing: Standing): void {
    const before = this.standing;
    this.standing = standing;
    for (const watcher of this.#watchers) watcher(standing, before);
  }
}

describe('Requests carried to the owner of a site', () => {
  const database = testDatabase();
  const folder = temporaryFolder();
  const seal = new DatabaseSeal(newDatabaseKey(), 'guid');
  const request = { requestId: '', interval: 5, unit: 'Days' } as const;
  let transactions: PostgresTransactions;
  let ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    ends = [];
    transactions = new PostgresTransactions(parsePostgresAddress(database().address), {
      clock: systemClock,
      random: () => 0,
    });
    await migratePostgres(transactions, { siteGuid: 'guid', where: 'the database' });
  });
  afterEach(async () => {
    for (const end of ends) await end();
    await transactions.close();
  });

  /** A server whose answers to `summarization/set` the test gives. */
  function server(name: string, answer: (params: object) => Promise<unknown>, clock = new TestClock()) {
    const role = new GivenRole(name);
    const news = new NewsReaders();
    const shared = {
      ...{
        requests: carriedRequests(transactions),
        files: carriedFiles(transactions),
        site: siteOf(name),
        seal,
        role,
        clock,
        engine: name,
        siteCode: 'ABC',
      },
      listen: (told: Parameters<NewsReaders['add']>[0]) => news.add(told),
    };
    const service = {
      'summarization/set': answer,
      'component/set': answer,
      'catalog/export': answer,
    } as unknown as EngineService;
    const lines: string[] = [];
    const work = new CarriedWork({ ...shared, service, log: (line) => lines.push(line) });
    ends.push(async () => {
      work.end();
      await work.ended();
    });
    const keyProblem = async (): Promise<undefined> => Promise.resolve(undefined);
    const carrier = new Carrier({ ...shared, monotonic: () => clock.time, keyProblem });
    return { role, news, lines, clock, work, carrier };
  }
  const siteOf = (name: string): { path: string; files: FolderFiles } => {
    const site = path.join(folder(), name);
    fs.mkdirSync(path.join(site, 'Transfer'), { recursive: true });
    return { path: site, files: folderFiles(site) };
  };
  const nothing = async (): Promise<unknown> => Promise.resolve({});
  const own = (name: string): Standing => ({ role: 'Owner', epoch: 1, owner: new GivenRole(name).self });
  const following = (name: string): Standing => ({ ...own(name), role: 'Follower' });
  const stored = async (): Promise<string> =>
    transactions.read(async ({ query }) => JSON.stringify(await query('SELECT * FROM carried_request')));

  it('are done there once, however often they are sent, and nobody reads them on the way', async () => {
    let done = 0;
    const answer = async (params: object): Promise<unknown> => Promise.resolve({ params, done: (done += 1) });
    const [owner, follower] = [server('one', answer), server('two', answer)];
    const requestId = newRequestId();
    const params = { requestId, proxyPassword: 's3cret' };
    owner.role.become(own('one'));
    follower.role.become(following('one'));
    expect(follower.carrier.isNeeded('component/set')).to.equal(true);
    expect(owner.carrier.isNeeded('component/set')).to.equal(false);
    const asked = [1, 2].map(async () => follower.carrier.carry('component/set', params, QUIET_REQUEST));
    await untilStored();
    owner.news.tell({ kind: 'Request', by: 'two', id: requestId });
    owner.news.tell({ kind: 'Request', by: 'two', id: requestId });
    await answered();
    follower.news.tell({ kind: 'Answer', by: 'one', id: requestId });
    expect(await Promise.all(asked)).to.deep.equal([
      { params, done: 1 },
      { params, done: 1 },
    ]);
    expect(await follower.carrier.carry('component/set', params, QUIET_REQUEST)).to.deep.equal({ params, done: 1 });
    expect(await stored()).not.to.contain(Buffer.from('s3cret').toJSON().data.join(','));
    expect(owner.lines).to.deep.equal(['Doing component/set for the server two.']);
  });

  it('are not done where somebody has made others of them on the way', async () => {
    const [owner, follower] = [server('one', nothing), server('two', nothing)];
    owner.role.become(own('one'));
    follower.role.become(following('one'));
    const asked = rejectionOf(follower.carrier.carry('component/set', { requestId: newRequestId() }, QUIET_REQUEST));
    await untilStored();
    await transactions.write({
      body: async ({ query }) => query("UPDATE carried_request SET method = 'summarization/set'"),
    });
    owner.news.tell({ kind: 'Missed' });
    await answered();
    follower.news.tell({ kind: 'Missed' });
    expect(await asked).to.equal('DatabaseKeyWrong');
  });

  it('bring the error that the owner threw', async () => {
    const fail = async (): Promise<unknown> => Promise.reject(new SyncError('RunNotFound', { run: 7 }));
    const [owner, follower] = [server('one', fail), server('two', fail)];
    owner.role.become(own('one'));
    const asked = follower.carrier.carry('summarization/set', { ...request, requestId: newRequestId() }, QUIET_REQUEST);
    await untilStored();
    owner.news.tell({ kind: 'Missed' });
    await answered();
    follower.news.tell({ kind: 'Missed' });
    const error = await asked.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(SyncError);
    expect((error as SyncError).data).to.deep.equal({ run: 7 });
  });

  it('are done by the next owner where the first one dies in the middle', async () => {
    let begun: () => void = () => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    let lose: (reason: SyncError) => void = () => undefined;
    const hang = async (): Promise<unknown> => {
      begun();
      return new Promise((_resolve, reject) => (lose = reject));
    };
    const [first, second, third] = [
      server('one', hang),
      server('two', async () => Promise.resolve({ by: 'two' })),
      server('three', hang),
    ];
    first.role.become(own('one'));
    const requestId = newRequestId();
    const asked = third.carrier.carry('summarization/set', { ...request, requestId }, QUIET_REQUEST);
    await untilStored();
    first.news.tell({ kind: 'Missed' });
    await isBegun;
    first.role.become(following('two'));
    lose(new SyncError('StoreSuperseded', { site: 'ABC', generation: 2 }));
    second.role.become(own('two'));
    await answered();
    third.news.tell({ kind: 'Answer', by: 'two', id: requestId });
    expect(await asked).to.deep.equal({ by: 'two' });
  });

  it('name the last owner where nobody takes them up', async () => {
    const follower = server('two', nothing);
    follower.role.become(following('one'));
    let isOver = false;
    const params = { ...request, requestId: newRequestId() };
    const asked = rejectionOf(follower.carrier.carry('summarization/set', params, QUIET_REQUEST)).finally(
      () => (isOver = true),
    );
    await untilStored();
    await follower.clock.passes(45, 2);
    expect(isOver).to.equal(false);
    follower.clock.pass(1);
    expect(await asked).to.equal('OwnerSilent');
  });

  it('are waited for whatever the clock of the database, a machine asleep and a database away say', async () => {
    const [owner, follower] = [server('one', async () => Promise.resolve({ by: 'one' })), server('two', nothing)];
    follower.role.become(following('one'));
    const requestId = newRequestId();
    const asked = follower.carrier.carry('summarization/set', { ...request, requestId }, QUIET_REQUEST);
    await untilStored();
    await transactions.write({
      body: async ({ query }) => query('UPDATE carried_request SET touched = touched - 46000'),
    });
    await follower.clock.passes(2, 2);
    follower.clock.pass(3600);
    await follower.clock.timers(2);
    // Far enough that the request is forgotten.
    await transactions.write({
      body: async ({ query }) => query('UPDATE carried_request SET asked = asked - 86400001'),
    });
    await carriedRequests(transactions).forget();
    expect(await stored()).to.equal('[]');
    follower.clock.pass(1);
    await untilStored();
    owner.role.become(own('one'));
    await answered();
    follower.news.tell({ kind: 'Answer', by: 'one', id: requestId });
    expect(await asked).to.deep.equal({ by: 'one' });
  });

  it('are not waited for once nobody wants the answer', async () => {
    const follower = server('two', async () => Promise.resolve({}));
    const cancel = new AbortController();
    const asked = rejectionOf(
      follower.carrier.carry('summarization/set', { ...request, requestId: newRequestId() }, cancel),
    );
    await untilStored();
    cancel.abort();
    expect(await asked).to.equal('Cancelled');
  });

  it('take their package along, there and back', async () => {
    const bytes = Buffer.alloc(2_500_000, 'abcdefg');
    const requestId = newRequestId();
    const placeAt = (name: string): PackagePlace => packagePlace(siteOf(name), requestId);
    const exporting = async (): Promise<unknown> => {
      fs.writeFileSync(placeAt('one').file, bytes);
      fs.writeFileSync(placeAt('one').sideCar, 'beside it');
      return Promise.resolve({});
    };
    const [owner, follower] = [server('one', exporting), server('two', exporting)];
    owner.role.become(own('one'));
    follower.role.become(following('one'));
    const asked = follower.carrier.carry('catalog/export', { requestId }, QUIET_REQUEST);
    await untilStored();
    owner.news.tell({ kind: 'Missed' });
    await answered();
    follower.news.tell({ kind: 'Missed' });
    await asked;
    expect(fs.readFileSync(placeAt('two').file).equals(bytes)).to.equal(true);
    expect(fs.readFileSync(placeAt('two').sideCar, 'utf8')).to.equal('beside it');
    expect([placeAt('one').file, placeAt('two').contentList].map((file) => fs.existsSync(file))).to.deep.equal([
      false,
      false,
    ]);
  });

  it('bring no package of pieces of two, and say where one was not handed over', async () => {
    const requestId = newRequestId();
    const placeAt = (name: string): PackagePlace => packagePlace(siteOf(name), requestId);
    const whole = Buffer.alloc(1_500_000, 'second');
    const exporting = async (): Promise<unknown> => {
      fs.writeFileSync(placeAt('one').file, whole);
      return Promise.resolve({});
    };
    const [owner, follower] = [server('one', exporting), server('two', exporting)];
    owner.role.become(own('one'));
    follower.role.become(following('one'));
    // The owner before has died when it had put one piece of its package.
    fs.writeFileSync(placeAt('three').file, Buffer.alloc(3_000_000, 'first'));
    const files = carriedFiles(transactions);
    const dying: CarriedFiles = {
      ...files,
      put: async (which, bytes) =>
        which.piece === 1 ? Promise.reject(new SyncError('EngineStopped', { run: 0 })) : files.put(which, bytes),
    };
    expect(await rejectionOf(givePackage(dying, siteOf('three'), requestId))).to.equal('EngineStopped');
    const asked = follower.carrier.carry('catalog/export', { requestId, path: 'c.cab' }, QUIET_REQUEST);
    await untilStored();
    owner.news.tell({ kind: 'Missed' });
    await answered();
    follower.news.tell({ kind: 'Missed' });
    await asked;
    expect(fs.readFileSync(placeAt('two').file).equals(whole)).to.equal(true);
    await transactions.write({ body: async ({ query }) => query('DELETE FROM carried_file WHERE piece = 1') });
    const again = follower.carrier.carry('catalog/export', { requestId, path: 'c.cab' }, QUIET_REQUEST);
    expect(await rejectionOf(again)).to.equal('PackageInvalid');
    expect(fs.existsSync(placeAt('two').file)).to.equal(false);
  });

  it('say of an export whose answer is all that a dead owner has left that its package is not there', async () => {
    const [owner, follower] = [server('one', nothing), server('two', nothing)];
    owner.role.become(own('one'));
    follower.role.become(following('one'));
    const params = { requestId: newRequestId(), path: 'c.cab' };
    const asked = rejectionOf(follower.carrier.carry('catalog/export', params, QUIET_REQUEST));
    await untilStored();
    owner.news.tell({ kind: 'Missed' });
    await answered();
    follower.news.tell({ kind: 'Missed' });
    expect(await asked).to.equal('PackageInvalid');
  });

  it('are refused by name where files of a server are used, and stay where they concern the server', () => {
    const follower = server('two', async () => Promise.resolve({}));
    follower.role.become(following('one'));
    expect(() => follower.carrier.isNeeded('content/save')).to.throw('which is one; this server is two');
    expect(follower.carrier.isNeeded('engine/stop')).to.equal(false);
    expect(follower.carrier.isNeeded('run/list')).to.equal(false);
    expect(placeOf('sync/start')).to.equal('Owner');
  });

  async function untilStored(): Promise<void> {
    await until('EXISTS (SELECT 1 FROM carried_request)');
  }
  async function answered(): Promise<void> {
    await until('EXISTS (SELECT 1 FROM carried_request WHERE answer IS NOT NULL)');
  }
  async function until(condition: string): Promise<void> {
    for (;;) {
      const [row] = await transactions.read(async ({ query }) => query(`SELECT ${condition}`));
      if (row?.[0] === true) return;
    }
  }
});
