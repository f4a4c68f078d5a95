/** Why an update is expired; 0 is not expired. */
export const EXPIRY = { none: 0, publisher: 1, subscription: 2, supersedence: 3, upstream: 4 } as const;

/** A software update of the site (a configuration item). Times are ms since 1970 UTC. */
export interface SoftwareUpdateRow {
  readonly ciId: number;
  readonly updateKey: number;
  readonly revisionId: number;
  /** Number of that revision; read, not written. */
  readonly revisionNumber: number;
  readonly ciVersion: number;
  readonly isExpired: boolean;
  readonly isSuperseded: boolean;
  readonly isHidden: boolean;
  readonly isBundle: boolean;
  readonly created: number;
  readonly modified: number;
  readonly maxExecutionSeconds: number;
  /**
   * Why it would be expired without the supersedence rules, one of `EXPIRY`: whoever is expired by a rule still
   * supersedes.
   */
  readonly standing: number;
  /** Why it is expired, one of `EXPIRY`. */
  readonly expiryReason: number;
  /** 0 while it is not expired. */
  readonly expiredSince: number;
  /** Creation date of the oldest newer update that supersedes it, from which the rules count; 0 for none. */
  readonly supersededSince: number;
  /**
   * It left the site database (or came expired and never entered it); the row stays because it still supersedes others.
   */
  readonly isRemoved: boolean;
  /** Declined in the catalogue by maintenance. */
  readonly isDeclined: boolean;
  /** Severity that an administrator gave it, 0 for none. */
  readonly customSeverity: number;
}
