import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { takeOverSite } from '../../server/engine/takeOverSite.js';
import { machineIdentity } from '../../server/platform/machineIdentity.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';
import { acquireEngineLock } from '../../server/rpc/acquireEngineLock.js';
import { SITE_FILES } from '../../server/site/SiteFolder.js';
import type { HeartbeatRecord } from '../../server/site/heartbeatFile.js';
import { type HeldQuestion, isHeldElsewhere } from '../../server/site/heldElsewhere.js';
import { rejectionOf } from '../fixtures/rejection.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

const OWN = { host: 'a', boot: 'boot 1', space: 'container 1' };
const OTHER = { ...OWN, host: 'b' };

function beatOf(change: Partial<HeartbeatRecord>): HeartbeatRecord {
  return {
    processId: 42,
    time: '2026-11-29T12:00:00.000Z',
    started: '2026-11-29T11:00:00.000Z',
    state: 'Idle',
    run: 0,
    intervalSeconds: 30,
    isService: false,
    address: '',
    machine: OTHER,
    engine: 'e',
    ...change,
  };
}

describe('A site folder that several machines reach', () => {
  const held = (
    record: Partial<HeartbeatRecord> | undefined,
    seconds: number,
    change: Partial<HeldQuestion> = {},
  ): boolean =>
    isHeldElsewhere({
      record: record && beatOf(record),
      ageMs: seconds * 1000,
      own: OWN,
      upMs: 3_600_000,
      ...change,
    });

  it('is held by another machine or container until three of its beats are missing', () => {
    for (const machine of [OTHER, { ...OWN, space: 'container 2' }, { ...OWN, boot: 'boot 2' }])
      expect([held({ machine }, 0), held({ machine }, 89), held({ machine }, 90)]).to.deep.equal([true, true, false]);
    expect(held({ state: 'Running', run: 3 }, 1)).to.equal(true);
    // Its clock may be ahead of the file server's.
    expect(held({}, -5)).to.equal(true);
  });

  it('is free on the same machine, after a clean end, and where nobody or an older engine was', () => {
    expect([held({ machine: OWN }, 1), held({ state: 'Ended' }, 1), held({ state: 'Restarting' }, 1)]).to.deep.equal([
      false,
      false,
      false,
    ]);
    const record = beatOf({});
    delete (record as { machine?: unknown }).machine;
    expect(isHeldElsewhere({ record, ageMs: 1000, own: OWN, upMs: 1 })).to.equal(false);
    expect(held(undefined, 1)).to.equal(false);
  });

  it('is free where the last beat came before this machine was started, and held where it came since', () => {
    const machine = { ...OWN, boot: 'boot 0' };
    expect([held({ machine }, 50, { upMs: 40_000 }), held({ machine }, 30, { upMs: 40_000 })]).to.deep.equal([
      false,
      true,
    ]);
  });

  describe('as the engine meets it', () => {
    let made: RealSite;
    const file = (): string => path.join(made.site.path, SITE_FILES.heartbeat);
    /** The last beat of an engine, so many seconds ago by the clock of the disk. */
    const leave = (record: Partial<HeartbeatRecord>, seconds: number): void => {
      fs.writeFileSync(file(), JSON.stringify(beatOf(record)));
      const time = new Date(Date.now() - seconds * 1000);
      fs.utimesSync(file(), time, time);
    };
    const acquire = async (): Promise<unknown> => acquireEngineLock(made.site, async () => Promise.resolve(0));
    const released = async (lock: unknown): Promise<boolean> => {
      if (lock instanceof EngineLock) await lock.release();
      return lock instanceof EngineLock;
    };
    beforeEach(async () => {
      made = await fakeEngineSite();
    });
    afterEach(async () => made.remove());

    it('is refused with the name of the machine, and nothing changes', async () => {
      leave({}, 12);
      const before = fs.readdirSync(made.site.path).sort();
      const error: unknown = await acquire().catch((caught: unknown) => caught);
      expect(error).to.include({ errorId: 'SiteHeldElsewhere' });
      expect(String(error))
        .to.contain('b (process 42)')
        .and.match(/1[1-9] seconds ago/);
      expect(fs.readdirSync(made.site.path).sort()).to.deep.equal(before);
      leave({}, 91);
      expect(await released(await acquire())).to.equal(true);
      leave({ machine: machineIdentity() }, 1);
      expect(await released(await acquire())).to.equal(true);
    });

    it('is waited for by a service until the last beat is old', async () => {
      leave({}, 89);
      const lines: string[] = [];
      const lock = await takeOverSite(made.site, {
        deps: made.deps,
        log: (line) => lines.push(line),
        signal: new AbortController().signal,
        generationsOnDisk: async () => Promise.resolve(0),
      });
      expect(await released(lock)).to.equal(true);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.contain('Waiting for its next heartbeat, or for it to stay silent.');
    });

    it('is left alone by a service when another beat comes', async () => {
      leave({}, 10);
      const taken = takeOverSite(made.site, {
        deps: made.deps,
        log: () => leave({ time: '2026-11-29T12:00:30.000Z' }, 0),
        signal: new AbortController().signal,
        generationsOnDisk: async () => Promise.resolve(0),
      });
      expect(await rejectionOf(taken)).to.equal('SiteHeldElsewhere');
    });
  });
});
