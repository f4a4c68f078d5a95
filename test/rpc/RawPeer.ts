import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { HelloResult } from '../../server/contract/generated/types.js';
import { CONTRACT_RANGE } from '../../server/contract/versions.js';
import type { ContractRange } from '../../server/contract/versions.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { readEngineRecord } from '../../server/rpc/enginePlace.js';
import { relayProof } from '../../server/rpc/SealedChannel.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';

/** A peer of the engine that writes bytes as it likes. */
export class RawPeer {
  readonly #site: SiteFolder;
  readonly #socket: Socket;
  readonly #contract: ContractRange;
  #id = 0;
  #spoken = 0;

  constructor(site: SiteFolder, contract: ContractRange = CONTRACT_RANGE) {
    this.#site = site;
    this.#contract = contract;
    this.#socket = connect(readEngineRecord(site)!.address);
    this.#socket.on('error', () => undefined);
  }

  /** The version of the contract that the engine chose. */
  get contract(): number {
    return this.#spoken;
  }

  /** An error (the engine closed it while bytes were on their way) comes before the end. */
  get closed(): Promise<void> {
    return new Promise((resolve) => this.#socket.resume().once('close', () => resolve()));
  }

  /** Proves itself with the secret of the site, or fails to with another one; gives the answer to the proof. */
  async open(secret = this.#site.secret): Promise<string> {
    const relay = randomBytes(32).toString('hex');
    this.send('hello', {
      moduleVersion: packageVersion(),
      contract: this.#contract,
      processId: process.pid,
      nonce: relay,
    });
    const { result, error } = JSON.parse(await this.#answer()) as { result?: HelloResult; error?: { message: string } };
    if (result === undefined) return error?.message ?? '';
    this.#spoken = result.contract;
    this.send('authenticate', { proof: relayProof(secret, { relay, engine: result.nonce ?? '' }) });
    return this.#answer();
  }

  send(method: string, params: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', id: (this.#id += 1), method, params });
    this.raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  raw(bytes: string): void {
    this.#socket.write(bytes);
  }

  stopReading(): void {
    this.#socket.pause();
  }

  end(): void {
    this.#socket.destroy();
  }

  /** The body of the next frame; the engine sends one at a time here. */
  async #answer(): Promise<string> {
    const [chunk] = (await once(this.#socket, 'data')) as [Buffer];
    let text = chunk.toString();
    while (!text.includes('}')) text += String((await once(this.#socket, 'data'))[0]);
    // The end of a connection is told right behind a refusal.
    const length = Number(/content-length: *(\d+)/i.exec(text)?.[1]);
    return text.slice(text.indexOf('{')).slice(0, length);
  }
}
