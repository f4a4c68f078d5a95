/** Tells readers when a transaction is being written in pieces: what they would see then may never be committed. */
export interface WriteGate {
  readonly isWriting: boolean;
  /** Fulfilled at the end of the transaction; another one may have begun by then. */
  written(): Promise<void>;
}

/** Nothing is ever written. */
export const NO_WRITER: WriteGate = { isWriting: false, written: async () => Promise.resolve() };
