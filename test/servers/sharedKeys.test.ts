import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { readCertificates } from '../../server/link/certificates/siteCertificates.js';
import { systemClock } from '../../server/platform/Clock.js';
import { createSealer } from '../../server/platform/sealSecret.js';
import { SharedKeys } from '../../server/servers/SharedKeys.js';
import { realSiteEnvironment, type SiteFolder } from '../../server/site/SiteFolder.js';
import { createDescribedSite, createSite } from '../../server/site/createSite.js';
import { DatabaseSeal, newDatabaseKey } from '../../server/site/databaseKey.js';
import { useDatabaseKey } from '../../server/site/keptDatabaseKeys.js';
import { readSecret, writeSecrets } from '../../server/site/siteSecrets.js';
import { parsePostgresAddress } from '../../server/store/postgres/PostgresAddress.js';
import { PostgresTransactions } from '../../server/store/postgres/PostgresTransactions.js';
import { LEASE_TIMING } from '../../server/store/postgres/decideLease.js';
import { registerAndLook, takeLease } from '../../server/store/postgres/leaseRow.js';
import { migratePostgres } from '../../server/store/postgres/migratePostgres.js';
import type { WritingEngine } from '../../server/store/postgres/refusedWrite.js';
import { sharedKeyRows } from '../../server/store/postgres/sharedKeyRows.js';
import { newRequestId } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';

