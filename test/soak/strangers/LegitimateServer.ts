import { Agent, request } from 'undici';
import type { UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import { atOnce } from '../../../server/platform/inTurns.js';
import { writeGetConfigDataRequest } from '../../../server/wire/getConfigData.js';
import type { Cookie } from '../../../server/wire/getCookie.js';
import {
  parseGetRevisionIdListResponse,
  writeGetRevisionIdListRequest,
} from '../../../server/wire/getRevisionIdList.js';
import { writeGetUpdateDataRequest } from '../../../server/wire/getUpdateData.js';
import { SERVER_SYNC_PATH } from '../../../server/wire/operations.js';
import { cookieOf } from '../../downstream/cookieOf.js';

const FEW = 10;

/** One answer: its status, and how long it took until its last byte. */
export interface Answered {
  readonly what: string;
  readonly status: number;
  readonly ms: number;
}

/** A downstream server that does what each does: asks what is new, lists, and fetches a few documents. */
export class LegitimateServer {
  readonly #url: string;
  readonly #agent = new Agent({ connections: 1, connect: { rejectUnauthorized: false } });
  #anchor = '';
  identities: readonly UpdateIdentity[] = [];

  private constructor(
    url: string,
    readonly cookie: Cookie,
  ) {
    this.#url = url;
  }

  static async open(url: string): Promise<LegitimateServer> {
    const server = new LegitimateServer(url, await cookieOf(url));
    const { anchor, revisions } = parse(await server.#post(server.#list('')));
    server.#anchor = anchor;
    server.identities = revisions;
    return server;
  }

  /** One round of its requests, one after the other on one connection; the last one on a connection of its own. */
  async round(): Promise<Answered[]> {
    const { cookie } = this;
    const some = [...this.identities].slice(0, FEW);
    const fresh = new Agent({ connections: 1, connect: { rejectUnauthorized: false } });
    try {
      return [
        await this.#timed('GetConfigData', writeGetConfigDataRequest({ cookie, configAnchor: '' }, '1.1')),
        await this.#timed('GetRevisionIdList', this.#list(this.#anchor)),
        await this.#timed('GetUpdateData', writeGetUpdateDataRequest({ cookie, identities: some }, '1.1')),
        await this.#timed('a new connection', this.#list(this.#anchor), fresh),
      ];
    } finally {
      await fresh.close();
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  #list(anchor: string): Buffer {
    const filter = { config: false, anchor, categories: [], classifications: [], languages: [] };
    return writeGetRevisionIdListRequest({ cookie: this.cookie, filter }, '1.1');
  }

  async #timed(what: string, body: Uint8Array, agent = this.#agent): Promise<Answered> {
    const start = performance.now();
    const { statusCode } = await this.#send(body, agent);
    return { what, status: statusCode, ms: performance.now() - start };
  }

  async #post(body: Uint8Array): Promise<Buffer> {
    return (await this.#send(body, this.#agent)).bytes;
  }

  async #send(body: Uint8Array, dispatcher: Agent): Promise<{ statusCode: number; bytes: Buffer }> {
    const headers = { 'content-type': 'text/xml' };
    const answer = await request(`${this.#url}/${SERVER_SYNC_PATH}`, { method: 'POST', body, headers, dispatcher });
    return { statusCode: answer.statusCode, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  }
}

function parse(bytes: Buffer): { anchor: string; revisions: readonly UpdateIdentity[] } {
  return atOnce(parseGetRevisionIdListResponse(bytes));
}
