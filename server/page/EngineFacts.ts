/** Requests of downstream servers for one operation of the protocol, since the engine began. */
export interface OperationCount {
  readonly operation: string;
  readonly served: number;
  readonly refused: number;
}

/** What the engine knows of itself beside what commands show. */
export interface EngineFacts {
  readonly updates: number;
  readonly documents: number;
  /** Bytes of the files that documents are in. */
  readonly storeBytes: number;
  readonly operations: readonly OperationCount[];
  /** The longest time that the event loop was held up since this was last asked, in seconds. */
  readonly loopDelay: number;
}
