import { SYNC_STATE } from '../status/statusMessage.js';

/**
 * The phases of a run, in the product's words: what its status says in each, and to which one an event leads from it.
 * An event that is not there cannot follow; only below a parent a run finishes from the WSUS phase. The same table
 * stands in docs/synchronization.md.
 */
export const PHASES = {
  Starting: { status: SYNC_STATE.started, next: { wsus: 'SynchronizingWsus', fail: 'Failed' } },
  SynchronizingWsus: {
    status: SYNC_STATE.synchronizingWsus,
    next: {
      siteDatabase: 'SynchronizingSiteDatabase',
      finish: 'Done',
      finishPending: 'DoneWithPendingLicenseTerms',
      fail: 'Failed',
    },
  },
  SynchronizingSiteDatabase: {
    status: SYNC_STATE.synchronizingSiteDatabase,
    next: { finish: 'Done', finishPending: 'DoneWithPendingLicenseTerms', fail: 'Failed' },
  },
  Done: { status: SYNC_STATE.done, next: {} },
  DoneWithPendingLicenseTerms: { status: SYNC_STATE.licenceTermsPending, next: {} },
  Failed: { status: SYNC_STATE.failed, next: {} },
} as const;

type Phases = typeof PHASES;
export type Phase = keyof Phases;
type EventOf<Row> = Row extends { readonly next: infer Next } ? keyof Next : never;

/** What moves a run from one phase to another. */
export type PhaseEvent = EventOf<Phases[Phase]>;

/** The phase that an event leads to; undefined where it cannot follow. */
export function phaseAfter(phase: Phase, event: PhaseEvent): Phase | undefined {
  const next: Partial<Record<PhaseEvent, Phase>> = PHASES[phase].next;
  return next[event];
}
