import type { LinkReport, LinkState } from '../contract/generated/types.js';
import type { SyncError } from '../errors/SyncError.js';
import type { SiteType } from '../site/SiteFolder.js';
import type { NodeRole } from '../site/describeSite.js';

/** A node that has joined this site: a child site, or a further software update point of this site. */
export interface LinkedNode {
  /** Given by the parent when the node joined; never used twice. */
  readonly id: number;
  readonly siteCode: string;
  readonly serverName: string;
  readonly type: SiteType;
  readonly role: NodeRole;
  readonly connected: boolean;
  /** It has not come back since the engine of this site started, and need not have yet. */
  readonly isAwaited?: boolean;
  /** The newest report, also of a node that is away; undefined before the first. */
  readonly lastReport?: LinkReport;
  /** When it connected, reported or went last; undefined before the first connection. */
  readonly lastSeen?: Date;
  /** Of a connected one: when anything came of it last, if only the answer to a ping. */
  readonly lastSign?: Date;
}

/** What the engine of a parent does with the nodes below it. A revoked node is not a node any more. */
export interface ParentLinks {
  /**
   * Sets the state of a node: told at once when it is connected, else when it comes. Fulfilled once it is written, or
   * the node is not there or takes nothing.
   */
  publishTo(nodeId: number, state: LinkState): Promise<void>;
  nodes(): readonly LinkedNode[];
  /** One of them: to look for it among thousands takes long. */
  node(id: number): LinkedNode | undefined;
  /**
   * Calls back when a node has joined, connected, disconnected, reported, or was revoked; the result takes the listener
   * back.
   */
  onChange(listener: (node: LinkedNode) => void): () => void;
}

/** The connection of a node's engine to its parent; it connects again by itself. */
export interface ChildLink {
  /**
   * Calls back with every state of the parent, at once with one that came before; the result takes the listener back.
   */
  onState(listener: (state: LinkState) => void): () => void;
  /**
   * Hands the newest report over: sent now or on the next connection; several in a row become the last. Fulfilled once
   * another would be sent at once, so that none is made that is not sent.
   */
  report(report: LinkReport): Promise<void>;
  readonly connected: boolean;
  /** Calls back when the connection begins or ends; the result takes the listener back. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /**
   * Calls back with the reason whenever there is no connection: one could not be made, was refused or has ended; the
   * result takes the listener back.
   */
  onLoss(listener: (reason: SyncError) => void): () => void;
  /** Waits until a connection was made or could not be, at most so many milliseconds. */
  untilTried(milliseconds: number): Promise<void>;
}
