import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Run } from '../../server/contract/generated/types.js';
import { GatedUpstream } from './GatedUpstream.js';
import { RealSite } from './RealSite.js';
import type { Session } from './Session.js';

describe('lifecycle: many sessions on one site', () => {
  let site: RealSite;
  let upstream: GatedUpstream;
  beforeEach(async () => {
    [site, upstream] = await Promise.all([RealSite.make(), GatedUpstream.held()]);
  });
  afterEach(async () => {
    await site.remove();
    await upstream.close();
  });

  const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await site.cli([...args, '--json'])).out) as T;
  const start = (session: Session, join = false) =>
    session.request('sync/start', { requestId: randomUUID(), requester: 'CONTOSO\\one', join });
  const errorOf = (work: Promise<unknown>): Promise<{ errorId: string; data: Record<string, unknown> }> =>
    work.then(
      () => Promise.reject(new TypeError('It was answered.')),
      (caught: unknown) => (caught as { data: { errorId: string; data: Record<string, unknown> } }).data,
    );

  it('lets ten sessions and the command line work at once, in one engine, and all see the same', async function () {
    const sessions = Array.from({ length: 10 }, () => site.session());
    const verbs = [['config', 'get'], ['status'], ['run', 'list']].map((verb) => site.cli([...verb, '--json']));
    await Promise.all(
      sessions.map((session, number) =>
        session.request('component/set', {
          requestId: randomUUID(),
          addProduct: [`Product ${number}`],
          upstreamSourceLocation: upstream.url,
        }),
      ),
    );
    const seen = await Promise.all(
      sessions.map(async (session) => (await session.request('component/get', {})).PendingCategories.length),
    );
    expect(seen).to.deep.equal(Array.from({ length: 10 }, () => 10));
    expect((await json<Component>('config', 'get')).PendingCategories).to.have.length(10);
    expect((await Promise.all(verbs)).map(({ code }) => code)).to.deep.equal([0, 0, 0]);
    const log = readFileSync(join(site.site.path, 'Logs', 'engine.log'), 'utf8');
    expect(log.match(/ started \(process/g)).to.have.length(1);
    expect(log, 'one of them started it, the others waited').not.to.contain('Another engine has the site');
  });

  it('has one run for all: refused or joined, awaited from anywhere, stopped from anywhere', async function () {
    const [one, two, three] = [site.session(), site.session(), site.session()];
    await one.request('component/set', { requestId: randomUUID(), upstreamSourceLocation: upstream.url });
    const { run } = await start(one);
    const refused = await errorOf(start(two));
    expect(refused).to.deep.include({ errorId: 'SyncAlreadyRunning' });
    expect(refused.data).to.include({ run: run.Id, since: run.StartTime, requester: 'CONTOSO\\one' });
    expect((await start(three, true)).started).to.equal(false);
    expect((await json<Run[]>('run', 'list')).map(({ State }) => State)).to.deep.equal(['Running']);
    const waits = [one, two, three].map((session) => session.request('run/wait', { id: run.Id }));
    const late = await site.cli(['run', 'wait', '--timeout-seconds', '0', '--json']);
    expect([late.code, (JSON.parse(late.out) as Run).State]).to.deep.equal([4, 'Running']);
    expect((await site.cli(['sync', '--stop'])).code).to.equal(0);
    for (const { run: ended } of await Promise.all(waits))
      expect(ended).to.include({ Id: run.Id, State: 'Cancelled', Succeeded: false, ErrorId: 'Cancelled' });
    expect((await two.request('status/get', {})).status[0]).to.include({
      LastSyncState: 6703,
      LastSyncErrorId: 'Cancelled',
      LastSyncErrorCode: 0x800704c7,
    });
    const again = await site.cli(['run', 'stop', String(run.Id)]);
    expect([again.code, again.err]).to.deep.equal([
      0,
      `Warning: synchronization ${run.Id} had already finished (Cancelled).\n`,
    ]);
    const wait = await site.cli(['run', 'wait', String(run.Id)]);
    expect([wait.code, wait.err.split('\n')[0]]).to.deep.equal([130, `Cancelled: Run ${run.Id} was cancelled.`]);
    expect((await site.cli(['run', 'stop'])).err).to.equal('Warning: no synchronization is running.\n');
    expect((await site.cli(['run', 'wait', '77'])).err)
      .to.contain('RunNotFound')
      .and.to.contain('configmgrsync run list')
      .and.not.to.contain('Get-CM');
  });

  it('lets a wait survive the death of the engine: it ends with the failed run', async function () {
    const [one, two] = [site.session(), site.session()];
    await one.request('component/set', { requestId: randomUUID(), upstreamSourceLocation: upstream.url });
    const { run } = await start(one);
    const cli = site.cli(['run', 'wait', String(run.Id), '--json']);
    const client = site.client();
    const watched = new Promise<void>((resolve) => client.onProgress(() => resolve()));
    await client.request('run/watch', { id: run.Id });
    const waits = [one, two].map((session) => session.request('run/wait', { id: run.Id }));
    // Whatever was asked before this answer has reached the engine.
    await Promise.all([one, two].map((session) => session.request('site/get', {})));
    const killed = await site.kill();
    for (const { run: ended } of await Promise.all(waits))
      expect(ended).to.include({ Id: run.Id, State: 'Failed', ErrorId: 'EngineStopped' });
    expect(site.engineId).not.to.equal(killed);
    const end = await cli;
    expect([end.code, (JSON.parse(end.out) as Run).State]).to.deep.equal([1, 'Failed']);
    await Promise.race([watched, client.request('site/get', {})]);
    expect((await json<Run[]>('run', 'list')).map(({ State }) => State)).to.deep.equal(['Failed']);
  });
});
