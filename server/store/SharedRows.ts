/** The row of the keys that says which site it is; it is there once all others are. */
export const SITE_ROW = 'site';

/** The keys of a site, sealed, by their names. */
export interface SharedKeyRows {
  all(): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Puts, as the owner of the site and in one transaction, what `next` makes of those that are there, and tells the
   * other servers; `by`: the server that does. @throws SyncError ServerNotOwner and its like, and what `next` throws
   */
  change(by: string, next: (rows: ReadonlyMap<string, Uint8Array>) => ReadonlyMap<string, Uint8Array>): Promise<void>;
  /**
   * Puts those that are not there yet, as any server may; false, and nothing is done, where the row of the site is not
   * `site`: other keys have come meanwhile.
   */
  add(
    rows: ReadonlyMap<string, Uint8Array>,
    how: { readonly by: string; readonly site: Uint8Array | undefined },
  ): Promise<boolean>;
}

/** The licence terms of a site, by their base64 SHA-1. */
export interface LicenseTermsRows {
  /** Of all that there are. */
  digests(): Promise<readonly string[]>;
  read(digest: string): Promise<Uint8Array | undefined>;
  write(digest: string, bytes: Uint8Array): Promise<void>;
}

/** A request that a server has put into the database, for the owner to do. */
export interface CarriedRequest {
  /** That of the request: sent again it is the same one. */
  readonly id: string;
  readonly method: string;
  /** The server that asks, as messages name it. */
  readonly asker: string;
  /** Sealed, as the answer: there are passwords among them. */
  readonly params: Uint8Array;
}

/** How a carried request stands. */
export interface CarriedState {
  readonly answer: Uint8Array | undefined;
  /** When somebody was last at work on it, by the clock of the database, which may jump: another number is news. */
  readonly touched: number;
}

/** Which piece of a file of a request. */
export interface CarriedPiece {
  readonly id: string;
  readonly part: string;
  readonly piece: number;
}

/** The files of carried requests, in pieces; forgotten with their request. */
export interface CarriedFiles {
  put(which: CarriedPiece, bytes: Uint8Array): Promise<void>;
  /** Undefined behind the last one, and where there is no such file. */
  get(which: CarriedPiece): Promise<Uint8Array | undefined>;
}

/** Requests on their way between the servers of a site. */
export interface CarriedRequests {
  /** Puts one, unless there is one of that number; `by`: the server that asks. */
  ask(request: CarriedRequest, by: string): Promise<void>;
  /** Undefined where there is none of that number any more. */
  look(id: string): Promise<CarriedState | undefined>;
  /** Those without an answer, the oldest first. */
  waiting(): Promise<readonly CarriedRequest[]>;
  /** Says that somebody is at work on them. */
  touch(ids: readonly string[]): Promise<void>;
  /** Keeps the answer, unless there is one. */
  answer(id: string, answer: Uint8Array, by: string): Promise<void>;
  /** Removes what nobody asks for any more. */
  forget(): Promise<void>;
}
