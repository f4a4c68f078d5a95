import { expect } from 'chai';
import { endingSignals } from '../../server/engine/endingSignals.js';
import { Heartbeat, HEARTBEAT_SECONDS } from '../../server/engine/Heartbeat.js';
import type { Clock } from '../../server/platform/Clock.js';
import { type HeartbeatNote, heartbeatText } from '../../server/site/heartbeatFile.js';

/** Time that moves only when it is told to. */
class TestClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  #timers: { at: number; action: () => void }[] = [];

  now(): Date {
    return new Date(this.time);
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.time + milliseconds, action };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  pass(seconds: number): void {
    this.time += seconds * 1000;
    const due = this.#timers.filter((timer) => timer.at <= this.time);
    this.#timers = this.#timers.filter((timer) => timer.at > this.time);
    for (const { action } of due) action();
  }
}

describe('engine: heartbeat', () => {
  let clock: TestClock;
  let notes: HeartbeatNote[];
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
      clock, processId: 42, isService: true, run: () => run, mayWrite: () => isHighest, log: (line) => lines.push(line),
      write: async (note) => {
        if (failure !== undefined) throw failure;
        notes.push(note);
        return Promise.resolve();
      },
    });
  });

  it('beats at once and every 30 seconds, whatever is at work', async () => {
    heartbeat.beat();
    await written();
    run = 7;
    for (let beat = 0; beat < 3; beat += 1) {
      clock.pass(HEARTBEAT_SECONDS);
      await written();
    }
    expect(notes.map((note) => [note.state, note.run])).to.deep.equal([['Idle', 0], ['Running', 7], ['Running', 7], ['Running', 7]]);
    expect(Date.parse(notes[3]?.time ?? '') - Date.parse(notes[0]?.time ?? '')).to.equal(90_000);
    expect([heartbeat.last?.getTime(), notes[0]?.processId, notes[0]?.isService]).to.deep.equal([clock.time, 42, true]);
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
    const note = { time: clock.now().toISOString() } as HeartbeatNote;
    clock.pass(95);
    expect([heartbeatText(note, clock.now()), heartbeatText(undefined, clock.now())]).to.deep.equal(['95 seconds ago', 'never']);
  });
});

describe('engine: signals', () => {
  it('end a service as its platform ends programs, and leave an engine in the background alone', () => {
    expect(endingSignals(true, 'win32')).to.deep.equal(['SIGTERM', 'SIGINT', 'SIGBREAK', 'SIGHUP']);
    expect(endingSignals(true, 'linux')).to.deep.equal(['SIGTERM', 'SIGINT']);
    expect([endingSignals(false, 'win32'), endingSignals(false, 'linux')]).to.deep.equal([['SIGTERM'], ['SIGTERM']]);
  });
});
