import type { LinkClaimResult, LinkReport, LinkState } from '../contract/generated/types.js';
import { commonVersion } from '../contract/versions.js';
import { SyncError, toSyncError } from '../errors/SyncError.js';
import type { LinkChannel } from './LinkChannel.js';
import type { ChildLink } from './LinkedNode.js';
import type { ParentRecord } from './ParentRecord.js';
import { ReportSender } from './ReportSender.js';
import { type DialOptions, dialParent, type DialedParent, reconnectDelay, withinTime } from './dialParent.js';
import { LINK_METHODS, LINK_RANGE } from './linkContract.js';
import { createNodeKey, signProof } from './nodeKey.js';

/** What the link of a node is made of. */
interface ChildLinkOptions extends Pick<DialOptions, 'node' | 'version' | 'clock' | 'log'> {
  readonly record: ParentRecord;
  /** Keeps another key durably. */
  readonly keepRecord: (record: ParentRecord) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Who is called back, whatever with. */
interface Listeners {
  add(listener: () => void): unknown;
  delete(listener: () => void): unknown;
}

/** Refusals that only an administrator can change. */
const REFUSALS: ReadonlySet<string> = new Set([
  'LinkRefused',
  'LinkRevoked',
  'LinkReplaced',
  'LinkVersionMismatch',
  'LinkClockAhead',
  'LinkFlooded',
  'ParentNotTrusted',
]);

/** The connection of a node to its parent, made again whenever it breaks. */
export class ChildLinkClient implements ChildLink {
  readonly #options: ChildLinkOptions;
  readonly #reports: ReportSender;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #lossListeners = new Set<(reason: SyncError) => void>();
  readonly #connectionListeners = new Set<(connected: boolean) => void>();
  #closed = new AbortController();
  #record: ParentRecord;
  #channel: LinkChannel | undefined;
  #state: LinkState | undefined;
  #running: Promise<void> = Promise.resolve();
  #greeted: DialedParent | undefined;
  #hasTried = false;

  constructor(options: ChildLinkOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#reports = new ReportSender(options.clock);
  }

  /** What is known of the parent. */
  get parent(): ParentRecord {
    return this.#record;
  }

  /** Goes by another record from the next connection on: another server of the site has rotated the key. */
  adopt(record: ParentRecord): void {
    this.#record = record;
  }

  get connected(): boolean {
    return this.#channel !== undefined;
  }

