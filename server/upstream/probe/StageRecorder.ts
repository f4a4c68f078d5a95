import type { SourceTestStage } from '../../contract/generated/types.js';
import { toSyncError, type SyncError } from '../../errors/SyncError.js';

/** What a stage found out. */
export type StageFinding = Partial<
  Omit<SourceTestStage, 'Stage' | 'Target' | 'Status' | 'DurationSeconds' | 'ErrorId' | 'ErrorMessage' | 'NextStep'>
>;

const NOTHING = {
  Detail: '',
  CertificateSubject: '',
  CertificateIssuer: '',
  CertificateNames: [],
  CertificateNotBefore: null,
  CertificateNotAfter: null,
  CertificateThumbprint: '',
};
const NO_ERROR = { ErrorId: '', ErrorMessage: '', NextStep: '' };

/** Keeps the stages of one test in their order; after the first that fails the others are skipped. */
export class StageRecorder {
  readonly #clock: () => number;
  readonly stages: SourceTestStage[] = [];
  #hasFailed = false;

  /** `clock`: ms that only rise. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Runs a stage unless one has failed; gives what its work gave. */
  async run<Result extends { readonly finding: StageFinding }>(
    stage: string,
    target: string,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    if (this.#hasFailed) {
      this.skip(stage, target, 'An earlier stage failed.');
      return undefined;
    }
    const start = this.#clock();
    try {
      const result = await work();
      this.pass(stage, target, { seconds: this.#since(start), finding: result.finding });
      return result;
    } catch (caught) {
      this.fail(stage, target, { seconds: this.#since(start), error: toSyncError(caught, `the test of ${target}`) });
      return undefined;
    }
  }

  /** A stage that is known to have gone well. */
  pass(stage: string, target: string, { seconds, finding }: { seconds: number; finding: StageFinding }): void {
    this.stages.push({
      ...NOTHING,
      ...finding,
      ...NO_ERROR,
      Stage: stage,
      Target: target,
      Status: 'Passed',
      DurationSeconds: seconds,
    });
  }

  fail(
    stage: string,
    target: string,
    { seconds, error, finding }: { seconds: number; error: SyncError; finding?: StageFinding },
  ): void {
    this.#hasFailed = true;
    const what = { ErrorId: error.errorId, ErrorMessage: error.message, NextStep: error.nextStep };
    this.stages.push({
      ...NOTHING,
      ...finding,
      ...what,
      Stage: stage,
      Target: target,
      Status: 'Failed',
      DurationSeconds: seconds,
    });
  }

  skip(stage: string, target: string, reason: string): void {
    this.stages.push({
      ...NOTHING,
      ...NO_ERROR,
      Detail: reason,
      Stage: stage,
      Target: target,
      Status: 'Skipped',
      DurationSeconds: 0,
    });
  }

  #since(start: number): number {
    return Math.max(0, this.#clock() - start) / 1000;
  }
}
