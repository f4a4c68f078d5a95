import type { SyncError } from '../errors/SyncError.js';

/** A server of a site: one of those that can share its database. */
export interface SiteServer {
  /** GUID; the same for every engine of a site folder. */
  readonly id: string;
  readonly host: string;
  readonly processId: number;
  readonly version: string;
}

/** An engine of such a server. */
export interface ServerEngine extends SiteServer {
  /** Another one for each start. */
  readonly engine: string;
}

/**
 * What an engine is among those that share a database: the owner synchronizes, schedules, maintains, delivers alerts
 * and changes the site; followers serve and answer what only reads.
 */
export interface Standing {
  readonly role: 'Owner' | 'Follower';
  /** Rises each time a server takes the site. */
  readonly epoch: number;
  /** Who owns the site, as far as this server knows. */
  readonly owner: SiteServer | undefined;
  /** StoreNewerFormat where a newer version has changed the tables: this engine neither reads nor writes them. */
  readonly newer?: SyncError | undefined;
}

/** Hears of a change, and may say until when it is busy with it. */
export type WatchRole = (now: Standing, before: Standing) => void | Promise<void>;

/** Who owns the site at this moment, as this server knows it. What is stored is safe in any case: the store checks. */
export interface SiteRole {
  readonly self: SiteServer;
  readonly standing: Standing;
  /** True where no other server can own the site yet: asked before what the database cannot check, as a mail. */
  readonly mayAct: boolean;
  /**
   * Told after each change, with what was before; the result ends it. Where `told` gives a promise, this engine does
   * not take the site again before it is fulfilled: what it did as the owner has to end first.
   */
  onChange(told: WatchRole): () => void;
}
