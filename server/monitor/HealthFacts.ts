import type { LinkFinding, Run, SUPSyncStatus } from '../contract/generated/types.js';
import type { Zone } from '../schedule/zone.js';
import type { Keeper } from '../state/keeper.js';
import type { OutboxFacts } from '../state/outboxFacts.js';
import type { LostParent } from '../state/siteState.js';
import type { Rhythm } from './dueTime.js';

/** All that says how a hierarchy is, as it is stored; times in ms since 1970 UTC. */
export interface HealthFacts {
  readonly now: number;
  readonly zone: Zone;
  readonly siteCode: string;
  /** The rows of the status: the default software update point of the site first. */
  readonly rows: readonly SUPSyncStatus[];
  /** What every software update point is to reach. */
  readonly contentVersion: number;
  /** When this site has reached its content versions, the oldest that is known first. */
  readonly reached: readonly ReachedVersion[];
  /** When and why the next synchronization of this site starts by itself. */
  readonly next: { readonly time: number | undefined; readonly reason: string };
  readonly rhythm: Rhythm;
  /** Who keeps that. */
  readonly keeper: Keeper;
  /** The site above, which asks for synchronizations; undefined at the top. */
  readonly parent: ParentFacts | undefined;
  /** Sites or software update points have joined. */
  readonly hasNodes: boolean;
  /** The newest run that has ended. */
  readonly lastRun: Pick<Run, 'Warnings' | 'ErrorMessage'> | undefined;
  /** When the first of the runs began that came to nothing since the last success, also while another one runs. */
  readonly failingSince: number | undefined;
  /** Of a site without a source: when its updates last came from elsewhere; undefined where they never did. */
  readonly broughtAt: number | undefined;
  /** What a look at the store has found, in words. */
  readonly damage: readonly string[];
  /** How the delivery of alerts is. */
  readonly outbox: OutboxFacts;
  /** What the nodes below have said is wrong with them, and those below them. */
  readonly below: readonly LinkFinding[];
}

/** What of it says how the site is beside its software update points. */
export type SiteFacts = Pick<
  HealthFacts,
  'siteCode' | 'next' | 'rhythm' | 'keeper' | 'parent' | 'hasNodes' | 'lastRun' | 'damage' | 'outbox'
>;

/** A success of this site: the content version that it came to, and when. */
export interface ReachedVersion {
  readonly version: number;
  readonly time: number;
}

/** How this site stands to the one above. */
interface ParentFacts {
  readonly siteCode: string;
  readonly lost: LostParent | undefined;
  /** What the parent said when it cut this site off; '' where it has not. */
  readonly revoked: string;
}

/** From best to worst; the index is the exit code. */
export const STATES = ['Well', 'Degraded', 'Broken', 'Unknown'] as const;
export type State = (typeof STATES)[number];

/** What there is to do, and how bad it is. */
export interface Finding {
  readonly state: State;
  readonly text: string;
}
