import { expect } from 'chai';
import { consoleCodePage } from '../../server/platform/consoleCodePage.js';
import { consoleText } from '../../server/platform/consoleText.js';
import { programReason, runProgram } from '../../server/platform/runProgram.js';
import { quoteWindowsArgument } from '../../server/platform/windowsScript.js';

const node = (script: string, more: object = {}): ReturnType<typeof runProgram> =>
  runProgram({ command: process.execPath, args: ['-e', script], ...more });

describe('platform: programs', () => {
  it('gives what a program wrote and its exit code, and feeds its input', async () => {
    const end = await node(
      "process.stdin.on('data', (d) => process.stdout.write(String(d).toUpperCase())); process.stderr.write('e'); " +
        'process.exitCode = 3;',
      { input: 'secret' },
    );
    expect(end).to.deep.equal({ code: 3, stdout: 'SECRET', stderr: 'e' });
  });

  it('takes a program that does not read its input, does not exist or does not end', async () => {
    expect((await node('process.exit(5)', { input: 'x'.repeat(1_000_000) })).code).to.equal(5);
    const missing = await runProgram({ command: '/no/such/program', args: [] });
    expect([missing.code, programReason(missing)]).to.deep.equal([127, 'spawn /no/such/program ENOENT']);
    const endless = await node('setInterval(() => undefined, 1000)', { timeoutMilliseconds: 300 });
    expect([endless.code, programReason(endless)]).to.deep.equal([124, 'it did not end within 0.3 seconds']);
  });

  it('reads on Windows what is no UTF-8 as the code page of a console, elsewhere never', () => {
    const oem = Buffer.from([0x5a, 0x75, 0x67, 0x72, 0x69, 0x66, 0x66, 0x20, 0x81, 0x62, 0x65, 0x72, 0xe1]);
    expect(consoleText(oem, { platform: 'win32' })).to.equal('Zugriff überß');
    expect(consoleText(oem, { platform: 'linux', codePage: 866 })).to.contain('\ufffd');
    expect(consoleText(Buffer.from('Müller \u{1F600}'), { platform: 'win32', codePage: 866 })).to.equal(
      'Müller \u{1F600}',
    );
  });

  it('reads it by the code page that the registry names, as far as there is an encoding for it', async () => {
    const privet = (codePage: number, ...bytes: readonly number[]): string =>
      consoleText(Buffer.from(bytes), { platform: 'win32', codePage });
    expect(privet(866, 0x8f, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2)).to.equal('Привет');
    expect(privet(1251, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2)).to.equal('Привет');
    expect(privet(932, 0x93, 0xfa, 0x96, 0x7b)).to.equal('日本');
    expect([privet(850, 0x81), privet(852, 0x81), privet(65001, 0x81)]).to.deep.equal(['ü', 'ü', 'ü']);
    const calls: string[] = [];
    const asked = async (platform: NodeJS.Platform, stdout: string): Promise<number | undefined> =>
      consoleCodePage({
        platform,
        env: {},
        run: async ({ command, args }) => {
          calls.push([command, ...args].join(' '));
          return Promise.resolve({ code: 0, stdout, stderr: '' });
        },
      });
    const answer = '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\r\n    OEMCP    REG_SZ    866\r\n\r\n';
    expect([await asked('linux', answer), calls.length]).to.deep.equal([undefined, 0]);
    expect([await asked('win32', answer), await asked('win32', 'ERROR')]).to.deep.equal([866, undefined]);
    const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
    expect(calls[0]).to.equal(`C:\\Windows\\System32\\reg.exe query ${key} /v OEMCP`);
  });

  it('quotes arguments as Windows takes them apart', () => {
    expect(['plain', '', 'a b', 'C:\\x y\\', 'say "hi"', 'a\\"b c'].map(quoteWindowsArgument)).to.deep.equal([
      'plain',
      '""',
      '"a b"',
      '"C:\\x y\\\\"',
      '"say \\"hi\\""',
      '"a\\\\\\"b c"',
    ]);
  });
});
