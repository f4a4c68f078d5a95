import { expect } from 'chai';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logLine } from '../../server/status/WsyncmgrLog.js';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, quoted, withFake } from './fakeSession.js';
import type { Caught, FakeSession } from './fakeSession.js';

interface Entry {
  readonly at: string;
  readonly Severity: string;
  readonly Component: string;
  readonly Thread: number;
  readonly Text: string;
  readonly Source: string;
}

powershellSuite('cmdlets: Get-CMSyncLog', (engine) => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'configmgrsync-log-'));
    file = join(folder, 'wsyncmgr.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const line = (text: string, time: string, bias = 0, component = 'SMS_WSUS_SYNC_MANAGER'): string =>
    `${logLine({ text, component, time: new Date(time), thread: 3404 }, bias)}\r\n`;
  const read = async (fake: FakeSession, options: string): Promise<Entry[]> =>
    jsonOf(
      engine(),
      fake,
      `ConvertTo-Json -Compress @(Get-CMSyncLog -Path ${quoted(file)} ${options} | ` +
        "Select-Object @{ n = 'at'; e = { if ($_.Time) { " +
        "$_.Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fff') } else { '' } } }, Severity, Component, " +
        'Thread, Text, Source)',
    );
  const textsOf = async (fake: FakeSession, options: string): Promise<string[]> =>
    (await read(fake, options)).map((entry) => entry.Text);

  it('reads the framing of site servers, whatever the zone, with severities from the words', () =>
    withFake('', async (fake) => {
      writeFileSync(
        file,
        line('Sync failed: gone~ Source: x', '2026-03-01T01:02:03.004Z', 300) +
          line('line one\nline two', '2026-03-01T01:02:04Z', -90) +
          line('WARNING: nothing selected', '2026-03-01T01:02:05Z') +
          line('New: 1, failed: 0', '2026-03-01T01:02:06Z') +
          line('STATMSG: ID=6703 SEV=E LEV=M ISTR0=""', '2026-03-01T01:02:07Z') +
          line('STATMSG: ID=6702 SEV=I LEV=M ISTR0="an error"', '2026-03-01T01:02:08Z') +
          'in no framing\n',
      );
      const entries = await read(fake, '');
      expect(entries[0]).to.deep.equal({
        at: '2026-03-01T01:02:03.004',
        Severity: 'Error',
        Component: 'SMS_WSUS_SYNC_MANAGER',
        Thread: 3404,
        Text: 'Sync failed: gone~ Source: x',
        Source: '',
      });
      expect(entries.map((entry) => [entry.at.slice(17, 19), entry.Severity])).to.deep.equal([
        ['03', 'Error'],
        ['04', 'Information'],
        ['05', 'Warning'],
        ['06', 'Information'],
        ['07', 'Error'],
        ['08', 'Information'],
        ['', 'Information'],
      ]);
      expect(entries[1]?.Text).to.equal('line one\nline two');
      expect(entries[6]).to.include({ Text: 'in no framing', Component: '', Thread: 0 });
    }));

  it('reads the framing of clients, also texts of several lines', () =>
    withFake('', async (fake) => {
      const client = (text: string, type: number): string =>
        `<![LOG[${text}]LOG]!><time="10:00:00.1230000-060" date="3-1-2026" component="Script" context="" ` +
        `type="${type}" thread="12" file="a.ps1:5">\r\n`;
      writeFileSync(file, `\uFEFF${client('no error at all', 1)}${client('two\r\nlines]', 2)}${client('bad', 3)}`);
      expect(await read(fake, '')).to.deep.equal(
        [
          ['no error at all', 'Information'],
          ['two\nlines]', 'Warning'],
          ['bad', 'Error'],
        ].map(([Text, Severity]) => ({
          at: '2026-03-01T09:00:00.123',
          Severity,
          Component: 'Script',
          Thread: 12,
          Text,
          Source: 'a.ps1:5',
        })),
      );
    }));

  it('filters, and takes the last ones over both files', () =>
    withFake('', async (fake) => {
      writeFileSync(
        join(folder, 'wsyncmgr.lo_'),
        line('old', '2026-03-01T01:00:00Z') + line('old error', '2026-03-01T01:00:01Z'),
      );
      writeFileSync(
        file,
        line('new', '2026-03-01T01:00:02Z') +
          line('other', '2026-03-01T01:00:03Z', 0, 'OTHER') +
          line('last', '2026-03-01T01:00:04Z'),
      );
      expect(await textsOf(fake, '')).to.deep.equal(['old', 'old error', 'new', 'other', 'last']);
      expect(await textsOf(fake, '-Tail 3')).to.deep.equal(['new', 'other', 'last']);
      expect(await textsOf(fake, '-Tail 0')).to.deep.equal([]);
      expect(await textsOf(fake, "-Component 'sms_*' -Tail 2")).to.deep.equal(['new', 'last']);
      expect(await textsOf(fake, '-Severity Error, Warning')).to.deep.equal(['old error']);
      expect(
        await textsOf(
          fake,
          "-StartTime ([datetime] '2026-03-01T01:00:01Z') -EndTime ([datetime] '2026-03-01T01:00:03Z')",
        ),
      ).to.deep.equal(['old error', 'new']);
    }));

  it('follows what is written, across a roll-over, until the pipeline has enough', () =>
    withFake('', async (fake) => {
      writeFileSync(file, line('first', '2026-03-01T01:00:00Z') + line('second', '2026-03-01T01:00:01Z'));
      const next = [
        () =>
          appendFileSync(
            file,
            `${line('third', '2026-03-01T01:00:02Z')}${line('fourth', '2026-03-01T01:00:03Z').slice(0, 9)}`,
          ),
        () => appendFileSync(file, line('fourth', '2026-03-01T01:00:03Z').slice(9)),
        () => {
          appendFileSync(file, line('before', '2026-03-01T01:00:04Z'));
          renameSync(file, join(folder, 'wsyncmgr.lo_'));
          writeFileSync(
            file,
            line('after', '2026-03-01T01:00:05Z') + line('longer than the old one', '2026-03-01T01:00:06Z').repeat(9),
          );
        },
      ];
      // Each entry that arrives asks for the next step by a file; this process answers to it.
      mkdirSync(join(folder, 'asked'));
      const steps = setInterval(() => {
        const step = next[0];
        if (step === undefined || !arrived(folder, 4 - next.length)) return;
        next.shift();
        step();
      }, 20);
      try {
        const script =
          `$count = 0
$texts = Get-CMSyncLog -Path ${quoted(file)} -Tail 1 -Follow | ForEach-Object { $count++; ` +
          `[System.IO.File]::WriteAllText((Join-Path ${quoted(join(folder, 'asked'))} $count), ''); $_.Text } | ` +
          `Select-Object -First 5
ConvertTo-Json -Compress @($texts)`;
        expect(await jsonOf(engine(), fake, script)).to.deep.equal(['second', 'third', 'fourth', 'before', 'after']);
      } finally {
        clearInterval(steps);
      }
    }));

  it('takes the window of a run, and says when there is no log', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSyncLog -Run 7'));
      expect([caught.id, caught.target]).to.deep.equal([
        'LogNotFound,Get-CMSyncLog',
        join('/sites/ABC', 'Logs', 'wsyncmgr.log'),
      ]);
      expect(fake.notes('run/list').map(({ value }) => value)).to.deep.equal([{ id: 7 }, { newest: 1 }]);
    }));
});

/** Steps 1 and 2 follow the first and the second entry; the roll-over follows the third. */
function arrived(folder: string, step: number): boolean {
  try {
    rmSync(join(folder, 'asked', String(step)));
    return true;
  } catch {
    return false;
  }
}
