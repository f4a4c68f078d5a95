import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { logLine, openWsyncmgrLog } from '../../server/status/WsyncmgrLog.js';
import { durationText, percentOf, progressLine } from '../../server/status/progressLine.js';
import { severityOf, statusMessageLine, syncStateName } from '../../server/status/statusMessage.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const TIME = new Date(Date.UTC(2014, 0, 16, 18, 53, 52, 608));
const line = (text: string, bias: number): string =>
  logLine({ text, component: 'SMS_WSUS_SYNC_MANAGER', time: TIME, thread: 3404 }, bias);

describe('logLine', () => {
  const TABLE: readonly [number, string][] = [
    [300, '01-16-2014 13:53:52.608+300'],
    [0, '01-16-2014 18:53:52.608+000'],
    [-60, '01-16-2014 19:53:52.608-060'],
    [-330, '01-17-2014 00:23:52.608-330'],
    [720, '01-16-2014 06:53:52.608+720'],
  ];
  for (const [bias, stamp] of TABLE) {
    it(`frames a record with the bias ${bias}`, () => {
      expect(line('Starting Sync', bias)).to.equal(
        `Starting Sync~  $$<SMS_WSUS_SYNC_MANAGER><${stamp}><thread=3404 (0xD4C)>`,
      );
    });
  }
  it('takes away what would control a terminal or turn the text round', () => {
    expect(line('a\u009b31mb\u0085c\u202ed\u2066e\u200ff\u2028g\u001bh', 0)).to.match(/^a\?31mb\?cdef\?g\?h~/);
  });
  it('writes line breaks of a text as two tildes', () => {
    expect(line('a\r\nb\nc\rd', 0)).to.match(/^a~~b~~c~~d~ {2}\$\$</);
  });
});

