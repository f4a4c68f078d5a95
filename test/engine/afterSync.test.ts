import { expect } from 'chai';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import path from 'node:path';
import type { Run } from '../../server/contract/generated/types.js';
import { AfterSyncCommand } from '../../server/engine/AfterSyncCommand.js';
import { openEngine } from '../../server/engine/openEngine.js';
import { afterSyncRefusal } from '../../server/state/afterSyncRefusal.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { runProgram } from '../../server/platform/runProgram.js';
import { readSettings } from '../../server/state/settingsStore.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { newRequestId, testSite } from './TestSite.js';
import { update } from './catalogue.js';
import { QUIET_REQUEST } from '../fixtures/quietRequest.js';

const SYSTEM = { platform: process.platform, env: process.env, run: runProgram } as const;
/** Appends what it gets to a file beside it. */
const APPEND =
  "import { appendFileSync, readFileSync } from 'node:fs'; appendFileSync(`${process.argv[1]}.got`, " +
  "readFileSync(0, 'utf8')); console.log('noted', process.argv[2]);";

describe('The after-sync command', () => {
  const site = testSite();
  let hold: string[];
  let hook: AfterSyncCommand;
  beforeEach(() => {
    hold = [];
    hook = new AfterSyncCommand({
      settings: async () => readSettings(site().database, 'cs1.test'),
      log: site().context.log,
      environment: process.env,
      system: SYSTEM,
      onBusy: () => hold.push('busy'),
      onIdle: () => hold.push('idle'),
    });
    site().onFinished = hook.start;
  });
  const set = async (body: string, ...more: string[]): Promise<string> => {
    const script = path.join(site().context.site.path, 'hook.mjs');
    writeFileSync(script, body);
    await site().set({ afterSyncCommand: process.execPath, afterSyncArgument: [script, ...more] });
    return `${script}.got`;
  };
  const runsIn = (file: string): Run[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Run);
  const told = (): string[] => site().lines.filter((line) => line.toLowerCase().includes('after-sync'));

  it('gets every finished run as one line of JSON, however it ended', async () => {
    const got = await set(APPEND, 'a "b"');
    site().source.put(update(1, { title: 'Mise à jour 😀' }));
    site().source.spoil({ updateId: guidOf(1), revisionNumber: 1 }, 'é');
    const runs = [await site().sync()];
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://ü', reason: 'gone' }));
    runs.push(await site().sync());
    site().source.onOpen = async () => Promise.reject(new SyncError('Cancelled', { what: 'It' }));
    runs.push(await site().sync());
    await hook.ended();
    expect(runs.map((run) => run.State)).to.deep.equal(['Succeeded', 'Failed', 'Cancelled']);
    expect(runsIn(got)).to.deep.equal(runs);
    expect(readFileSync(got, 'latin1'), 'ASCII, whatever code page reads it').to.match(/^[\n\x20-\x7e]+$/);
    expect(told().slice(0, 3)).to.deep.equal([
      `Starting the after-sync command ${process.execPath} for run 1.`,
      'After-sync command: noted a "b"',
      'The after-sync command is done.',
    ]);
    expect(hold.sort().join()).to.equal('busy,busy,busy,idle,idle,idle');
  });

  it('is not waited for, keeps the engine alive, and its runs keep their order', async () => {
    const go = path.join(site().context.site.path, 'go');
    const got = await set(
      `import { existsSync } from 'node:fs'; while (!existsSync(${JSON.stringify(go)})) await new ` +
        `Promise((resolve) => setTimeout(resolve, ` +
        `10)); ${APPEND.replace('import {', 'const {').replace("} from 'node:fs'", "} = await import('node:fs')")}`,
    );
    const runs = [await site().sync(), await site().sync()];
    expect(hold).to.deep.equal(['busy', 'busy']);
    expect(site().runner.current).to.equal(undefined);
    writeFileSync(go, '');
    await hook.ended();
    expect(runsIn(got).map((run) => run.Id)).to.deep.equal(runs.map((run) => run.Id));
    expect(hold).to.deep.equal(['busy', 'busy', 'idle', 'idle']);
  });

  it('that fails is told in the log and changes nothing', async () => {
    await set('console.error("no mail server"); process.exit(3);');
    const run = await site().sync();
    await hook.ended();
    expect(run.Succeeded).to.equal(true);
    expect(told())
      .to.include('After-sync command: no mail server')
      .and.to.include('WARNING: The after-sync command ended with exit code 3. The synchronization is not affected.');
    expect((await site().status()).LastSyncState).to.equal(6702);
    expect((await site().service['run/list']({ id: run.Id }, site().request())).runs[0]).to.deep.equal(run);
  });

  it('that has vanished is told in the log', async () => {
    const script = path.join(site().context.site.path, 'gone');
    writeFileSync(script, '', { mode: 0o700 });
    await site().set(
      process.platform === 'win32' ? { afterSyncCommand: process.execPath } : { afterSyncCommand: script },
    );
    await site().database.commit({
      settings: {
        component: {
          ...(await readSettings(site().database, 'cs1.test')),
          afterSyncCommand: path.join(script, 'nothing'),
        },
      },
    });
    expect((await site().sync()).Succeeded).to.equal(true);
    await hook.ended();
    expect(told().join('\n')).to.match(/WARNING: The after-sync command could not be started: .*(ENOENT|ENOTDIR)/);
  });

  it('is not there at first, and is taken away by an empty text', async () => {
    await set(APPEND);
    expect(await site().component()).to.include({ AfterSyncCommand: process.execPath });
    expect((await site().component()).AfterSyncArguments).to.have.length(1);
    const { component } = await site().set({ afterSyncCommand: '' });
    expect([component.AfterSyncCommand, component.AfterSyncArguments]).to.deep.equal(['', []]);
    await site().sync();
    await hook.ended();
    expect(told()).to.deep.equal([]);
  });

  it(
    'is not run by a service that does not allow it: the log, the run and the change that sets it say ' + 'so',
    async () => {
      const got = await set(APPEND);
      hook = new AfterSyncCommand({
        settings: async () => readSettings(site().database, 'cs1.test'),
        log: site().context.log,
        environment: process.env,
        system: SYSTEM,
        refusal: async ({ afterSyncCommand }) => Promise.resolve(afterSyncRefusal(afterSyncCommand, true)),
        onBusy: () => hold.push('busy'),
        onIdle: () => hold.push('idle'),
      });
      site().onFinished = hook.start;
      await site().sync();
      await hook.ended();
      expect(existsSync(got)).to.equal(false);
      expect(told()).to.have.length(1);
      expect(told()[0]).to.match(/^WARNING: The after-sync command .* is set but not run: .*-AllowAfterSyncCommand/);
      expect(hold).to.deep.equal(['busy', 'idle']);
    },
  );

  it('is refused when it is no file that can be started, and arguments without it', async () => {
    const refused = async (afterSyncCommand: string): Promise<string> => rejectionOf(site().set({ afterSyncCommand }));
    expect([
      await refused('node'),
      await refused(site().context.site.path),
      await refused(path.join(site().context.site.path, 'nothing')),
    ]).to.deep.equal(Array(3).fill('AfterSyncCommandInvalid'));
    expect(await rejectionOf(site().set({ afterSyncArgument: ['x'] }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(site().set({ afterSyncCommand: '', afterSyncArgument: ['x'] }))).to.equal(
      'ContradictoryParameters',
    );
    await set('', 'one');
    await site().set({ afterSyncCommand: process.execPath });
    expect((await site().component()).AfterSyncArguments, 'the same command keeps its arguments').to.have.length(2);
    expect((await site().set({ afterSyncArgument: [] })).component.AfterSyncArguments).to.deep.equal([]);
  });
});

describe('The after-sync command of an engine', () => {
  const folder = temporaryFolder();
  const servers: Server[] = [];
  /** Listens until the test is over; every connection goes to `take`. */
  const listen = async (take: (socket: Socket) => void): Promise<number> => {
    const server = createServer((socket) => take(socket.on('error', () => undefined)));
    servers.push(server);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('warns where a service does not allow it', async () => {
    const site = await createSite(
      { siteCode: 'ABC', path: path.join(folder(), 'ABC'), requestId: 'r' },
      realSiteEnvironment(),
    );
    const upstreamSourceLocation = `http://127.0.0.1:${await listen((socket) => socket.destroy())}`;
    const warned: boolean[] = [];
    for (const refusesAfterSyncCommand of [true, false]) {
      const engine = await openEngine({
        site,
        generation: refusesAfterSyncCommand ? 1 : 2,
        refusesAfterSyncCommand,
        onIdle: () => undefined,
        stop: () => undefined,
      });
      const says = (warnings: readonly string[]): boolean =>
        warnings.some((line) => line.includes('set but not run') && line.includes(process.execPath));
      const change = {
        requestId: newRequestId(),
        afterSyncCommand: process.execPath,
        afterSyncArgument: ['--version'],
        upstreamSourceLocation,
      };
      warned.push(says((await engine.service['component/set'](change, QUIET_REQUEST)).warnings));
      const { run } = await engine.service['sync/start']({ requestId: newRequestId() }, QUIET_REQUEST);
      warned.push(says(run.Warnings));
      await engine.close();
    }
    expect(warned).to.deep.equal([true, true, false, false]);
  });

  it('gets the run that an engine left behind when it was killed, and is ended with the engine', async () => {
    const site = await createSite(
      { siteCode: 'ABC', path: path.join(folder(), 'ABC'), requestId: 'r' },
      realSiteEnvironment(),
    );
    const hold: string[] = [];
    const open = async (generation: number): ReturnType<typeof openEngine> =>
      openEngine({
        site,
        generation,
        onBusy: () => hold.push(`busy ${generation}`),
        onIdle: () => hold.push(`idle ${generation}`),
        stop: () => undefined,
      });
    let given = '';
    let gone = (): void => undefined;
    const end = new Promise<void>((resolve) => (gone = resolve));
    let told = (): void => undefined;
    const line = new Promise<void>((resolve) => (told = resolve));
    const hookPort = await listen((socket) =>
      socket
        .on('data', (chunk) => {
          given += chunk.toString();
          if (given.endsWith('\n')) told();
        })
        .on('close', gone),
    );
    const script = path.join(folder(), 'hook.mjs');
    writeFileSync(
      script,
      `import { connect } from 'node:net'; process.stdin.pipe(connect(${hookPort}, '127.0.0.1'), { end: false });`,
    );
    const upstreamPort = await listen((socket) => socket.unref());

    const killed = await open(1);
    const settings = {
      afterSyncCommand: process.execPath,
      afterSyncArgument: [script],
      upstreamSourceLocation: `http://127.0.0.1:${upstreamPort}`,
    };
    await killed.service['component/set']({ requestId: newRequestId(), ...settings }, QUIET_REQUEST);
    const { run } = await killed.service['sync/start']({ requestId: newRequestId() }, QUIET_REQUEST);
    const next = await open(2);
    await line;
    expect(JSON.parse(given)).to.include({ Id: run.Id, State: 'Failed', ErrorId: 'EngineStopped' });
    // The engine that was left behind is not dead in this process: its run ends when it next writes, and starts no
    // command of its own.
    const ofEngine = (generation: number): string[] => hold.filter((held) => held.endsWith(String(generation)));
    await killed.close();
    expect(ofEngine(1)).to.deep.equal(['busy 1', 'idle 1']);
    expect(ofEngine(2)).to.deep.equal(['busy 2']);
    await next.close();
    await end;
    expect(ofEngine(2)).to.deep.equal(['busy 2', 'idle 2']);
    expect(readFileSync(path.join(site.path, 'Logs', 'wsyncmgr.log'), 'utf8')).to.include(
      'The after-sync command was ended because the engine ends.',
    );
  });
});
