import type { WholeContract } from './generated/types.js';

/** Name of a schema: a key of `$defs` in a file of `schemas/`. */
export type SchemaName = keyof WholeContract;

/**
 * What is fixed about a method; who answers it: the relay itself, the engine, or the two ends of a connection among
 * themselves (`link`).
 */
export interface MethodDescription {
  readonly requestSchema: SchemaName;
  readonly resultSchema: SchemaName;
  readonly changesState: boolean;
  /**
   * A change that is sent again with its requestId gets the stored answer. Where a change is done again the description
   * of its requestId says why.
   */
  readonly isDoneOnce: boolean;
  readonly answeredBy: 'relay' | 'engine' | 'link';
  /** The engine loads its code when it is first asked for: every command waits for the start of its engine. */
  readonly isLoadedLate?: true;
  /** Changes names that parameters are completed with. */
  readonly renames?: true;
  /** Changes what the parent shows of this site: the parent is told. */
  readonly isReported?: true;
  /** Changes settings that sites below have from this one: they are told. */
  readonly flowsDown?: true;
  /** The relay carries the files of its package, to the engine or from it. */
  readonly carriesPackage?: true;
  /** Answered by the relay where damage keeps every engine from starting. */
  readonly isAnsweredOffline?: true;
  /** Concerns the server that is asked, not the site: where several servers share a site it is done there. */
  readonly isOfTheServer?: true;
  /** Reads or writes files of the server that does it: where several servers share a site that is the owner. */
  readonly usesFiles?: true;
  /** Waits, and changes nothing: over once nobody reads the answer any more. */
  readonly isWait?: true;
  /** The version of the contract that brought the method; 1 where it does not say. */
  readonly since?: number;
  /** The parameters that came later than their method, with their versions. */
  readonly parametersSince?: Readonly<Record<string, number>>;
}

/** A question to the engine, and a change that is done once. */
export const READ = { changesState: false, isDoneOnce: false, answeredBy: 'engine' } as const;
export const CHANGE = { changesState: true, isDoneOnce: true, answeredBy: 'engine' } as const;
/** Reads of version 2 that are seldom asked for. */
export const LATE_READ = { ...READ, since: 2, isLoadedLate: true } as const;

/** What the relay does itself. */
export const RELAY = { changesState: false, isDoneOnce: false, answeredBy: 'relay' } as const;
export const RELAY_CHANGE = { changesState: true, isDoneOnce: false, answeredBy: 'relay' } as const;