describe('wsyncmgr.log', () => {
  const folder = temporaryFolder();
  const open = (rollOver?: number): ReturnType<typeof openWsyncmgrLog> =>
    openWsyncmgrLog({
      files: plainFiles,
      folder: folder(),
      now: () => TIME,
      thread: 3404,
      rollOver,
    });
  const read = (name: string): string[] => fs.readFileSync(path.join(folder(), name), 'utf8').split('\r\n');

  it('holds one line for each record in order once it is flushed', () => {
    const log = open();
    log.write('one', 'two');
    log.write('three');
    log.flush();
    expect(read('wsyncmgr.log').map((text) => text.split('~')[0])).to.deep.equal(['one', 'two', 'three', '']);
  });
  it('loses no line while a reader holds it on Windows, and rolls over when that is gone', async () => {
    const held = Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    const failures: string[] = [];
    const refusing = new Set<string>();
    const files = {
      ...plainFiles,
      renameSync: (from: string, to: string) => {
        if (refusing.has('rename')) throw held;
        plainFiles.renameSync(from, to);
      },
      openSync: (file: string, flags: 'a', mode?: number) => {
        if (refusing.has('open')) throw held;
        return plainFiles.openSync(file, flags, mode);
      },
    };
    let onPause = (): void => undefined;
    const log = openWsyncmgrLog({
      pause: async () => {
        onPause();
        return Promise.resolve();
      },
      files,
      folder: folder(),
      now: () => TIME,
      thread: 1,
      rollOver: 300,
      platform: 'win32',
      onFailure: (reason) => failures.push(reason),
    });
    const told = (): string[] => read('wsyncmgr.log').map((text) => text.split('~')[0] ?? '');
    log.write('one', 'two', 'three', 'four');
    log.flush();
    refusing.add('rename');
    log.write('five');
    log.flush();
    expect([told(), failures]).to.deep.equal([['one', 'two', 'three', 'four', 'five', ''], []]);
    refusing.add('open');
    log.write('six');
    log.flush();
    expect([told().length, failures.length]).to.deep.equal([6, 1]);
    refusing.clear();
    log.write('seven');
    refusing.add('open');
    onPause = () => refusing.clear();
    await log.close();
    expect([told(), failures.length]).to.deep.equal([['six', 'seven', ''], 1]);
    expect(read('wsyncmgr.lo_').length).to.equal(6);
    log.write('eight');
    refusing.add('open');
    onPause = () => undefined;
    await log.close();
    expect(failures.slice(1).map((text) => text.split('~')[0])).to.deep.equal([failures[1], 'Not in it: eight']);
  });
  it('that is held for long lets lines wait beside it, for the next engine too, and counts what is more', async () => {
    const held = Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    const refusing = new Set<string>();
    const refuse = (file: string): void => {
      if (refusing.has(path.basename(file))) throw held;
    };
    const files = {
      ...plainFiles,
      rmSync: (file: string) => {
        refuse(file);
        plainFiles.rmSync(file, { force: true });
      },
      openSync: (file: string, flags: 'a' | 'r', mode?: number) => {
        // He shares reading.
        if (flags !== 'r') refuse(file);
        return plainFiles.openSync(file, flags, mode);
      },
    };
    const failures: string[] = [];
    const openHeld = () =>
      openWsyncmgrLog({
        pause: async () => Promise.resolve(),
        files,
        folder: folder(),
        now: () => TIME,
        thread: 1,
        rollOver: 1000,
        platform: 'win32',
        onFailure: (reason) => failures.push(reason),
      });
    const first = openHeld();
    const written: string[] = [];
    const write = (log: ReturnType<typeof openHeld>, count: number): void => {
      for (let number = 0; number < count; number += 1) {
        const text = `line ${written.length}`;
        written.push(text);
        log.write(text);
      }
    };
    const told = (): string[] => {
      const both = ['wsyncmgr.lo_', 'wsyncmgr.log']
        .filter((name) => fs.existsSync(path.join(folder(), name)))
        .flatMap(read);
      return both.map((text) => text.split('~')[0] ?? '').filter((text) => text !== '');
    };
    write(first, 2);
    first.flush();
    refusing.add('wsyncmgr.log');
    // Several times what is kept in memory.
    write(first, 60);
    await first.close();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['wsyncmgr.log', 'wsyncmgr.pending']);
    refusing.clear();
    // Somebody reads the waiting lines too: they come once.
    refusing.add('wsyncmgr.pending');
    const second = openHeld();
    write(second, 1);
    second.flush();
    expect(told()).to.deep.equal(written);
    write(second, 1);
    second.flush();
    expect(told()).to.deep.equal(written);
    refusing.clear();
    write(second, 1);
    second.flush();
    expect(told()).to.deep.equal(written);
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['wsyncmgr.lo_', 'wsyncmgr.log']);
    refusing.add('wsyncmgr.log');
    write(second, 1);
    second.flush();
    write(second, 300);
    refusing.clear();
    second.flush();
    const missing = told().findIndex((text) => text.startsWith('WARNING'));
    const count = Number(/^WARNING: (\d+) lines could not be written/.exec(told()[missing] ?? '')?.[1]);
    expect([count > 0, told().length - 1 + count]).to.deep.equal([true, written.length]);
    expect(failures.every((text) => text.includes('cannot be written'))).to.equal(true);
  });
  it('is written whole when it is closed and goes on when it is opened again', async () => {
    for (const text of ['first', 'second']) {
      const log = open();
      log.write(text);
      await log.close();
    }
    expect(read('wsyncmgr.log')).to.have.length(3);
  });
  it('rolls over to wsyncmgr.lo_ and keeps one old file', () => {
    const log = open(100);
    for (const text of ['a', 'b', 'c', 'd']) {
      log.write(text.repeat(60));
      log.flush();
    }
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['wsyncmgr.lo_', 'wsyncmgr.log']);
    expect([read('wsyncmgr.lo_')[0]?.[0], read('wsyncmgr.log')[0]?.[0]]).to.deep.equal(['c', 'd']);
  });
  it('writes at once when much is waiting', () => {
    open().write(...Array.from({ length: 600 }, (_unused, index) => `line ${index}`));
    expect(read('wsyncmgr.log')).to.have.length(601);
  });
});

