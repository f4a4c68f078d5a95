import { expect } from 'chai';
import { END_SECONDS, endingSignals, Shutdown } from '../../server/engine/shutdown.js';
import { Heartbeat, HEARTBEAT_SECONDS } from '../../server/engine/heartbeat.js';
import { type HeartbeatRecord, heartbeatText, leftNoMark } from '../../server/site/heartbeatFile.js';
import { TestClock } from '../fixtures/TestClock.js';

describe('engine: heartbeat', () => {
  let clock: TestClock;
  let notes: HeartbeatRecord[];
  let lines: string[];
  let run: number;
  let isHighest: boolean;
  let failure: Error | undefined;
  let heartbeat: Heartbeat;
  const written = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    clock = new TestClock();
    notes = [];
    lines = [];
    run = 0;
    isHighest = true;
    failure = undefined;
    heartbeat = new Heartbeat({
      clock,
      processId: 42,
      isService: true,
      machine: { host: 'here', boot: '1', space: '2' },
      engine: 'e',
      folder: '7',
      run: () => run,
      address: () => 'http://127.0.0.1:8530',
      mayWrite: () => isHighest,
      log: (line) => lines.push(line),
      write: async (note) => {
        if (failure !== undefined) throw failure;
        notes.push(note);
        return Promise.resolve();
      },
    });
  });

  it('tells that an engine left no mark, but not that of the original to a copy of the site', async () => {
    heartbeat.beat();
    await heartbeat.end('Ended');
    const [beat, end] = notes as [HeartbeatRecord, HeartbeatRecord];
    const { folder, ...old } = beat;
    expect([
      leftNoMark(beat, '7'),
      leftNoMark(beat, '8'),
      leftNoMark(old, '8'),
      leftNoMark(end, '7'),
      folder,
    ]).to.deep.equal([true, false, true, false, '7']);
  });

  it('beats at once and every 30 seconds, whatever is at work', async () => {
    heartbeat.beat();
    await written();
    run = 7;
    for (let beat = 0; beat < 3; beat += 1) {
      clock.pass(HEARTBEAT_SECONDS);
      await written();
    }
    expect(notes.map((note) => [note.state, note.run])).to.deep.equal([
      ['Idle', 0],
      ['Running', 7],
      ['Running', 7],
      ['Running', 7],
    ]);
    expect(Date.parse(notes[3]?.time ?? '') - Date.parse(notes[0]?.time ?? '')).to.equal(90_000);
    expect([heartbeat.last?.getTime(), notes[0]?.processId, notes[0]?.isService, notes[0]?.address]).to.deep.equal([
      clock.time,
      42,
      true,
      'http://127.0.0.1:8530',
    ]);
  });

  it('says goodbye last, and is silent then', async () => {
    heartbeat.beat();
    await heartbeat.end('Ended');
    heartbeat.beat();
    clock.pass(300);
    await written();
    expect(notes.map((note) => note.state)).to.deep.equal(['Idle', 'Ended']);
  });

  it('leaves the beat of a newer engine alone', async () => {
    isHighest = false;
    heartbeat.beat();
    await heartbeat.end('Ended');
    expect([notes, heartbeat.last]).to.deep.equal([[], undefined]);
  });

  it('says once that it cannot write, and goes on', async () => {
    failure = new Error('the disk is full');
    heartbeat.beat();
    for (let beat = 0; beat < 3; beat += 1) {
      clock.pass(30);
      await written();
    }
    failure = undefined;
    clock.pass(30);
    await written();
    expect([lines, notes.length]).to.deep.equal([['The heartbeat could not be written: the disk is full.'], 1]);
  });

  it('has an age in words', () => {
    heartbeat.beat();
    const note = { time: clock.now().toISOString() } as HeartbeatRecord;
    clock.pass(95);
    expect([heartbeatText(note, clock.now()), heartbeatText(undefined, clock.now())]).to.deep.equal([
      '95 seconds ago',
      'never',
    ]);
  });
});

describe('engine: its end', () => {
  const make = (): { end: Shutdown; clock: TestClock; codes: number[]; lines: string[] } => {
    const clock = new TestClock();
    const codes: number[] = [];
    const lines: string[] = [];
    return {
      end: new Shutdown({ log: (line) => lines.push(line), clock, exit: (code) => codes.push(code) }),
      clock,
      codes,
      lines,
    };
  };

  it('comes once, whoever asks, also when it was asked for while the site was opening', () => {
    const { end } = make();
    const reasons: string[] = [];
    end.request('first');
    end.onRequest(async (reason) => {
      reasons.push(reason);
      return Promise.resolve();
    });
    end.request('second');
    expect(reasons).to.deep.equal(['first']);
  });

  it('is forced when something does not let go', () => {
    const { end, clock, codes, lines } = make();
    end.onRequest(async () => new Promise(() => undefined));
    end.request('stop');
    clock.pass(END_SECONDS - 1);
    expect(codes).to.deep.equal([]);
    clock.pass(1);
    expect([codes, lines[0]]).to.deep.equal([
      [1],
      'The engine did not end within 30 seconds, so it is terminated. No confirmed change is lost.',
    ]);
  });
});

describe('engine: signals', () => {
  it('end a service as its platform ends programs, and leave an engine in the background alone', () => {
    expect(endingSignals(true, 'win32')).to.deep.equal(['SIGTERM', 'SIGINT', 'SIGBREAK', 'SIGHUP']);
    expect(endingSignals(true, 'linux')).to.deep.equal(['SIGTERM', 'SIGINT']);
    expect([endingSignals(false, 'win32'), endingSignals(false, 'linux')]).to.deep.equal([['SIGTERM'], ['SIGTERM']]);
  });
});
