import { expect } from 'chai';
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  HelloResult,
  RunProgress,
  ScheduleDecodeResult,
  Site,
  SiteListResult,
} from '../../server/contract/generated/types.js';
import { CONTRACT_VERSION } from '../../server/contract/methods.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

const host = fileURLToPath(new URL('../rpc/stdioHost.js', import.meta.url));
const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const HOLDER = `const { spawn } = require('node:child_process');
const child = spawn(process.execPath, [process.argv[1]], { stdio: ['inherit', 'inherit', 'inherit'] });
process.stdout.write(String(child.pid) + '\\n');`;

describe('rpc: the relay on stdio', () => {
  let site: RealSite;
  let child: ChildProcessWithoutNullStreams;
  let rpc: MessageConnection;
  let errors: Promise<string>;
  beforeEach(async () => {
    site = await fakeEngineSite();
    child = spawn(process.execPath, [host], {
      env: { ...process.env, CONFIGMGRSYNC_HOME: site.home, CONFIGMGRSYNC_SITE: '' },
    });
    errors = text(child.stderr);
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await site.remove();
  });

  function talk(): void {
    rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    rpc.listen();
  }

  it('answers what is its own and forwards the rest to the only site', async () => {
    talk();
    const hello = await rpc.sendRequest<HelloResult>('hello', {
      moduleVersion: packageVersion(),
      contract: { minimum: 1, maximum: 1 },
      processId: process.pid,
    });
    expect([hello.contract, hello.processId]).to.deep.equal([1, child.pid]);
    const { tokens } = await rpc.sendRequest<ScheduleDecodeResult>('schedule/decode', {
      scheduleString: ['0001200000100038'],
    });
    expect(await rpc.sendRequest('schedule/encode', { tokens })).to.deep.equal({
      tokens,
      scheduleString: '0001200000100038',
      descriptions: ['every 7 days'],
    });
    const { sites } = await rpc.sendRequest<SiteListResult>('site/list', {});
    expect(sites.map((one) => one.SiteCode)).to.deep.equal(['ABC']);
    expect((await rpc.sendRequest<Site>('site/get', {})).SiteCode).to.equal('ABC');
    const made = await rpc.sendRequest<Site>('site/new', { requestId: randomUUID(), siteCode: 'XYZ' });
    expect(made.SiteCode).to.equal('XYZ');
    expect((await rpc.sendRequest<Site>('site/connect', { siteCode: 'abc' })).SiteCode).to.equal('ABC');
  });

  it('passes progress, errors and cancellation through, survives Ctrl+C, and ends with its input', async () => {
    talk();
    const progress = new Promise<RunProgress>((resolve) => rpc.onNotification('run/progress', resolve));
    await rpc.sendRequest('run/watch', { id: 7 });
    expect((await progress).RunId).to.equal(7);
    const failure = await rpc.sendRequest('update/list', {}).catch((caught: unknown) => caught);
    expect((failure as ResponseError<{ errorId: string }>).data?.errorId).to.equal('RunNotFound');
    child.kill('SIGINT');
    child.kill('SIGHUP');
    const cancel = new CancellationTokenSource();
    const wait = rpc.sendRequest('run/wait', { id: 1 }, cancel.token).catch((caught: unknown) => caught);
    cancel.cancel();
    expect(((await wait) as ResponseError<unknown>).code).to.be.oneOf([1006, -32800]);
    child.stdin.end();
    expect(await once(child, 'close')).to.deep.equal([0, null]);
    expect(await errors)
      .to.contain('a package talks')
      .and.to.contain('stdin was closed');
  });

  it('answers what was asked before its input ended', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'site/get', params: {} });
    child.stdin.end(`Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(await text(child.stdout)).to.contain('"SiteCode":"ABC"');
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).to.equal(0);
  });

  it('refuses another contract with the error of the table', async () => {
    talk();
    const failure = await rpc
      .sendRequest('hello', { moduleVersion: '9.0.0', contract: { minimum: 3, maximum: 4 }, processId: 1 })
      .catch((caught: unknown) => caught);
    expect((failure as ResponseError<{ errorId: string }>).data?.errorId).to.equal('ContractMismatch');
    const later = await rpc.sendRequest<HelloResult>('hello', {
      moduleVersion: '9.0.0',
      contract: { minimum: 1, maximum: 9 },
      processId: 1,
    });
    expect(later.contract).to.equal(CONTRACT_VERSION);
  });

  for (const [name, bytes] of [
    ['the byte order mark of UTF-16', Buffer.from([0xff, 0xfe, 0x43, 0x00])],
    ['a header without length', 'Content-Type: x\r\n\r\n{}'],
    ['a body that is not JSON', 'Content-Length: 3\r\n\r\n{{{'],
  ] as const) {
    it(`ends with 70 and a reason on ${name}`, async () => {
      child.stdin.write(bytes);
      expect(await once(child, 'close')).to.deep.equal([70, null]);
      expect(await errors).to.contain('stdin is broken');
    });
  }

  it('passes over the mark that a session may put before its first byte', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'site/list', params: {} });
    child.stdin.write(`\ufeffContent-Length: ${body.length}\r\n\r\n${body}`);
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    expect(answer.toString()).to.contain('Content-Length');
  });

  it('ends when the session that started it was gone before it could look', async () => {
    const session = spawn(process.execPath, ['-e', '']);
    await once(session, 'exit');
    // Its input stays open: this process holds it.
    const late = spawn(process.execPath, [main, 'stdio', '--parent', String(session.pid)]);
    late.stdout.resume();
    expect(await text(late.stderr)).to.contain(`the parent process ${session.pid} ended`);
    expect(late.exitCode ?? (await once(late, 'exit'))[0]).to.equal(0);
  });

  it('ends when its parent dies while somebody else holds its input', async function () {
    if (process.platform === 'win32') this.skip();
    const fifo = join(site.home, 'input');
    execFileSync('mkfifo', [fifo]);
    // Opened for both directions, the input does not end as long as this process lives.
    const input = openSync(fifo, 'r+');
    const parent = spawn(process.execPath, ['-e', HOLDER, host], { stdio: [input, 'pipe', 'pipe'] });
    let said = '';
    parent.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'site/list', params: {} });
    writeSync(input, `Content-Length: ${body.length}\r\n\r\n${body}`);
    // Once it answers it watches.
    await new Promise<void>((resolve) =>
      parent.stdout!.on('data', (chunk: Buffer) => {
        if (chunk.includes('"sites"')) resolve();
      }),
    );
    parent.kill('SIGKILL');
    await once(parent.stderr!, 'close');
    expect(said).to.contain('the parent process');
    closeSync(input);
  });
});
