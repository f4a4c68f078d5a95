import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../server/platform/Clock.js';
import type { Clock } from '../../server/platform/Clock.js';
import { OutputLines } from '../../server/platform/OutputLines.js';
import { consoleText } from '../../server/platform/consoleText.js';
import { checkHookFile, hookCommand, hookRefusal, runHook, treeEndCommand } from '../../server/platform/runHook.js';
import type { HookOptions } from '../../server/platform/runHook.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const WINDOWS = { platform: 'win32', env: { SystemRoot: 'C:\\WINDOWS' } } as const;
const LINUX = { platform: 'linux', env: {} } as const;

describe('A hook is started', () => {
  it('as itself without a shell, a script by its PowerShell', () => {
    expect(hookCommand(LINUX, '/opt/notify', ['a b', '$x'])).to.deep.equal({
      program: '/opt/notify',
      args: ['a b', '$x'],
    });
    expect(hookCommand(LINUX, '/opt/notify.PS1', ['-To', 'x'])).to.deep.equal({
      program: 'pwsh',
      args: ['-NoProfile', '-NonInteractive', '-File', '/opt/notify.PS1', '-To', 'x'],
    });
    expect(hookCommand(WINDOWS, 'C:\\Tools\\notify.exe', ['%PATH%'])).to.deep.equal({
      program: 'C:\\Tools\\notify.exe',
      args: ['%PATH%'],
    });
    expect(hookCommand(WINDOWS, '\\\\server\\share\\notify.ps1', [])).to.deep.equal({
      program: 'C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      args: ['-NoProfile', '-NonInteractive', '-File', '\\\\server\\share\\notify.ps1'],
    });
  });

  const REFUSED: readonly (readonly [NodeJS.Platform, string, RegExp | undefined])[] = [
    ['linux', '/opt/notify', undefined],
    ['linux', '/opt/notify.bat', undefined],
    ['linux', 'notify', /is not an absolute path/],
    ['linux', './notify.ps1', /is not an absolute path/],
    ['linux', 'C:\\notify.exe', /is not an absolute path/],
    ['win32', 'C:\\Tools\\notify.EXE', undefined],
    ['win32', 'c:/tools/notify.ps1', undefined],
    ['win32', '\\\\server\\share\\notify.com', undefined],
    ['win32', '\\Tools\\notify.exe', /is not an absolute path/],
    ['win32', 'C:notify.exe', /is not an absolute path/],
    ['win32', 'notify.exe', /is not an absolute path/],
    ['win32', 'C:\\Tools\\notify.cmd', /batch file/],
    ['win32', 'C:\\Tools\\notify.BAT', /batch file/],
    ['win32', 'C:\\Tools\\notify.bat.', /without a shell/],
    ['win32', 'C:\\Tools\\notify.bat ', /without a shell/],
    ['win32', 'C:\\Tools\\notify.vbs', /without a shell/],
    ['win32', 'C:\\Tools\\notify', /without a shell/],
  ];
  for (const [platform, command, reason] of REFUSED) {
    it(`${reason === undefined ? 'with' : 'not with'} ${JSON.stringify(command)} on ${platform}`, () => {
      if (reason === undefined) expect(hookRefusal(platform, command)).to.equal(undefined);
      else expect(hookRefusal(platform, command)).to.match(reason);
    });
  }

  it('and ended with all that it started', () => {
    expect(treeEndCommand(WINDOWS, 77)).to.deep.equal({
      program: 'C:\\WINDOWS\\System32\\taskkill.exe',
      args: ['/pid', '77', '/t', '/f'],
    });
    expect(treeEndCommand(LINUX, 77)).to.equal(undefined);
  });
});

describe('The file of a hook', () => {
  const folder = temporaryFolder();
  const file = (name: string, mode: number): string => {
    writeFileSync(join(folder(), name), '', { mode });
    return join(folder(), name);
  };

  it('must be a file that can be run', async () => {
    await checkHookFile(file('run', 0o700));
    await checkHookFile(file('script.ps1', 0o600));
    mkdirSync(join(folder(), 'folder'));
    for (const command of [join(folder(), 'folder'), join(folder(), 'nothing'), 'relative'])
      expect(await rejectionOf(checkHookFile(command)), command).to.equal('AfterSyncCommandInvalid');
  });

  it('must be executable where that is a property of files', async function () {
    if (process.platform === 'win32') this.skip();
    expect(await rejectionOf(checkHookFile(file('text', 0o600)))).to.equal('AfterSyncCommandInvalid');
  });
});

