/** AlertState of the product (configmgr.md section 2.7). */
export const ALERT_STATE = {
  active: 0,
  postponed: 1,
  canceled: 2,
  unknown: 3,
  disabled: 4,
  neverTriggered: 5,
} as const;

/** What the facts of a site have made of one of its alerts. Times in ms; 0 for never. */
export interface AlertState {
  readonly id: number;
  /** Active, canceled or never triggered: that it is postponed or disabled an administrator has said. */
  readonly state: number;
  readonly created: number;
  readonly stateChanged: number;
  readonly firstActivated: number;
  readonly occurrences: number;
  /** What went wrong last, '' while nothing did. */
  readonly cause: string;
  /** When its receivers were last told that it is raised; 0 or undefined where they know of nothing. */
  readonly told?: number;
}

/** What an administrator says of an alert that decides whether it is raised. */
export interface AlertSwitch {
  readonly isEnabled: boolean;
  /** Nobody is told until then (ms); 0 where it was never suspended. */
  readonly skipUntil: number;
}

/** What is seen of the condition of an alert now. */
interface Seen {
  readonly isBad: boolean;
  readonly cause: string;
  /** It happened once more, although the alert is active: it is counted. */
  readonly isAgain?: boolean;
  /** And its receivers are told of that. */
  readonly isNews?: boolean;
}

/** An alert after a look, and what its receivers are to be told of it. */
export interface AlertStep<State extends AlertState> {
  readonly alert: State;
  readonly tells: 'Raised' | 'Resolved' | undefined;
}

/** The alert as it is when it is made. */
export function newAlert(id: number, now: number): AlertState {
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

/** An alert after a look at its condition: raised once, over once. Nothing is raised while it is switched off. */
export function alertAfter<State extends AlertState>(
  alert: State,
  seen: Seen,
  { isEnabled, skipUntil, now }: AlertSwitch & { readonly now: number },
): AlertStep<State> {
  if (!isEnabled || !seen.isBad) return over(alert, now);
  const isActive = alert.state === ALERT_STATE.active;
  const told = alert.told ?? 0;
  // Who was told before it was suspended is told again when that has ended.
  const tells = now >= skipUntil && (told === 0 || told < skipUntil || (seen.isNews === true && seen.isAgain === true));
  // Its cause is what was seen when it was raised: a text that grows older is no news.
  if (isActive && !tells && seen.isAgain !== true) return { alert, tells: undefined };
  return {
    alert: {
      ...alert,
      state: ALERT_STATE.active,
      stateChanged: isActive ? alert.stateChanged : now,
      firstActivated: alert.firstActivated === 0 ? now : alert.firstActivated,
      occurrences: alert.occurrences + (!isActive || seen.isAgain === true ? 1 : 0),
      cause: seen.cause,
      told: tells ? now : told,
    },
    tells: tells ? 'Raised' : undefined,
  };
}

/** Who was told that it is raised is told that it is over, also while it is suspended. */
function over<State extends AlertState>(alert: State, now: number): AlertStep<State> {
  if (alert.state !== ALERT_STATE.active) return { alert, tells: undefined };
  return {
    alert: { ...alert, state: ALERT_STATE.canceled, stateChanged: now, told: 0 },
    tells: (alert.told ?? 0) === 0 ? undefined : 'Resolved',
  };
}

/** AlertState as the product shows it. */
export function shownState(
  state: number,
  { isEnabled, skipUntil, now }: AlertSwitch & { readonly now: number },
): number {
  if (!isEnabled) return ALERT_STATE.disabled;
  return now < skipUntil ? ALERT_STATE.postponed : state;
}
