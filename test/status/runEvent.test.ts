import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import { decideResume } from '../../server/criteria/decideRun.js';
import type { EndedRun } from '../../server/criteria/decideRun.js';
import type { HeartbeatRecord } from '../../server/site/heartbeatFile.js';
import { crashEvent, runEvent } from '../../server/status/runEvent.js';

const run = (Id: number, State: Run['State'], ErrorId = ''): Run =>
  ({
    Id,
    SiteCode: 'ABC',
    State,
    Succeeded: State === 'Succeeded',
    ErrorId,
    ErrorMessage: 'It broke.',
    NextStep: 'Mend it.',
  }) as Run;
const failed = run(3, 'Failed', 'UpstreamTimeout');
const good = run(2, 'Succeeded');
const cancelled = run(4, 'Cancelled', 'Cancelled');

describe('status: events of the system', () => {
  it('are a failure, with what it was, what to do, and which run', () => {
    expect(runEvent(failed, [good])).to.deep.equal({
      id: 703,
      level: 'Error',
      text: 'Synchronization of site ABC failed (run 3). UpstreamTimeout: It broke. Next step: Mend it.',
    });
  });

  it('and the first success after one, also when cancelled runs lie between', () => {
    const event = runEvent(run(5, 'Succeeded'), [cancelled, failed, good]);
    expect([event?.id, event?.level, event?.text]).to.deep.equal([
      702,
      'Information',
      'Synchronization of site ABC succeeded again (run 5). The run before it, 3, had failed: UpstreamTimeout.',
    ]);
  });

  it('and nothing else', () => {
    expect(runEvent(run(5, 'Succeeded'), [good, failed])).to.equal(undefined);
    expect(runEvent(run(5, 'Succeeded'), [])).to.equal(undefined);
    expect(runEvent(cancelled, [failed])).to.equal(undefined);
    expect(runEvent(run(5, 'Failed', 'EngineStopped'), [good])).to.equal(undefined);
  });

  it('are an engine that was killed, but not the end of the whole machine', () => {
    const note = { processId: 9, time: '2026-01-01T10:00:00.000Z', state: 'Running', run: 7 } as HeartbeatRecord;
    const event = crashEvent('ABC', note, new Date('2026-01-01T09:00:00Z'));
    expect([event?.id, event?.level]).to.deep.equal([700, 'Error']);
    expect(event?.text).to.match(
      /^EngineCrashed: .* ABC \(process 9\) ended .* during run 7\. .* at \d{4}-\d\d-\d\d [\d:]{8}\. Next step: Look/,
    );
    expect(crashEvent('ABC', { ...note, run: 0 }, new Date(0))?.text).to.contain('during no run');
    expect(crashEvent('ABC', note, new Date('2026-01-01T10:00:01Z'))).to.equal(undefined);
  });
});

describe('criteria: going on after an interruption', () => {
  const stopped: EndedRun = {
    State: 'Failed',
    ErrorId: 'EngineStopped',
    Kind: 'Full',
    Requester: 'Command',
    RequestedBy: 'jo',
  };
  const other: EndedRun = { ...stopped, ErrorId: 'UpstreamTimeout' };

  it('goes on with a run that its engine was ended in', () => {
    expect(decideResume([stopped, other])).to.equal(stopped);
    expect(decideResume([stopped, stopped])).to.equal(stopped);
  });

  it('leaves other failures to the schedule, and what ends its engine again and again', () => {
    expect([
      decideResume([]),
      decideResume([other, stopped]),
      decideResume([stopped, stopped, stopped, other]),
    ]).to.deep.equal([undefined, undefined, undefined]);
  });
});
