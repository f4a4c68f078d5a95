import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import type { UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import { atOnce } from '../../../server/platform/inTurns.js';
import { abortableSleep, Retrier } from '../../../server/upstream/Retrier.js';
import { SoapCaller } from '../../../server/upstream/SoapCaller.js';
import { SoapTransport } from '../../../server/upstream/SoapTransport.js';
import { Authorizer } from '../../../server/upstream/WsusSession.js';
import type { Cookie } from '../../../server/wire/getCookie.js';
import {
  parseGetRevisionIdListResponse,
  writeGetRevisionIdListRequest,
} from '../../../server/wire/getRevisionIdList.js';
import { writeGetUpdateDataRequest } from '../../../server/wire/getUpdateData.js';
import { BenchFailure } from '../product/BenchFailure.js';

const BATCH = 100;
const EACH = Buffer.from('<ServerSyncUpdateData>');
const never = new AbortController().signal;

/**
 * A downstream server that does as little as possible, so that what is measured is the other end. Its code is that of
 * this commit, whoever is measured.
 */
export class CatalogueReader {
  readonly #caller: SoapCaller;
  readonly #cookie: Cookie;

  private constructor(caller: SoapCaller, cookie: Cookie) {
    this.#caller = caller;
    this.#cookie = cookie;
  }

  /** Authorizes on one connection that stays open. */
  static async open(url: string): Promise<CatalogueReader> {
    const transport = new SoapTransport({
      dispatcher: new Agent({ connections: 1, connect: { rejectUnauthorized: false } }),
      url,
      proxy: undefined,
      timeoutMs: 60_000,
      maxResponseBytes: 1 << 28,
      soap: '1.1',
      clock: Date.now,
    });
    const retrier = new Retrier({ random: Math.random, sleep: abortableSleep });
    const caller = new SoapCaller(new URL(`${url}/`), transport, retrier);
    const account = { accountName: 'reader.test', accountGuid: randomUUID() };
    return new CatalogueReader(caller, await new Authorizer(caller, account).authorize(undefined, never));
  }

  /** All revisions on offer, configuration first. */
  async list(): Promise<readonly UpdateIdentity[]> {
    const lists: UpdateIdentity[] = [];
    for (const config of [true, false]) {
      const filter = { config, anchor: '', categories: [], classifications: [], languages: [] };
      const body = writeGetRevisionIdListRequest({ cookie: this.#cookie, filter }, this.#caller.soap);
      const answer = await this.#caller.serverSync('GetRevisionIdList', body, never);
      for (const identity of atOnce(parseGetRevisionIdListResponse(answer)).revisions) lists.push(identity);
    }
    return lists;
  }

  /** Fetches the documents one answer after the other; gives their bytes. */
  async fetch(revisions: readonly UpdateIdentity[]): Promise<number> {
    let bytes = 0;
    for (let at = 0; at < revisions.length;) {
      const body = this.#requestFor(revisions.slice(at, at + BATCH));
      const answer = await this.#caller.serverSync('GetUpdateData', body, never);
      const given = documentsIn(answer);
      if (given === 0) throw new BenchFailure('the site answered without documents');
      at += given;
      bytes += answer.length;
    }
    return bytes;
  }

  /** The requests that ask for all documents, a hundred each. */
  requests(revisions: readonly UpdateIdentity[]): readonly Buffer[] {
    const count = Math.ceil(revisions.length / BATCH);
    return Array.from({ length: count }, (_unused, n) => this.#requestFor(revisions.slice(n * BATCH, (n + 1) * BATCH)));
  }

  async close(): Promise<void> {
    await this.#caller.close();
  }

  #requestFor(identities: readonly UpdateIdentity[]): Buffer {
    return writeGetUpdateDataRequest({ cookie: this.#cookie, identities }, this.#caller.soap);
  }
}

/** How many documents an answer holds. */
export function documentsIn(answer: Buffer): number {
  let count = 0;
  for (let at = answer.indexOf(EACH); at >= 0; at = answer.indexOf(EACH, at + EACH.length)) count += 1;
  return count;
}