describe('progressLine', () => {
  const STEP = 'sync: WSUS synchronizing updates';
  const TABLE: readonly [number, number, number, string][] = [
    [122, 130, 45_000, 'processed 122 out of 130 items (93%), ETA in 00:00:03'],
    [130, 130, 1000, 'processed 130 out of 130 items (100%)'],
    [0, 223, 1000, 'processed 0 out of 223 items (0%)'],
    [0, 0, 0, 'processed 0 out of 0 items (100%)'],
    [1, 7201, 1000, 'processed 1 out of 7201 items (0%), ETA in 02:00:00'],
    [999, 1000, 999, 'processed 999 out of 1000 items (99%), ETA in 00:00:01'],
  ];
  for (const [processed, total, elapsed, text] of TABLE)
    it(`says ${text}`, () => {
      expect(progressLine(STEP, { processed, total, elapsed })).to.equal(`${STEP}, ${text}`);
    });
  it('never says 100 percent before the end', () => {
    expect(percentOf(99_999, 100_000)).to.equal(99);
  });
});

describe('durationText', () => {
  const TABLE: readonly [number, string][] = [
    [0, '0d00h00m00s'],
    [233_000, '0d00h03m53s'],
    [499, '0d00h00m00s'],
    [59_600, '0d00h01m00s'],
    [86_399_000, '0d23h59m59s'],
    [90_061_000, '1d01h01m01s'],
    [12 * 86_400_000, '12d00h00m00s'],
  ];
  for (const [ms, text] of TABLE)
    it(`writes ${ms} ms as ${text}`, () => {
      expect(durationText(ms)).to.equal(text);
    });
});

describe('status messages', () => {
  const message = {
    messageId: 6701,
    serverName: 'cs1.contoso.com',
    siteCode: 'CS1',
    processId: 432,
    time: TIME,
    insertions: [],
    lastError: 0,
  };
  const none = Array.from({ length: 10 }, (_unused, index) => `ISTR${index}=""`).join(' ');
  it('are written as the site server writes them', () => {
    expect(statusMessageLine(message)).to.equal(
      'STATMSG: ID=6701 SEV=I LEV=M SOURCE="SMS Server" COMP="SMS_WSUS_SYNC_MANAGER" ' +
        `SYS=cs1.contoso.com SITE=CS1 PID=432 TID=432 GMTDATE=Thu Jan 16 18:53:52.608 2014 ${none} NUMATTRS=0`,
    );
  });
  it('carry insertion strings without quotes inside and the error code', () => {
    const text = statusMessageLine({ ...message, messageId: 6703, insertions: ['a "b"', 'c'], lastError: 0x80072efe });
    expect(text).to.include('SEV=E').and.include('ISTR0="a \'b\'" ISTR1="c" ISTR2=""');
    expect(text).to.match(/ LE=0X80072EFE$/);
  });
  const SEVERITIES: readonly [number, string][] = [
    [6700, 'E'],
    [6701, 'I'],
    [6702, 'I'],
    [6703, 'E'],
    [6704, 'I'],
    [6705, 'I'],
    [6706, 'I'],
    [6707, 'W'],
    [6708, 'I'],
  ];
  for (const [id, severity] of SEVERITIES)
    it(`${id} have the severity ${severity} and a name of their own`, () => {
      expect(severityOf(id)).to.equal(severity);
      expect(syncStateName(id)).to.match(/WSUS/);
      expect(SEVERITIES.filter(([other]) => syncStateName(other) === syncStateName(id))).to.have.length(1);
    });
  it('name a site that never synchronized and an unknown state', () => {
    expect([syncStateName(0), syncStateName(9999)]).to.deep.equal(['Never synchronized', 'State 9999']);
  });
});
