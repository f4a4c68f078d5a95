/** What a process has used so far. */
export interface ProcessUsage {
  readonly processId: number;
  /** The words of its call: a verb of the command line and its arguments. */
  readonly words: readonly string[];
  /** Time on processors, of user and system together. */
  readonly processorMs: number;
  /** Largest memory so far. */
  readonly peakBytes: number;
  /** Memory now. */
  readonly memoryBytes: number;
}

/** Where a probe finds its meter. */
export const METER_VARIABLE = 'CONFIGMGRSYNC_BENCH_METER';
/** Where a process leaves its usage when it ends. */
export const ENDINGS_VARIABLE = 'CONFIGMGRSYNC_BENCH_ENDINGS';
