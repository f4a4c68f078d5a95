import type {
  LinkAuthenticateRequest,
  LinkClaimResult,
  LinkHelloRequest,
  LinkHelloResult,
  LinkJoinRequest,
  LinkJoinResult,
  LinkReport,
  LinkRotateKeyRequest,
  LinkState,
} from '../contract/generated/types.js';
import { commonVersion } from '../contract/versions.js';
import { SyncError } from '../errors/SyncError.js';
import { addressKey } from '../platform/addressKey.js';
import type { Clock } from '../platform/Clock.js';
import type { LinkChannel } from './LinkChannel.js';
import { nodeName, type NodeRecord } from './NodeRecord.js';
import { checkVersion, clockWarning, compareClocks, LINK_RANGE, LINK_LIMITS, LINK_METHODS } from './linkContract.js';
import { stateFor } from './reportForm.js';
import { isProof, type ProofFacts, readPublicKey } from './nodeKey.js';

/** The parent's end of the connection of a node, as its hub has it. */
export interface NodeEnd {
  /** Undefined until it has proved itself. */
  readonly node: NodeRecord | undefined;
  /** Who the peer says it is; its address until it says so. */
  readonly claimed: string;
  /** Where it comes from (see addressKey). */
  readonly address: string;
  /** When anything came of the node last. */
  readonly lastSign: Date;
  /**
   * Sends the state; of several that a slow node has not taken only the last. Fulfilled once it is written, or the node
   * has not taken it for a while.
   */
  send(state: LinkState): Promise<void>;
  /** Tells the node why, and closes. */
  close(reason: SyncError): void;
}

/** What a connection needs of the hub it belongs to. */
export interface NodeHost {
  readonly siteCode: string;
  readonly version: string;
  readonly clock: Clock;
  readonly newNonce: () => string;
  readonly log: (line: string) => void;
  join(request: LinkJoinRequest): Promise<LinkJoinResult>;
  findNode(id: number): NodeRecord | undefined;
  /** Whether a node has come from that address before (see addressKey). */
  isKnown(address: string): boolean;
  /** The node has proved itself. */
  opened(node: NodeRecord, connection: NodeEnd): void;
  reported(nodeId: number, report: LinkReport): void;
  claim(siteCode: string, asker: NodeRecord): Promise<LinkClaimResult>;
  rotateKey(nodeId: number, publicKey: string): Promise<void>;
}

/** What a connection is made of beside its channel. */
interface ConnectionParts {
  readonly host: NodeHost;
  /** Its address. */
  readonly peer: string;
  /** Takes a line about somebody who has proved nothing. */
  readonly tell: (line: string) => void;
  /** Called when the node has proved itself. */
  readonly onProved: () => void;
}

/** The parent's end of one connection: greets, then lets a node join or prove itself, then takes its reports. */
export class NodeConnection implements NodeEnd {
  node: NodeRecord | undefined;
  claimed: string;
  readonly address: string;
  /** It came only to join, and has. */
  isJoined = false;
  readonly #channel: LinkChannel;
  readonly #host: NodeHost;
  readonly #nonce: string;
  readonly #tell: (line: string) => void;
  readonly #onProved: () => void;
  #isGreeted = false;
  /** That of the link. */
  #version = LINK_RANGE.minimum;
  #state: LinkState | undefined;
  #isSending = false;

  constructor(channel: LinkChannel, { host, peer, tell, onProved }: ConnectionParts) {
    this.#channel = channel;
    this.#host = host;
    this.#tell = tell;
    this.#onProved = onProved;
    this.address = addressKey(peer);
    this.claimed = peer;
    this.#nonce = host.newNonce();
    channel.onRequest(LINK_METHODS.hello, 'link.hello.request', async (params) =>
      this.#closing(async () => Promise.resolve(this.#hello(params))),
    );
    channel.onRequest(LINK_METHODS.join, 'link.join.request', async (params) =>
      this.#closing(async () => this.#join(params)),
    );
    channel.onRequest(LINK_METHODS.authenticate, 'link.authenticate.request', async (params) =>
      this.#closing(async () => this.#authenticate(params)),
    );
    channel.onRequest(LINK_METHODS.claim, 'link.claim.request', async ({ siteCode }) =>
      host.claim(siteCode, this.#proved()),
    );
    channel.onRequest(LINK_METHODS.rotateKey, 'link.rotateKey.request', async (params) => this.#rotateKey(params));
    channel.onNotification(LINK_METHODS.report, 'LinkReport', (report) => this.#report(report));
    this.#limitGreeting();
    channel.listen();
  }

  get lastSign(): Date {
    return this.#channel.lastSign;
  }

  async send(state: LinkState): Promise<void> {
    this.#state = state;
    if (this.#isSending) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#host.clock.after(LINK_LIMITS.takingMs, resolve);
      void this.#sendAll().finally(() => {
        cancel();
        resolve();
      });
    });
  }

