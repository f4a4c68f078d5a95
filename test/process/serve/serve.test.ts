import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Run, SUPSyncStatus } from '../../../server/contract/generated/types.js';
import { ended, RealSite, said } from '../RealSite.js';
import { GatedUpstream } from '../GatedUpstream.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('service: serve', () => {
  let site: RealSite;
  let upstream: GatedUpstream;
  let serve: ChildProcess;
  beforeEach(async () => {
    site = await RealSite.make();
    upstream = await GatedUpstream.start(300);
    await site.json('config', 'set', '--upstream', upstream.url, '--all-products', '--all-classifications');
  });
  afterEach(async () => {
    await site.remove();
    await upstream.close();
  });

  /** Starts the service again, waits for the run that it goes on with, and gives it. */
  async function resumed(): Promise<Run> {
    const stopped = upstream.stopAfter(20);
    serve = await site.serve();
    await stopped;
    const sync = site.start(['sync', '--join', '--json']);
    const printed = text(sync.stdout!);
    await said(sync, 'is already running');
    upstream.goOn();
    return JSON.parse(await printed) as Run;
  }

  it('goes on without terminal and input, answers other processes, and ends cleanly', async () => {
    serve = await site.serve();
    serve.stdin!.end();
    serve.stdout!.destroy();
    serve.stderr!.destroy();
    serve.kill('SIGHUP');
    // Makes it write to the standard error that is gone.
    const { address } = JSON.parse(readFileSync(join(site.path, 'engine.json'), 'utf8')) as { address: string };
    const stranger = connect(address).end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(stranger.resume(), 'close');
    const [row] = await site.json<SUPSyncStatus[]>('status');
    expect(Date.parse(row?.HeartbeatTime ?? '')).to.be.closeTo(Date.now(), 60_000);
    expect(row?.HeartbeatAgeSeconds).to.be.within(0, 60);
    expect(site.heartbeat).to.include({ processId: serve.pid, state: 'Idle', isService: true });
    expect(site.log).to.contain('connection closed');
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    expect(site.heartbeat.state).to.equal('Ended');
    expect(site.told).to.deep.equal([]);
  });

  it('ends in the middle of a first synchronization, and the next start goes on with it', async () => {
    const stopped = upstream.stopAfter(200);
    serve = await site.serve();
    const sync = site.cli(['sync', '--json']);
    await stopped;
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    const first = JSON.parse((await sync).out) as Run;
    expect([first.State, first.ErrorId]).to.deep.equal(['Failed', 'EngineStopped']);
    const before = new Set(upstream.asked);
    expect(before.size).to.be.greaterThan(100);
    upstream.asked.length = 0;
    const second = await resumed();
    expect([second.State, second.Requester, second.Id]).to.deep.equal(['Succeeded', 'Retry', first.Id + 1]);
    // At most the batches that were on their way are asked for again.
    const again = upstream.asked.filter((document) => before.has(document));
    expect(upstream.asked.length).to.be.greaterThan(100);
    expect(again.length).to.be.lessThan(before.size / 2);
  });

  it('tells the system of an engine that was killed, of a failure and of its end', async () => {
    const stopped = upstream.stopAfter(100);
    serve = await site.serve();
    const killed = serve.pid;
    await site.json('sync', '--no-wait');
    await stopped;
    await ended(serve, 'SIGKILL');
    expect(site.heartbeat).to.include({ state: 'Running', run: 1 });
    await resumed();
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    expect(site.told).to.have.length(2);
    expect(site.told[0]).to.match(
      new RegExp(
        `^-t configmgrsync -p daemon.err -- EngineCrashed: .*process ${killed}.* during run 1\\. .*Next step: Look ` +
          `at engine.log`,
      ),
    );
    expect(site.told[1]).to.match(
      /^-t configmgrsync -p daemon.notice -- Synchronization of site ABC succeeded again \(run 2\)/,
    );
    await site.json('config', 'set', '--upstream', 'http://127.0.0.1:9');
    expect((await site.cli(['sync'])).code).to.equal(5);
    const again = await site.serve();
    expect(await ended(again, 'SIGINT')).to.equal(0);
    expect(site.told[2]).to.match(
      /-p daemon.err -- Synchronization of site ABC failed \(run 3\). UpstreamUnreachable: .*Next step: /,
    );
    expect(site.told).to.have.length(3);
  });

  it(
    'takes over from an engine that was started on demand, once its run is done; a second one is told who has ' +
      'the site',
    async () => {
      const stopped = upstream.stopAfter(100);
      const sync = site.cli(['sync', '--json']);
      await stopped;
      const onDemand = site.heartbeat.processId;
      serve = site.start(['serve']);
      await said(
        serve,
        `Waiting for the engine that was started on demand (process ${onDemand}), which finishes run 1.`,
      );
      const isThere = said(serve, 'as a service');
      upstream.goOn();
      expect((JSON.parse((await sync).out) as Run).State).to.equal('Succeeded');
      await isThere;
      expect(site.heartbeat).to.include({ processId: serve.pid, isService: true });
      const second = await site.cli(['serve']);
      expect([second.code, second.err]).to.satisfy(
        ([code, err]: [number, string]) =>
          code === 6 && err.includes(`EngineHeld: The process ${serve.pid} already serves the site ABC.`),
      );
      expect(await ended(serve, 'SIGTERM')).to.equal(0);
    },
  );

  it('gives up waiting for the site when it is asked to end', async () => {
    const stopped = upstream.stopAfter(100);
    const sync = site.start(['sync']);
    await stopped;
    serve = site.start(['serve']);
    await said(serve, 'Waiting for the engine');
    expect(await ended(serve, 'SIGINT')).to.equal(130);
    sync.kill();
  });
});
