import { expect } from 'chai';
import { repeatedFailure, type RunOutcome } from '../../server/criteria/repeatedFailure.js';

/** Runs of which the last one comes first, a day apart. */
function runs(...outcomes: readonly Partial<RunOutcome>[]): RunOutcome[] {
  return outcomes.map((outcome, index) => ({
    State: 'Failed',
    Requester: 'Schedule',
    ErrorId: 'UpstreamBusy',
    StartTime: `2026-11-${29 - index}T00:00:00.000Z`,
    FailedUpdates: [],
    ...outcome,
  }));
}

const failing = (...ids: readonly string[]): Partial<RunOutcome> => ({
  State: 'Succeeded',
  ErrorId: '',
  FailedUpdates: ids.map((UpdateID) => ({ UpdateID, RevisionNumber: 7 })),
});

const LOOKING = { isCut: false, timeText: (time: string): string => time.slice(0, 10) };

describe('Failures that repeat', () => {
  it('are told from the third on, with how often and since when', () => {
    expect(repeatedFailure(runs({}, {}), LOOKING)).to.equal(undefined);
    expect(repeatedFailure(runs({}, {}, {}, failing()), LOOKING)).to.equal(
      '3 synchronizations in a row, since 2026-11-27, failed for this reason (UpstreamBusy): the upstream server ' +
        'can be reached but does not answer as it should.',
    );
    expect(repeatedFailure(runs({}, {}, {}, {}), { ...LOOKING, isCut: true })).to.match(/^At least 4 synchronizations/);
  });

  it('end with a success', () => {
    expect(repeatedFailure(runs({}, {}, failing(), {}), LOOKING)).to.equal(undefined);
  });

  it('are counted whatever their reasons, and the last one is told', () => {
    const other = { ErrorId: 'UpstreamTimeout' };
    expect(repeatedFailure(runs({}, other, {}, other), LOOKING)).to.equal(
      '4 synchronizations in a row, since 2026-11-26, failed for different reasons, now for UpstreamBusy: the ' +
        'upstream server can be reached but does not answer as it should.',
    );
  });

  it('of imports are told apart from those of synchronizations', () => {
    const imported = { Requester: 'Import', ErrorId: 'PackageInvalid' };
    const well = { ...failing('a'), Requester: 'Import' };
    expect(repeatedFailure(runs({}, imported, {}), LOOKING)).to.equal(undefined);
    expect(repeatedFailure(runs({}, well, {}, imported, {}), LOOKING)).to.match(/^3 synchronizations in a row/);
    expect(repeatedFailure(runs(imported, {}, imported, imported), LOOKING)).to.equal(
      '3 imports in a row, since 2026-11-26, failed for this reason (PackageInvalid).',
    );
    expect(repeatedFailure(runs(well, well, well), LOOKING)).to.equal(undefined);
    const cut = { ...LOOKING, isCut: true };
    expect(repeatedFailure(runs({}, well, {}, {}), cut)).to.match(/^At least 3 synchronizations in a row/);
    expect(repeatedFailure(runs({}, {}, {}, failing()), cut)).to.match(/^3 synchronizations in a row/);
  });

  it('go on across runs that were stopped or ended with their engine', () => {
    for (const between of [{ State: 'Cancelled', ErrorId: 'Cancelled' }, { ErrorId: 'EngineStopped' }])
      expect(repeatedFailure(runs({}, {}, between, {}), LOOKING)).to.match(/^3 synchronizations .* since 2026-11-26,/);
  });

  it('are no matter of runs that were stopped or ended with their engine', () => {
    for (const ErrorId of ['Cancelled', 'EngineStopped'])
      expect(repeatedFailure(runs({ ErrorId }, { ErrorId }, { ErrorId }), LOOKING)).to.equal(undefined);
  });

  for (const [ErrorId, fault] of [
    ['UpstreamNotSoap', 'the upstream server can be reached'],
    ['MassExpiryRefused', 'the upstream server can be reached'],
    ['UpstreamProxyAuthentication', 'the connection to the upstream server'],
    ['StoreWriteFailed', 'the cause is at this site'],
    ['InternalError', 'failed for this reason (InternalError).'],
    ['ParentNotConnected', 'failed for this reason (ParentNotConnected).'],
  ] as const)
    it(`say whose fault they are: ${ErrorId}`, () => {
      expect(repeatedFailure(runs({ ErrorId }, { ErrorId }, { ErrorId }), LOOKING)).to.contain(fault);
    });

  it('of single revisions are told although the runs succeed', () => {
    expect(repeatedFailure(runs(failing('a', 'b'), failing('b', 'c'), failing('b')), LOOKING)).to.equal(
      'The last 3 synchronizations that succeeded, since 2026-11-27, had no usable answer for this revision, while ' +
        'the upstream server answers for others: b.7.',
    );
    expect(repeatedFailure(runs(failing('b'), failing('b'), {}, failing('b')), LOOKING)).to.match(
      /^The last 3 synchronizations that succeeded, since 2026-11-26,/,
    );
    expect(repeatedFailure(runs(failing('a'), failing('a'), failing('b')), LOOKING)).to.equal(undefined);
    expect(repeatedFailure(runs(failing('a'), failing('a'), failing()), LOOKING)).to.equal(undefined);
    const many = failing('a', 'b', 'c', 'd', 'e', 'f');
    expect(repeatedFailure(runs(many, many, many), LOOKING)).to.match(
      /these 6 revisions, .*: a.7, b.7, c.7, d.7, e.7, …\.$/,
    );
  });

  it('are none before there are runs', () => {
    expect(repeatedFailure([], LOOKING)).to.equal(undefined);
  });
});