  /** Begins to dial, also after it was closed. */
  start(): void {
    if (this.#isOver()) this.#closed = new AbortController();
    this.#running = this.#run();
  }

  /** Ends the connection and dials no more. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#channel?.end();
    await this.#running;
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    if (this.#state !== undefined) listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  onLoss(listener: (reason: SyncError) => void): () => void {
    this.#lossListeners.add(listener);
    return () => this.#lossListeners.delete(listener);
  }

  async report(report: LinkReport): Promise<void> {
    await this.#reports.report(report);
  }

  /** Asks whether a site code is free in the hierarchy above. @throws SyncError ParentNotConnected */
  async claim(siteCode: string): Promise<LinkClaimResult> {
    const channel = this.#connectedChannel();
    return withinTime(channel, channel.request(LINK_METHODS.claim, { siteCode }, 'link.claim.result'), {
      clock: this.#options.clock,
      parent: this.#record.siteCode,
    });
  }

  /** Waits for the connection, at most so many milliseconds: an engine that has just started may be dialling. */
  async untilConnected(milliseconds: number): Promise<void> {
    if (!this.connected) await this.#until([this.#connectionListeners], milliseconds);
  }

  async untilTried(milliseconds: number): Promise<void> {
    if (this.connected || this.#hasTried) return;
    await this.#until([this.#connectionListeners, this.#lossListeners], milliseconds);
  }

  async #until(listeners: readonly Listeners[], milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        cancel();
        for (const set of listeners) set.delete(done);
        resolve();
      };
      const cancel = this.#options.clock.after(milliseconds, done);
      for (const set of listeners) set.add(done);
    });
  }

  /**
   * Puts a new key in the place of this node's; a crash in between leaves both, and the next connection finds out which
   * counts. @throws SyncError ParentNotConnected
   */
  async rotateKey(): Promise<void> {
    const channel = this.#connectedChannel();
    const key = createNodeKey();
    await this.#keep({ ...this.#record, nextPrivateKey: key.privateKey });
    await channel.request(
      LINK_METHODS.rotateKey,
      { publicKey: key.publicKey, signature: this.#proof(key.privateKey) },
      'link.empty',
    );
    await this.#keep({ ...this.#record, privateKey: key.privateKey, nextPrivateKey: '' });
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closed.signal.aborted) {
      const started = this.#options.clock.now().getTime();
      const reason = await this.#connectOnce();
      if (this.#isOver()) return;
      // A connection that lasted was no failure.
      failures = this.#options.clock.now().getTime() - started > 60_000 ? 1 : failures + 1;
      const isRefusal = REFUSALS.has(reason.errorId);
      this.#hasTried = true;
      for (const listener of this.#lossListeners) listener(reason);
      const delay = reconnectDelay({ failures, isRefusal }, this.#options.random());
      this.#options.log(
        `Site link: no connection to the parent ${this.#record.siteCode}: ${reason.message} ${reason.nextStep} ` +
          `Trying again in ${Math.ceil(delay / 1000)} seconds.`,
      );
      await this.#pause(delay);
    }
  }

  #isOver(): boolean {
    return this.#closed.signal.aborted;
  }

  /** One connection from beginning to end; why it is over. */
  async #connectOnce(): Promise<SyncError> {
    const { node, version, clock, log } = this.#options;
    try {
      const greeted = await dialParent(
        { parent: this.#record, node, version, clock, log, signal: this.#closed.signal },
        (channel) => channel.onNotification(LINK_METHODS.state, 'LinkState', (state) => this.#heard(state)),
      );
      this.#greeted = greeted;
      await this.#authenticate(greeted);
      return await this.#stay(greeted);
    } catch (error) {
      return toSyncError(error, 'the site link');
    }
  }

  async #authenticate({ channel }: DialedParent): Promise<void> {
    const prove = async (key: string): Promise<unknown> =>
      withinTime(
        channel,
        channel.request(
          LINK_METHODS.authenticate,
          { nodeId: this.#record.nodeId, signature: this.#proof(key) },
          'link.empty',
        ),
        { clock: this.#options.clock, parent: this.#record.siteCode },
      );
    const { privateKey, nextPrivateKey } = this.#record;
    try {
      await prove(privateKey);
    } catch (error) {
      channel.end();
      // A crash during a rotation: the parent has the next key already.
      if (nextPrivateKey !== '' && error instanceof SyncError && error.errorId === 'LinkRefused')
        await this.#keep({ ...this.#record, privateKey: nextPrivateKey, nextPrivateKey: privateKey });
      throw error;
    }
  }

  async #stay({ channel, hello }: DialedParent): Promise<SyncError> {
    if (this.#isOver()) channel.end();
    this.#channel = channel;
    this.#options.log(`Site link: connected to the parent ${this.#record.siteCode} at ${this.#record.address}.`);
    this.#reports.begin(channel, commonVersion(LINK_RANGE, hello.contract) ?? LINK_RANGE.minimum);
    this.#tellConnection(true);
    const reason = await channel.ended;
    this.#channel = undefined;
    this.#reports.end();
    this.#tellConnection(false);
    return reason;
  }

  #heard(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #tellConnection(connected: boolean): void {
    for (const listener of this.#connectionListeners) listener(connected);
  }

  #proof(privateKey: string): string {
    const { hello, channel } = this.#greeted ?? {};
    return signProof(privateKey, {
      nonce: hello?.nonce ?? '',
      siteCode: this.#record.siteCode,
      nodeId: this.#record.nodeId,
      binding: channel?.binding ?? '',
    });
  }

  #connectedChannel(): LinkChannel {
    if (this.#channel === undefined)
      throw new SyncError('ParentNotConnected', { site: this.#options.node.siteCode, parent: this.#record.siteCode });
    return this.#channel;
  }

  async #keep(record: ParentRecord): Promise<void> {
    await this.#options.keepRecord(record);
    this.#record = record;
  }

  async #pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        cancel();
        this.#closed.signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.#options.clock.after(milliseconds, wake);
      this.#closed.signal.addEventListener('abort', wake);
    });
  }
}
