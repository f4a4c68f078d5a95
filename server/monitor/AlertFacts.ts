import type { Run } from '../contract/generated/types.js';
import type { AlertKind } from '../criteria/alertKinds.js';
import type { HealthFacts } from './HealthFacts.js';

/** All that the conditions of alerts are decided by; times in ms since 1970 UTC. */
export interface AlertFacts extends HealthFacts {
  /** The runs that have ended, the newest first: so many as a limit can ask for. */
  readonly ended: readonly Run[];
  /** Software updates that the site has after the newest run that succeeded. */
  readonly updates: number;
  /** New updates of severity Critical of the newest run that succeeded, where it is not the first one. */
  readonly critical: { readonly count: number; readonly titles: readonly string[] } | undefined;
  readonly vanished: readonly { readonly id: string; readonly name: string }[];
  /** Undefined where the system does not say it. */
  readonly freeBytes: number | undefined;
  readonly folder: string;
  readonly certificates: readonly { readonly name: string; readonly notAfter: number }[];
}

/** What is seen of a condition now. */
export interface AlertReading {
  readonly kind: AlertKind;
  /** The server or the id of the category that it is met for, '' for the site; and how it is shown. */
  readonly about: string;
  readonly shown?: string;
  /** What is compared with the limit; undefined: how long the condition lasts. */
  readonly value?: number;
  /** Since when it lasts; undefined: since it was first seen. */
  readonly since?: number | undefined;
  readonly cause: string;
  /** It cannot be told now: an alert that is active stays, and none is raised. */
  readonly isUnknown?: true;
  /** What it was met in: another one is told once more. */
  readonly occasion?: string;
}
