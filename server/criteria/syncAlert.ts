import type { Run } from '../contract/generated/types.js';

/** AlertState of the product (configmgr.md section 2.7). */
export const ALERT_STATE = {
  active: 0,
  postponed: 1,
  canceled: 2,
  unknown: 3,
  disabled: 4,
  neverTriggered: 5,
} as const;

/** What the synchronizations of a site have made of its alert. Times in ms; 0 for never. */
export interface SyncAlertState {
  readonly id: number;
  readonly state: number;
  readonly created: number;
  readonly stateChanged: number;
  readonly firstActivated: number;
  readonly occurrences: number;
  /** What went wrong last, '' while nothing did. */
  readonly cause: string;
}

/** The alert as it is when it is switched on. */
export function newSyncAlert(id: number, now: number): SyncAlertState {
  return {
    id,
    state: ALERT_STATE.neverTriggered,
    created: now,
    stateChanged: now,
    firstActivated: 0,
    occurrences: 0,
    cause: '',
  };
}

/**
 * The alert after a run: a failure raises it, a success cancels one that is active. A run that was stopped, or whose
 * engine ended
 * under it, says nothing about the upstream and changes nothing.
 */
export function alertAfterRun(
  alert: SyncAlertState,
  run: Pick<Run, 'State' | 'ErrorId' | 'ErrorMessage'>,
  now: number,
): SyncAlertState {
  if (run.State === 'Failed' && run.ErrorId !== 'EngineStopped') {
    const stateChanged = alert.state === ALERT_STATE.active ? alert.stateChanged : now;
    const firstActivated = alert.firstActivated === 0 ? now : alert.firstActivated;
    return {
      ...alert,
      state: ALERT_STATE.active,
      stateChanged,
      firstActivated,
      occurrences: alert.occurrences + 1,
      cause: `${run.ErrorId ?? ''}: ${run.ErrorMessage ?? ''}`,
    };
  }
  const isOver = run.State === 'Succeeded' && alert.state === ALERT_STATE.active;
  return isOver ? { ...alert, state: ALERT_STATE.canceled, stateChanged: now } : alert;
}
