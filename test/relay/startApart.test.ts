import { expect } from 'chai';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { programFile } from '../../server/platform/packageFolder.js';
import { processState } from '../../server/platform/processState.js';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { spawnApart, startCall } from '../../server/relay/spawnEngine.js';
import { realEngineDeps, startsApart } from '../../server/rpc/EngineDeps.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { openSite } from '../../server/site/openSite.js';
import { runVerb } from '../cli/runVerb.js';
import { removeHome } from '../fixtures/removeHome.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

describe('rpc: an engine that inherits nothing', () => {
  const folder = temporaryFolder();
  const home = (): string => join(folder(), 'home');
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, CONFIGMGRSYNC_HOME: home(), CONFIGMGRSYNC_SITE: '' });
  afterEach(() => removeHome(home()));

  async function site(): Promise<SiteFolder> {
    await runVerb(['site', 'new', '--site-code', 'ABC'], { CONFIGMGRSYNC_HOME: home() });
    return openSite(join(home(), 'ABC'));
  }

  it('lets a caller that captures everything go on when the command ends, and lives on', async () => {
    await site();
    // A fourth pipe: one that a shell above the command reads, of which the command knows nothing.
    const child: ChildProcess = spawn(process.execPath, [programFile(), 'status', '--json'], {
      env: env(),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const ends = [child.stdout, child.stderr, child.stdio[3] as Readable].map((stream) => text(stream!));
    const [[code]] = await Promise.all([once(child, 'exit') as Promise<[number]>, ...ends]);
    expect(code).to.equal(0);
    const note = JSON.parse(readFileSync(join(home(), 'ABC', 'engine.json'), 'utf8')) as { processId: number };
    expect(processState(note.processId)).to.equal('running');
  });

  it('is started through the system on Windows where output may be captured', () => {
    expect([startsApart('win32', false), startsApart('win32', true), startsApart('linux', false)]).to.deep.equal([
      true,
      false,
      false,
    ]);
    const call = startCall(
      { path: 'C:\\Sites\\A B' },
      { engineCommand: ['C:\\P F\\main.js', 'engine'], env: { PATH: 'x', '=C:': 'C:\\', NONE: undefined } },
    );
    expect(call.given).to.deep.equal({
      commandLine: [
        process.execPath,
        '"C:\\P F\\main.js"',
        'engine',
        '--site-path',
        '"C:\\Sites\\A B"',
        '--own-log',
      ].join(' '),
      folder: 'C:\\Sites\\A B',
      environment: ['PATH=x'],
    });
  });

  it('writes its own log when it is started so, and says there why it did not start', async () => {
    const found = await site();
    const words = [programFile(), 'engine', '--site-path', found.path, '--idle-seconds', '0', '--own-log'];
    const child = spawn(process.execPath, words, { env: env(), stdio: 'ignore' });
    await once(child, 'exit');
    expect(readFileSync(join(found.path, 'Logs', 'engine.log'), 'utf8')).to.match(/Engine of site ABC started/);
  });

  it('is started as it was before where the system refuses, with the reason in the log', async () => {
    const found = await site();
    const end: ProgramEnd = { code: 1, stdout: '{"error":"Access denied."}', stderr: '' };
    const calls: ProgramCall[] = [];
    const run = async (call: ProgramCall): Promise<ProgramEnd> => Promise.resolve((calls.push(call), end));
    let isStarted = false;
    const started = spawnApart(found, { ...realEngineDeps(), run }, () => {
      isStarted = true;
      return { isAlive: () => false };
    });
    expect(started.isAlive()).to.equal(true);
    while (started.isAlive()) await new Promise((resolve) => setImmediate(resolve));
    expect([isStarted, calls.length]).to.deep.equal([true, 1]);
    expect(readFileSync(join(found.path, 'Logs', 'engine.log'), 'utf8')).to.contain(
      'started separately: Access denied.',
    );
  });

  it('tells what the engine said of its end, however large the log is', async () => {
    const found = await site();
    const log = join(found.path, 'Logs', 'engine.log');
    appendFileSync(log, '');
    // Nothing is on the disk of it; no buffer holds it.
    truncateSync(log, 5 * 1024 ** 3);
    // It has ended by the time it is looked at, and its last line is that of a failure.
    const child = spawn(process.execPath, ['-e', '0']);
    const run = async (): Promise<ProgramEnd> => {
      await once(child, 'exit');
      const line = '{"errorId":"SiteAccountNeeded","data":{"site":"ABC"}}\n';
      appendFileSync(log, line);
      return { code: 0, stdout: `{"value":${String(child.pid)}}`, stderr: '' };
    };
    const started = spawnApart(found, { ...realEngineDeps(), run }, () => ({ isAlive: () => true }));
    const error = await endOf(() => started.isAlive());
    expect(error).to.have.property('errorId', 'SiteAccountNeeded');
  });
});

async function endOf(isAlive: () => boolean): Promise<unknown> {
  try {
    while (isAlive()) await new Promise((resolve) => setImmediate(resolve));
    return undefined;
  } catch (error) {
    return error;
  }
}
