import { SYNC_STATE } from '../status/statusMessage.js';

/** Phases of a run, in the product's words. */
export type Phase =
  'Starting' | 'SynchronizingWsus' | 'SynchronizingSiteDatabase' | 'Done' | 'DoneWithPendingLicenseTerms' | 'Failed';

/** What moves a run from one phase to another. */
export type PhaseEvent = 'wsus' | 'siteDatabase' | 'finish' | 'finishPending' | 'fail';

/**
 * The whole state machine: a phase that an event cannot follow is undefined. Only below a parent a run finishes from
 * the WSUS phase. The same table stands in docs/synchronization.md.
 */
export const TRANSITIONS: Readonly<Record<Phase, Readonly<Record<PhaseEvent, Phase | undefined>>>> = {
  Starting: {
    wsus: 'SynchronizingWsus',
    siteDatabase: undefined,
    finish: undefined,
    finishPending: undefined,
    fail: 'Failed',
  },
  SynchronizingWsus: {
    wsus: undefined,
    siteDatabase: 'SynchronizingSiteDatabase',
    finish: 'Done',
    finishPending: 'DoneWithPendingLicenseTerms',
    fail: 'Failed',
  },
  SynchronizingSiteDatabase: {
    wsus: undefined,
    siteDatabase: undefined,
    finish: 'Done',
    finishPending: 'DoneWithPendingLicenseTerms',
    fail: 'Failed',
  },
  Done: { wsus: undefined, siteDatabase: undefined, finish: undefined, finishPending: undefined, fail: undefined },
  DoneWithPendingLicenseTerms: {
    wsus: undefined,
    siteDatabase: undefined,
    finish: undefined,
    finishPending: undefined,
    fail: undefined,
  },
  Failed: { wsus: undefined, siteDatabase: undefined, finish: undefined, finishPending: undefined, fail: undefined },
};

/** The state of SMS_SUPSyncStatus in each phase. */
export const STATE_OF_PHASE: Readonly<Record<Phase, number>> = {
  Starting: SYNC_STATE.started,
  SynchronizingWsus: SYNC_STATE.synchronizingWsus,
  SynchronizingSiteDatabase: SYNC_STATE.synchronizingSiteDatabase,
  Done: SYNC_STATE.done,
  DoneWithPendingLicenseTerms: SYNC_STATE.licenceTermsPending,
  Failed: SYNC_STATE.failed,
};