describe('The output of a hook', () => {
  const lines = (
    chunks: readonly (string | Buffer)[],
    limits = { lines: 3, width: 5 },
  ): { taken: string[]; dropped: number } => {
    const taken: string[] = [];
    const read = (bytes: Buffer): string => consoleText(bytes, { platform: 'win32' });
    const output = new OutputLines(limits, { read, take: (line) => taken.push(line) });
    for (const chunk of chunks) output.add(Buffer.from(chunk));
    output.end();
    return { taken, dropped: output.dropped };
  };

  it('is cut into lines, wherever its pieces end', () => {
    const grown = Buffer.from('grün');
    expect(lines(['one\r', '\ntw', 'o\n', grown.subarray(0, 3), grown.subarray(3)])).to.deep.equal({
      taken: ['one', 'two', 'grün'],
      dropped: 0,
    });
    expect(lines(['\n\n', 'a\n'])).to.deep.equal({ taken: ['', '', 'a'], dropped: 0 });
    expect(lines([])).to.deep.equal({ taken: [], dropped: 0 });
  });

  it('is cut at its limits', () => {
    expect(lines(['12345\n123456789\n1\n2\n3'])).to.deep.equal({ taken: ['12345', '12345…', '1'], dropped: 2 });
    const long = lines(Array.from({ length: 1000 }, () => 'x'.repeat(1000)));
    expect(long).to.deep.equal({ taken: ['xxxxx…'], dropped: 0 });
    // Wherever the cut falls, it is no reason to take the line for one of a code page.
    for (const before of ['', 'a', 'ab', 'abc'])
      expect(lines([`${before}${'€'.repeat(20)}`]).taken).to.deep.equal([`${before}${'€'.repeat(5 - before.length)}…`]);
  });

  it('is read line by line as UTF-8, or by the code page of the console where it is none', () => {
    const german = Buffer.from([0x67, 0x72, 0x81, 0x6e, 0x0a]);
    expect(lines([german, Buffer.from('grün\n'), german.subarray(0, 3), german.subarray(3)]).taken).to.deep.equal([
      'grün',
      'grün',
      'grün',
    ]);
    expect(lines([Buffer.alloc(100, 0x81)]).taken).to.deep.equal(['üüüüü…']);
  });
});