describe('The keys of a site on several servers', () => {
  const database = testDatabase();
  const folder = temporaryFolder();
  const sealer = createSealer({
    platform: 'linux',
    env: {},
    run: async () => Promise.resolve({ code: 0, stdout: '', stderr: '' }),
  });
  const now = (): Date => new Date();
  const key = newDatabaseKey();
  let transactions: PostgresTransactions;
  let owner: WritingEngine;
  let first: SiteFolder;
  let second: SiteFolder;

  /** An engine that takes the site, whoever has it. */
  const takes = async (id: string): Promise<WritingEngine> => {
    const self = { id, engine: randomUUID(), host: id, processId: 1, version: '1.0.0' };
    const epoch = await transactions.write({
      body: async (session) => {
        await registerAndLook(session, self, LEASE_TIMING.length);
        await session.query('UPDATE lease SET expires = 0');
        return takeLease(session, self, LEASE_TIMING.length);
      },
    });
    return { site: 'ABC', where: 'the database', self, lease: { epoch, doubt: () => undefined } };
  };
  const keysOf = (site: SiteFolder, text = key, writing = owner): SharedKeys =>
    new SharedKeys({
      rows: sharedKeyRows(transactions, writing),
      seal: new DatabaseSeal(text, site.siteGuid),
      sealer,
      now,
      self: site.path,
    });
  const stored = async (): Promise<string> =>
    transactions.read(async ({ query }) =>
      JSON.stringify((await query('SELECT name, sealed FROM site_key')).map(String)),
    );

  beforeEach(async () => {
    const wanted = { requestId: newRequestId(), siteCode: 'ABC', path: path.join(folder(), 'first') };
    first = await createSite(wanted, realSiteEnvironment());
    const { siteCode, siteName, type, created, serverName, siteGuid, requestId, operators } = first;
    second = await createDescribedSite(
      {
        target: path.join(folder(), 'second'),
        description: { siteCode, siteName, type, created, serverName, siteGuid, requestId, operators },
        content: async () => Promise.resolve(),
      },
      realSiteEnvironment(),
    );
    transactions = new PostgresTransactions(parsePostgresAddress(database().address), {
      clock: systemClock,
      random: () => 0,
    });
    await migratePostgres(transactions, { siteGuid, where: 'the database' });
    owner = await takes('one');
  });
  afterEach(async () => transactions.close());

  it('are given by the first server and taken by the next, each with a certificate of its own', async () => {
    await writeSecrets(first, { smtpPassword: 's3cret', databaseAddress: 'postgresql://u@h/d' }, sealer);
    await keysOf(first).open(first);
    expect(await stored()).not.to.contain('s3cret');
    await keysOf(second).open(second);
    expect(await readSecret(second, 'smtpPassword', sealer)).to.equal('s3cret');
    expect(await readSecret(second, 'databaseAddress', sealer)).to.equal(undefined);
    const [one, two] = [
      await readCertificates({ site: first, sealer }),
      await readCertificates({ site: second, sealer }),
    ];
    expect(two?.authority).to.deep.equal(one?.authority);
    expect(two?.leaf.certificate).not.to.equal(one?.leaf.certificate);
    const { siteCode, siteGuid } = first;
    expect(await keysOf(second).site()).to.deep.include({ siteCode, siteGuid, type: 'Primary' });
  });

  it('follow a change, which stands in the database before it stands in a folder', async () => {
    await keysOf(first).open(first);
    await keysOf(second).open(second);
    const sharing = { ...first, keepShared: keysOf(first).keep };
    await writeSecrets(sharing, { proxyPassword: 'one' }, sealer);
    await writeSecrets(sharing, { proxyPassword: 'two' }, sealer);
    await keysOf(second).take(second);
    expect(await readSecret(second, 'proxyPassword', sealer)).to.equal('two');
    const refusing = { ...first, keepShared: async () => Promise.reject(new Error('gone')) };
    await writeSecrets(refusing, { proxyPassword: 'three' }, sealer).catch(() => undefined);
    expect(await readSecret(first, 'proxyPassword', sealer)).to.equal('two');
  });

  it('are changed by the owner alone: one that was paused writes no older key over a newer one', async () => {
    await keysOf(first).open(first);
    await keysOf(second).open(second);
    await keysOf(first).keep('proxyPassword', 'old');
    const next = await takes('two');
    await keysOf(second, key, next).keep('proxyPassword', 'new');
    const before = await stored();
    expect(await rejectionOf(keysOf(first).keep('proxyPassword', 'older'))).to.equal('ServerNotOwner');
    const follower = { ...owner, lease: { ...owner.lease, epoch: undefined } };
    expect(await rejectionOf(keysOf(first, key, follower).keep('proxyPassword', 'x'))).to.equal('ServerNotOwner');
    expect(await stored()).to.equal(before);
  });

  it('that the database lacks are added by any server, and replace none', async () => {
    await keysOf(first).open(first);
    await keysOf(second).open(second);
    await writeSecrets(first, { smtpPassword: 'of the first' }, sealer);
    await writeSecrets(second, { smtpPassword: 'of the second' }, sealer);
    await takes('three');
    await keysOf(second).open(second);
    await keysOf(first).open(first);
    expect(await readSecret(first, 'smtpPassword', sealer)).to.equal('of the second');
    const rows = sharedKeyRows(transactions);
    expect(await rows.add(new Map([['packageKey', Buffer.of(1)]]), { by: 'x', site: Buffer.of(2) })).to.equal(false);
  });

  it('are taken once: what is as it was is not written again', async () => {
    await writeSecrets(first, { smtpPassword: 's3cret' }, sealer);
    await keysOf(first).open(first);
    await keysOf(second).open(second);
    const file = path.join(second.path, 'secrets.json');
    fs.rmSync(file);
    await keysOf(second).take(second);
    expect(fs.existsSync(file)).to.equal(false);
    fs.rmSync(path.join(second.path, 'sharedkeys.json'));
    await keysOf(second).take(second);
    expect(await readSecret(second, 'smtpPassword', sealer)).to.equal('s3cret');
  });

  it('are opened by no other key, and none takes the place of another', async () => {
    await keysOf(first).open(first);
    expect(await rejectionOf(keysOf(second, newDatabaseKey()).open(second))).to.equal('DatabaseKeyChanged');
    expect(fs.existsSync(path.join(second.path, 'certificates.json'))).to.equal(false);
    await keysOf(first).keep('smtpPassword', 'a');
    await transactions.write({
      body: async ({ query }) =>
        query(
          "UPDATE site_key SET sealed = (SELECT sealed FROM site_key WHERE name = 'smtpPassword') WHERE name = 'site'",
        ),
    });
    expect(await rejectionOf(keysOf(second).open(second))).to.equal('DatabaseKeyChanged');
  });

  /** Both have the key, and the second one has taken what there is. */
  const shared = async (): Promise<SharedKeys> => {
    for (const site of [first, second]) await writeSecrets(site, { databaseKey: key }, sealer);
    await writeSecrets(first, { smtpPassword: 's3cret' }, sealer);
    await keysOf(first).open(first);
    const theirs = keysOf(second);
    await theirs.open(second);
    return theirs;
  };
  const kept = async (site: SiteFolder): Promise<readonly (string | undefined)[]> => [
    await readSecret(site, 'databaseKey', sealer),
    await readSecret(site, 'nextDatabaseKey', sealer),
    await readSecret(site, 'previousDatabaseKey', sealer),
  ];

  it('are sealed again with a new key, which the other servers need', async () => {
    const theirs = await shared();
    const ours = keysOf(first);
    await ours.reseal(first);
    const [next = '', rest] = await kept(first);
    expect([next === key, rest]).to.deep.equal([false, '']);
    const rows = await sharedKeyRows(transactions).all();
    expect(rows.size).to.be.above(2);
    const [old, fresh] = [key, next].map((text) => new DatabaseSeal(text, first.siteGuid));
    for (const [name, sealed] of rows)
      expect([old?.opens(name, sealed), fresh?.opens(name, sealed)]).to.deep.equal([false, true]);
    await ours.keep('proxyPassword', 'later');
    expect(await rejectionOf(theirs.take(second))).to.equal('DatabaseKeyChanged');
    expect(theirs.problem?.errorId).to.equal('DatabaseKeyChanged');
    // Also where it owns the site meanwhile.
    const stale = keysOf(second, key, await takes('two'));
    expect(await rejectionOf(stale.keep('proxyPassword', 'older'))).to.equal('DatabaseKeyWrong');
    expect(await rejectionOf(ours.reseal(first))).to.equal('ServerNotOwner');
    await writeSecrets(second, { databaseKey: next }, sealer);
    await theirs.take(second);
    expect([theirs.problem, await readSecret(second, 'proxyPassword', sealer)]).to.deep.equal([undefined, 'later']);
    expect((await keysOf(first, next, owner).site())?.siteGuid).to.equal(first.siteGuid);
  });

  it('are opened where the database was put back to before the change of the key, which is told', async () => {
    await shared();
    const before = await sharedKeyRows(transactions).all();
    const ours = keysOf(first);
    await ours.reseal(first);
    const [next = ''] = await kept(first);
    expect([ours.warning, await ours.key(first)]).to.deep.equal([undefined, next]);
    await sharedKeyRows(transactions, owner).change('', () => before);
    await ours.take(first);
    const started = keysOf(first, next);
    await started.open(first);
    for (const keys of [ours, started]) {
      expect([keys.problem, await keys.key(first)]).to.deep.equal([undefined, key]);
      expect(keys.warning).to.contain('the key from before the last change');
    }
    await started.keep('smtpPassword', 'there again');
    expect(await kept(first)).to.deep.equal([next, '', key]);
    await useDatabaseKey(first, key, sealer);
    await ours.take(first);
    expect(ours.warning).to.equal(undefined);
    await started.reseal(first);
    expect(started.warning).to.equal(undefined);
    expect([key, next]).not.to.include(await started.key(first));
  });

  it('come from any folder where the only server with the new key is lost and the rows were deleted', async () => {
    await shared();
    await keysOf(first).reseal(first);
    expect(await rejectionOf(keysOf(second).open(second))).to.equal('DatabaseKeyChanged');
    await transactions.write({ body: async ({ query }) => query('DELETE FROM site_key') });
    const theirs = keysOf(second);
    await theirs.open(second);
    const third = { ...second, path: fs.mkdtempSync(path.join(folder(), 'third-')) };
    await keysOf(third).open(third);
    expect([theirs.warning, await readSecret(third, 'smtpPassword', sealer)]).to.deep.equal([undefined, 's3cret']);
  });

  it('are judged by one key at a time: what was read before the change is not taken for what came after', async () => {
    await shared();
    const rows = sharedKeyRows(transactions, owner);
    let calls = 0;
    const all = async (): ReturnType<typeof rows.all> => {
      const found = await rows.all();
      if ((calls += 1) > 1) return found;
      // As long as a change of the key takes, if it does not wait.
      for (let round = 0; round < 200 && (await kept(first))[0] === key; round += 1) await rows.all();
      return found;
    };
    const options = {
      rows: { ...rows, all },
      seal: new DatabaseSeal(key, first.siteGuid),
      sealer,
      now,
      self: first.path,
    };
    const ours = new SharedKeys(options);
    await Promise.all([ours.take(first), ours.reseal(first)]);
    expect((await kept(first))[0]).not.to.equal(key);
    await ours.keep('proxyPassword', 'after both');
    expect(ours.warning).to.equal(undefined);
  });

  it('are not lost where the folder cannot be written after the change, and the key is changed once more', async () => {
    await shared();
    let isFull = false;
    const seal: typeof sealer.seal = async (secret, wanted) => {
      if (isFull) throw new SyncError('SecretSealFailed', { reason: 'the disk is full' });
      return sealer.seal(secret, wanted);
    };
    const rows = sharedKeyRows(transactions, owner);
    let calls = 0;
    const change: typeof rows.change = async (by, next) => {
      await rows.change(by, next);
      isFull = (calls += 1) === 2;
    };
    const options = { rows: { ...rows, change }, seal: new DatabaseSeal(key, first.siteGuid), now, self: first.path };
    const ours = new SharedKeys({ ...options, sealer: { ...sealer, seal } });
    expect(await rejectionOf(ours.reseal(first))).to.equal('SecretSealFailed');
    const [, sealedWith = ''] = await kept(first);
    expect(await ours.key(first)).to.equal(sealedWith);
    isFull = false;
    const failing: typeof rows.change = async (by, next) => {
      if ((calls += 1) > 4)
        throw new SyncError('DatabaseUnreachable', { server: 's', database: 'd', user: 'u', reason: 'gone' });
      await rows.change(by, next);
    };
    calls = 3;
    options.rows.change = failing;
    expect(await rejectionOf(ours.reseal(first))).to.equal('DatabaseUnreachable');
    expect((await kept(first))[0]).to.equal(sealedWith);
    const started = keysOf(first);
    await started.open(first);
    expect(await started.key(first)).to.equal(sealedWith);
  });

  it('are opened by one of the two keys in the folder, whenever the change of the key has ended', async () => {
    await shared();
    const broken = (isCommitted: boolean): SharedKeys => {
      const rows = sharedKeyRows(transactions, owner);
      let calls = 0;
      const change: typeof rows.change = async (by, next) => {
        // The first one waits for those before.
        if ((calls += 1) === 1) return rows.change(by, next);
        if (isCommitted) await rows.change(by, next);
        throw new SyncError('DatabaseUnreachable', { server: 's', database: 'd', user: 'u', reason: 'gone' });
      };
      const seal = new DatabaseSeal(key, first.siteGuid);
      return new SharedKeys({ rows: { ...rows, change }, seal, sealer, now, self: first.path });
    };
    expect(await rejectionOf(broken(false).reseal(first))).to.equal('DatabaseUnreachable');
    expect((await kept(first))[1]).to.match(/^CMSYNC-/);
    // Whoever is started next cannot know whether a transaction still ends: what is to come stays.
    const [, late = ''] = await kept(first);
    await keysOf(first).open(first);
    await useDatabaseKey(first, key, sealer);
    expect(await kept(first)).to.deep.equal([key, late, undefined]);
    const unanswered = broken(true);
    expect(await rejectionOf(unanswered.reseal(first))).to.equal('DatabaseUnreachable');
    const [, next = ''] = await kept(first);
    const again = keysOf(first);
    await again.open(first);
    expect(await kept(first)).to.deep.equal([next, '', key]);
    await again.keep('proxyPassword', 'with the next');
    // And the engine in which that has happened.
    await unanswered.take(first);
    expect([unanswered.problem, await readSecret(first, 'proxyPassword', sealer)]).to.deep.equal([
      undefined,
      'with the next',
    ]);
  });
});

describe('The key of the database of a site', () => {
  it('is told from a mistyped one, and from anything else', () => {
    const key = newDatabaseKey();
    expect(() => new DatabaseSeal(`  ${key}\n`, 'guid')).not.to.throw();
    const last = key.at(20) === 'A' ? 'B' : 'A';
    for (const wrong of [`${key.slice(0, 20)}${last}${key.slice(21)}`, key.slice(0, -1), '', 'CMSYNC-'])
      expect(() => new DatabaseSeal(wrong, 'guid'), wrong).to.throw('cannot be used');
  });
});
