import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { CONTENT_TYPE, SERVER_SYNC_PATH, soapActionOf } from '../../../server/wire/operations.js';
import { BenchFailure } from '../product/BenchFailure.js';
import { documentsIn } from './CatalogueReader.js';

/** A downstream server on one connection that asks for gzip. It unpacks nothing while it is measured. */
export class PackedReader {
  readonly #agent = new Agent({ connections: 1 });
  readonly #target: URL;

  constructor(url: string) {
    this.#target = new URL(SERVER_SYNC_PATH, `${url}/`);
  }

  /** The answers to requests for GetUpdateData as they came, one after the other. */
  async fetch(requests: readonly Buffer[]): Promise<readonly Buffer[]> {
    const answers: Buffer[] = [];
    for (const body of requests) answers.push(await this.#ask(body));
    return answers;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #ask(body: Buffer): Promise<Buffer> {
    const headers = {
      'accept-encoding': 'gzip',
      'content-type': CONTENT_TYPE['1.1'],
      soapaction: `"${soapActionOf('GetUpdateData')}"`,
    };
    const answer = await request(this.#target, { dispatcher: this.#agent, method: 'POST', headers, body });
    if (answer.statusCode !== 200) throw new BenchFailure(`the site answered with ${answer.statusCode}`);
    return Buffer.from(await answer.body.arrayBuffer());
  }
}

/** How many documents packed answers hold. @throws when one of them is not packed */
export function documentsInPacked(answers: readonly Buffer[]): number {
  return answers.reduce((sum, answer) => sum + documentsIn(gunzipSync(answer)), 0);
}