describe('A hook process', () => {
  const folder = temporaryFolder();
  const script = (name: string, body: string): string => {
    writeFileSync(join(folder(), name), body);
    return join(folder(), name);
  };
  /** The script by node, with what is said instead; gives how it ended and what it printed. */
  const run = async (body: string, over: Partial<HookOptions> = {}): Promise<{ end: string; lines: string[] }> => {
    const lines: string[] = [];
    const end = await runHook({
      command: { program: process.execPath, args: [script('hook.mjs', body), 'a b', '"$x"'] },
      folder: folder(),
      environment: process.env,
      input: '{"Id":7}\n',
      seconds: 60,
      output: { lines: 5, width: 80 },
      system: { platform: process.platform, env: process.env },
      clock: systemClock,
      signal: new AbortController().signal,
      onLine: (line) => lines.push(line),
      ...over,
    });
    return { end, lines };
  };

  it('gets its input and its arguments as they are', async () => {
    const { end, lines } = await run(
      `import { readFileSync, writeFileSync } from 'node:fs';
      writeFileSync('got.json', JSON.stringify([readFileSync(0, 'utf8'), process.argv.slice(2)])); ` +
        `console.log('printed'); console.error('complained');`,
    );
    expect(end).to.equal('');
    expect(JSON.parse(readFileSync(join(folder(), 'got.json'), 'utf8'))).to.deep.equal(['{"Id":7}\n', ['a b', '"$x"']]);
    expect(lines).to.have.members(['printed', 'complained']);
  });

  it('has no folders of modules of PowerShell 7 on Windows, which Windows PowerShell would load from', async () => {
    const { lines } = await run('console.log(String(process.env.PSModulePath), process.env.X)', {
      environment: { ...process.env, PSModulePath: '7', X: 'x' },
      system: { ...WINDOWS, env: process.env },
    });
    expect(lines).to.deep.equal(['undefined x']);
  });

  it('that fails says so', async () => {
    expect(await run('process.exitCode = 3;')).to.deep.equal({ end: 'ended with exit code 3', lines: [] });
  });

  it('that cannot be started says so', async () => {
    expect((await run('', { command: { program: join(folder(), 'nothing'), args: [] } })).end).to.match(
      /^could not be started: .*ENOENT/,
    );
    expect((await run('', { command: { program: 'a\0b', args: [] } })).end).to.match(/^could not be started/);
    expect((await run('', { signal: AbortSignal.abort() })).end).to.equal('was not started because the engine ends');
  });

  it('that closes its input before it has read it does no harm', async () => {
    const { end } = await run('import { closeSync } from "node:fs"; closeSync(0);', {
      input: 'x'.repeat(4 * 1024 * 1024),
    });
    expect(end).to.equal('');
  });

  it('that floods its output ends, and the log gets a few lines', async () => {
    const { end, lines } = await run(
      'for (let i = 0; i < 20000; i += 1) process.stdout.write(`${"x".repeat(200)}\\n`);',
    );
    expect(end).to.equal('');
    expect(lines).to.have.length(6);
    expect([lines[0], lines[5]]).to.deep.equal([`${'x'.repeat(80)}…`, '(19995 more lines)']);
  });

  /** A process that waits for ever with a child that does too; both hold a connection, so that their end is seen. */
  const endless = async (): Promise<{ body: string; ready: Promise<void>; gone: Promise<void> }> => {
    let held = 0;
    let began = (): void => undefined;
    let ended = (): void => undefined;
    const ready = new Promise<void>((resolve) => (began = resolve));
    const gone = new Promise<void>((resolve) => (ended = resolve));
    const server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('close', () => {
          held -= 1;
          if (held === 0) server.close(ended);
        })
        .resume();
      held += 1;
      if (held === 2) began();
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const child = script('child.mjs', `import { connect } from 'node:net'; connect(${port}, '127.0.0.1');`);
    return {
      body:
        `import { connect } from 'node:net'; import { spawn } from 'node:child_process'; ` +
        `spawn(process.execPath, [${JSON.stringify(child)}], { stdio: 'inherit' }); connect(${port}, '127.0.0.1');`,
      ready,
      gone,
    };
  };

  it('that never ends is ended with its children when its time is over', async () => {
    const { body, ready, gone } = await endless();
    const timers: { milliseconds: number; action: () => void }[] = [];
    const clock: Clock = {
      now: () => new Date(),
      after: (milliseconds, action) => {
        timers.push({ milliseconds, action });
        return () => undefined;
      },
    };
    const running = run(body, { clock });
    await ready;
    expect(timers.map((timer) => timer.milliseconds)).to.deep.equal([60_000]);
    timers[0]?.action();
    expect((await running).end).to.equal('was ended after 60 seconds');
    await gone;
  });

  it('is ended with its children when the engine ends', async () => {
    const { body, ready, gone } = await endless();
    const stop = new AbortController();
    const running = run(body, { signal: stop.signal });
    await ready;
    stop.abort();
    expect((await running).end).to.equal('was ended because the engine ends');
    await gone;
  });

  it('that left something behind that holds its output is not waited for', async () => {
    const left = script(
      'left.mjs',
      `import { existsSync, writeFileSync } from 'node:fs'; writeFileSync('left', ''); setInterval(() => { if ` +
        `(!existsSync('left')) process.exit(); }, 20);`,
    );
    const clock: Clock = {
      now: () => new Date(),
      after: (milliseconds, action) => {
        if (milliseconds < 60_000) setImmediate(action);
        return () => undefined;
      },
    };
    const { end } = await run(
      `import { spawn } from 'node:child_process'; import { existsSync } from 'node:fs'; spawn(process.execPath, ` +
        `[${JSON.stringify(left)}], { stdio: 'inherit', detached: true }).unref();
      setInterval(() => { if (existsSync('left')) process.exit(4); }, 20);`,
      { clock },
    );
    expect(end).to.equal('ended with exit code 4');
    expect(existsSync(join(folder(), 'left'))).to.equal(true);
    rmSync(join(folder(), 'left'));
  });
});
