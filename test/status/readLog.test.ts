import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { type LogEntry, readLogBackwards } from '../../server/status/readLog.js';
import { logLine } from '../../server/status/WsyncmgrLog.js';

describe('wsyncmgr.log read from its end', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cms-log-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const lines = (from: number, to: number, text: (index: number) => string): string =>
    Array.from({ length: to - from }, (_unused, index) =>
      logLine({ text: text(from + index), component: 'X', time: new Date((from + index) * 1000), thread: 1 }, -60),
    )
      .map((line) => `${line}\r\n`)
      .join('');
  const read = async (): Promise<{ entries: LogEntry[]; most: number }> => {
    const entries: LogEntry[] = [];
    let most = 0;
    for await (const piece of readLogBackwards(folder, plainFiles)) {
      entries.push(...piece);
      most = Math.max(most, piece.length);
    }
    return { entries, most };
  };

  it('gives every entry once, the newest first, in pieces, those of the log before too', async () => {
    const text = (index: number): string => `entry ${index} ${'ä'.repeat(index % 97)}`;
    writeFileSync(join(folder, 'wsyncmgr.lo_'), lines(0, 1000, text));
    writeFileSync(join(folder, 'wsyncmgr.log'), `${lines(1000, 4000, text)}a line without its end`);
    const { entries, most } = await read();
    expect(entries.map((entry) => entry.text)).to.deep.equal([
      'a line without its end',
      ...Array.from({ length: 4000 }, (_unused, index) => text(3999 - index)),
    ]);
    expect(entries[1]?.time).to.equal(3999 * 1000);
    expect(entries[0]?.time).to.deep.equal(Number.NaN);
    expect(most).to.be.below(1500);
  });

  it('takes severities as CMTrace colours them, and lines that were one', async () => {
    const texts = [
      'Sync failed: x',
      'WARNING: y',
      'STATMSG: ID=6703 SEV=E LEV=M',
      'STATMSG: ID=6702 SEV=I failed',
      'done, failed: 0',
      'a\nb',
    ];
    writeFileSync(
      join(folder, 'wsyncmgr.log'),
      lines(0, texts.length, (index) => texts[index] ?? ''),
    );
    const { entries } = await read();
    expect(
      entries
        .map(({ severity }) => severity[0])
        .reverse()
        .join(''),
    ).to.equal('EWEIII');
    expect(entries[0]?.text).to.equal('a\nb');
  });

  it('is empty where there is none', async () => {
    expect((await read()).entries).to.deep.equal([]);
  });
});
