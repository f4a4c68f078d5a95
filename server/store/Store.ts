import type { Clock } from '../platform/Clock.js';
import type { DocumentStore } from './DocumentStore.js';
import type { SharedStore } from './SharedStore.js';
import type { SiteDatabase } from './SiteDatabase.js';
import type { ServerEngine } from './SiteRole.js';
import type { StoreFiles, StorePlace } from './StorePlace.js';

/** What opening a database on a server needs beside the folder of the site. */
interface ServerOptions {
  readonly siteCode: string;
  readonly self: ServerEngine;
  /** True for a database that the site has; false for one that it is to get. */
  readonly isThere: boolean;
  /** The address that the site keeps. */
  readonly address: () => Promise<string>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** What opening the store of a site needs, whichever engine it has. */
export interface StoreOptions {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
  readonly verifyHighest?: (() => void | Promise<void>) | undefined;
  readonly report: (line: string) => void;
  /** For a database in PostgreSQL. */
  readonly server?: ServerOptions;
}

/** What a site keeps: its database and its documents. */
export interface Store {
  readonly database: SiteDatabase;
  readonly documents: DocumentStore;
  /** Where several servers can share them. */
  readonly shared?: SharedStore;
}