  close(reason: SyncError): void {
    this.#channel.close(reason);
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    try {
      while (this.#state !== undefined) {
        const state = this.#state;
        this.#state = undefined;
        await this.#channel.notify(LINK_METHODS.state, stateFor(this.#version, state));
      }
    } catch (error) {
      this.#channel.close(new SyncError('LinkBroken', { node: this.claimed, reason: String(error) }));
    } finally {
      this.#isSending = false;
    }
  }

  #hello(params: LinkHelloRequest): LinkHelloResult {
    const { siteCode, version, clock } = this.#host;
    this.claimed = nodeName(params);
    checkVersion(params, version);
    this.#version = commonVersion(LINK_RANGE, params.contract) ?? LINK_RANGE.minimum;
    this.#checkClock(params.time);
    this.#isGreeted = true;
    return {
      moduleVersion: version,
      contract: LINK_RANGE,
      siteCode,
      time: clock.now().toISOString(),
      nonce: this.#nonce,
    };
  }

  #checkClock(time: string): void {
    const { siteCode, clock } = this.#host;
    const { difference, verdict } = compareClocks(new Date(time), clock.now());
    if (verdict === 'Ahead')
      throw new SyncError('LinkClockAhead', {
        node: this.claimed,
        minutes: Math.round(difference / 60_000),
        parent: siteCode,
      });
    if (verdict === 'Differs') this.#tell(clockWarning(difference, { node: this.claimed, parent: siteCode }));
  }

  async #join(params: LinkJoinRequest): Promise<LinkJoinResult> {
    this.#greeted();
    readPublicKey(params.publicKey);
    const joined = await this.#host.join(params);
    this.isJoined = true;
    return joined;
  }

  async #authenticate({ nodeId, signature }: LinkAuthenticateRequest): Promise<object> {
    this.#greeted();
    const node = this.#host.findNode(nodeId);
    const isProved = node !== undefined && isProof(node.publicKey, this.#proofFacts(nodeId), signature);
    if (!isProved) throw new SyncError('LinkRefused', { site: this.#host.siteCode, node: this.claimed });
    // Only to the one who has the key.
    if (node.revoked !== '')
      throw new SyncError('LinkRevoked', { site: this.#host.siteCode, node: nodeName(node), time: node.revoked });
    this.node = node;
    this.#onProved();
    // After the answer: the first state must not overtake it.
    setImmediate(() => this.#host.opened(node, this));
    return Promise.resolve({});
  }

  async #rotateKey({ publicKey, signature }: LinkRotateKeyRequest): Promise<object> {
    const node = this.#proved();
    readPublicKey(publicKey);
    if (!isProof(publicKey, this.#proofFacts(node.id), signature))
      throw new SyncError('LinkRefused', { site: this.#host.siteCode, node: this.claimed });
    await this.#host.rotateKey(node.id, publicKey);
    return {};
  }

  #report(report: LinkReport): void {
    const node = this.#proved();
    if (report.siteCode !== node.siteCode)
      throw new SyncError('InvalidRequest', {
        method: LINK_METHODS.report,
        reason: `The report is from the site ${report.siteCode}, not from ${node.siteCode}`,
      });
    this.#host.reported(node.id, report);
  }

  #proofFacts(nodeId: number): ProofFacts {
    return { nonce: this.#nonce, siteCode: this.#host.siteCode, nodeId, binding: this.#channel.binding };
  }

  #greeted(): void {
    if (!this.#isGreeted || this.node !== undefined)
      throw new SyncError('InvalidRequest', { method: 'of the site link', reason: 'The request came out of order' });
  }

  /** Nothing of a peer that has not proved itself has an effect. */
  #proved(): NodeRecord {
    if (this.node === undefined) throw new SyncError('LinkRefused', { site: this.#host.siteCode, node: this.claimed });
    return this.node;
  }

  /** What is refused before the proof ends the connection, after the answer that says why. */
  async #closing<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const reason =
        error instanceof SyncError ? error : new SyncError('LinkBroken', { node: this.claimed, reason: String(error) });
      setImmediate(() => this.#channel.close(reason));
      throw error;
    }
  }

  #limitGreeting(): void {
    const cancel = this.#host.clock.after(LINK_LIMITS.handshakeMs, () => {
      if (this.node === undefined)
        this.#channel.close(
          new SyncError('LinkBroken', {
            node: this.claimed,
            reason: `no proof within ${LINK_LIMITS.handshakeMs / 1000} seconds`,
          }),
        );
    });
    void this.#channel.ended.then(cancel);
  }
}
