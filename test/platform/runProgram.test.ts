import { expect } from 'chai';
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
    expect(consoleText(oem, 'win32')).to.equal('Zugriff überß');
    expect(consoleText(oem, 'linux')).to.contain('\ufffd');
    expect(consoleText(Buffer.from('Müller \u{1F600}'), 'win32')).to.equal('Müller \u{1F600}');
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
