import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { processEnd } from '../../server/cli/processEnd.js';
import { processState } from '../../server/platform/processState.js';
import { readEngineRecord } from '../../server/rpc/enginePlace.js';
import { writeHeartbeat } from '../../server/site/heartbeatFile.js';
import { RawPeer } from '../rpc/RawPeer.js';
import { TestClock } from '../fixtures/TestClock.js';
import { caughtFrom } from '../rpc/caught.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

describe('rpc: client and host', () => {
  let site: RealSite;
  beforeEach(async () => (site = await fakeEngineSite()));
  afterEach(() => site.remove());

  it('starts the engine, and two clients meet the same one', async () => {
    const answers = await Promise.all([site.client().request('site/get', {}), site.client().request('site/get', {})]);
    expect(answers[0].ServerName).to.equal(answers[1].ServerName);
    expect(readEngineRecord(site.site)?.processId).to.equal(Number(answers[0].ServerName));
  });

  it('answers a request after the engine was killed during it, done once', async () => {
    site.write('die', '');
    const { started } = await site.client().request('sync/start', { requestId: randomUUID() });
    expect(started).to.equal(false);
    expect(site.journals).to.have.length(2);
  });

  it('goes on after the engine was killed in between', async () => {
    const client = site.client();
    const first = await client.request('site/get', {});
    process.kill(Number(first.ServerName), 'SIGKILL');
    await processEnd(Number(first.ServerName));
    expect((await client.request('site/get', {})).ServerName).not.to.equal(first.ServerName);
  });

  it('passes errors with id, category and next step', async () => {
    const error = await caughtFrom(site.client().request('update/list', {}));
    expect([error.errorId, error.data]).to.deep.equal(['RunNotFound', { run: 9 }]);
    expect((await caughtFrom(site.client().request('category/list', {}))).errorId).to.equal('InternalError');
  });

  it('checks requests and results at the border', async () => {
    const client = site.client();
    const request = await caughtFrom(client.forward('run/wait', { id: 'x' }));
    expect(request.errorId).to.equal('InvalidRequest');
    expect(request.message).to.contain('-Id must be a whole number, 0 or more.');
    expect((await caughtFrom(client.request('run/list', {}))).message).to.contain('runs.0.Id must be 0 or more');
    expect((await caughtFrom(client.forward('nonsense', {}))).errorId).to.equal('UnknownMethod');
    expect((await caughtFrom(client.forward('sync/start', {}))).message).to.contain(
      'The request sync/start has no requestId',
    );
  });

  it('cancels a wait', async () => {
    const cancel = new AbortController();
    const client = site.client();
    await client.request('site/get', {});
    const wait = client.request('run/wait', { id: 1 }, { signal: cancel.signal });
    cancel.abort();
    expect((await caughtFrom(wait)).errorId).to.equal('Cancelled');
  });

  it('merges progress when the peer reads slowly, and the last state arrives', async () => {
    const client = site.client();
    const seen: number[] = [];
    const last = new Promise<void>((resolve) =>
      client.onProgress((progress) => {
        seen.push(progress.Processed);
        if (progress.Processed === 5000) resolve();
      }),
    );
    await client.request('run/watch', { id: 1 });
    await last;
    expect(seen.length).to.be.lessThan(5000);
  });

  it('refuses an engine that does not know the secret', async () => {
    await site.client().request('site/get', {});
    expect((await caughtFrom(site.client({}, { secret: '00'.repeat(32) }).request('site/get', {}))).errorId).to.equal(
      'HelloRefused',
    );
  });

  it('says why an engine did not start', async () => {
    site.write('broken', '');
    const error = await caughtFrom(site.client().request('site/get', {}));
    expect(error.message).to.equal('The engine of site ABC did not start: the disk is upside down.');
    expect(
      (await caughtFrom(site.client({ engineCommand: ['/nowhere/main.js'] }).request('site/get', {}))).errorId,
    ).to.equal('EngineNotBuilt');
  });

  it('names the process of an engine that accepts but does not answer', async () => {
    site.write('mute', '');
    const error = await caughtFrom(site.client({ helloSeconds: 0.3 }).request('site/get', {}));
    expect([error.errorId, error.data['processId'], error.data['heartbeat']]).to.deep.equal([
      'EngineHung',
      readEngineRecord(site.site)?.processId,
      'never',
    ]);
    const time = new Date(Date.now() - 95_000).toISOString();
    await writeHeartbeat(site.site, {
      processId: 1,
      time,
      started: time,
      state: 'Running',
      run: 1,
      intervalSeconds: 30,
      isService: false,
      address: '',
    });
    expect((await caughtFrom(site.client({ helloSeconds: 0.3 }).request('site/get', {}))).message).to.match(
      /does not answer\. Its last heartbeat was (9\d|1\d\d) seconds ago\.$/,
    );
  });

  it(
    'waits for an engine that opens a large site, however long it takes, and not for one that was stopped ' +
      'meanwhile',
    async function () {
      if (process.platform !== 'linux') this.skip();
      site.write('slow', '');
      const clock = new TestClock();
      const waiting = site.client({ clock }).request('site/get', {});
      await clock.timers(1);
      while (readEngineRecord(site.site)?.opening !== true) await new Promise((resolve) => setImmediate(resolve));
      for (let late = 1; late <= 5; late += 1) await clock.fire();
      unlinkSync(join(site.site.path, 'database', 'slow'));
      expect((await waiting).ServerName).to.equal(String(readEngineRecord(site.site)?.processId));
      const first = Number((await waiting).ServerName);
      process.kill(first, 'SIGKILL');
      await processEnd(first);
      site.write('slow', '');
      const stopped = caughtFrom(site.client({ clock }).request('site/get', {}));
      await clock.timers(1);
      // The note of the first engine stays until the second one writes its own, and a signal takes its time to arrive.
      while (readEngineRecord(site.site)?.processId === first) await new Promise((resolve) => setImmediate(resolve));
      const second = readEngineRecord(site.site)!.processId;
      process.kill(second, 'SIGSTOP');
      while (processState(second) !== 'stopped') await new Promise((resolve) => setImmediate(resolve));
      await clock.fire();
      expect([(await stopped).errorId, (await stopped).data['processId']]).to.deep.equal(['EngineHung', second]);
    },
  );

  it('does not grow by what a peer does not read, and answers the others', async function () {
    if (process.platform === 'win32') this.skip();
    const other = site.client();
    await other.request('site/get', {});
    const deaf = new RawPeer(site.site);
    await deaf.open();
    const before = Number((await other.request('site/get', {})).InstallDir);
    deaf.stopReading();
    // 5,000 notifications of 2 KB and then 60,000 answers of 1 KB for nobody.
    deaf.send('run/watch', { id: 1 });
    for (let round = 0; round < 60_000; round += 1) deaf.send('site/get', {});
    for (let round = 0; round < 100; round += 1) await other.request('site/get', {});
    const after = Number((await other.request('site/get', {})).InstallDir);
    expect(after - before).to.be.lessThan(40 * 1024 * 1024);
    deaf.end();
  });

  it(
    'ends a connection that sends without end and without a message, and bears one that stops in the middle of a ' +
      'frame',
    async () => {
      const other = site.client();
      const { ServerName } = await other.request('site/get', {});
      const stuck = new RawPeer(site.site);
      await stuck.open();
      stuck.raw('Content-Length: 500\r\n\r\n{"jsonrpc"');
      const endless = new RawPeer(site.site);
      await endless.open();
      endless.raw('Content-Length: 1000000000\r\n\r\n');
      const closed = endless.closed;
      for (let megabyte = 0; megabyte < 20; megabyte += 1) endless.raw('x'.repeat(1_000_000));
      await closed;
      expect((await other.request('site/get', {})).ServerName).to.equal(ServerName);
      expect(site.log).to.contain('bytes without a message');
      stuck.end();
    },
  );

  it('ends when idle', async () => {
    site.write('idle', '0.1');
    const client = site.client();
    const { ServerName } = await client.request('site/get', {});
    await client.close();
    await processEnd(Number(ServerName));
    expect(site.log).to.contain('idle for 0.1 seconds');
  });

  it(
    'stays in spite of a newer module when it is told to, as a service is whose own module was not ' + 'replaced',
    async () => {
      site.write('stays', '');
      const old = await site.client().request('site/get', {});
      expect((await site.client({ version: '99.0.0' }).request('site/get', {})).ServerName).to.equal(old.ServerName);
    },
  );

  it('yields to a newer module, which starts its own engine', async () => {
    const old = await site.client().request('site/get', {});
    site.write('version', '99.0.0');
    const now = await site.client({ version: '99.0.0' }).request('site/get', {});
    expect(now.ServerName).not.to.equal(old.ServerName);
    expect(site.log).to.contain('yields to version 99.0.0');
  });

  for (const [name, bytes] of [
    ['a byte order mark', '\ufeffContent-Length: 2\r\n\r\n{}'],
    ['no header', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a request before hello', frame('site/get')],
  ] as const) {
    it(`closes only the connection that sends ${name}`, async () => {
      const client = site.client();
      const before = await client.request('site/get', {});
      const socket = connect(readEngineRecord(site.site)!.address);
      socket.resume().write(bytes);
      await once(socket, 'close');
      expect((await client.request('site/get', {})).ServerName).to.equal(before.ServerName);
      expect(site.log).to.contain('connection closed');
    });
  }
});

function frame(method: string): string {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} });
  return `Content-Length: ${body.length}\r\n\r\n${body}`;
}
