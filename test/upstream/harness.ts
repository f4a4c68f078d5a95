import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createUpstreamServer, type UpstreamServer } from '../../server/downstream/createUpstreamServer.js';
import type { UpstreamServerOptions } from '../../server/downstream/UpstreamServerOptions.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { createWsusSource, type SourceDeps } from '../../server/upstream/createWsusSource.js';
import type { Source } from '../../server/upstream/Source.js';
import type { SourceSettings } from '../../server/upstream/SourceSettings.js';
import { guid, memoryCatalogue } from './memoryCatalogue.js';

export const NEVER = new AbortController().signal;
export const EVERYTHING = { config: true, anchor: '', categories: [], classifications: [], languages: [] };

/** What must be closed after a test, newest first. */
export class Cleanup {
  readonly #actions: (() => Promise<void>)[] = [];

  add(action: () => Promise<void>): void {
    this.#actions.unshift(action);
  }

  async run(): Promise<void> {
    for (const action of this.#actions.splice(0)) await action();
  }
}

/** A cabinet in tests: the letters MSCF and the text behind them. */
export const fakeCabinet = {
  write: (xml: Uint8Array): Uint8Array => Buffer.concat([Buffer.from('MSCF'), xml]),
  read: (cabinet: Uint8Array, what = '?'): Uint8Array => {
    if (Buffer.from(cabinet.subarray(0, 4)).toString() !== 'MSCF')
      throw new SyncError('CabinetCorrupt', { what, reason: 'it has no signature' });
    return cabinet.subarray(4);
  },
};

let drawn = 0;
export function testRandom(count: number): Uint8Array {
  drawn++;
  return createHash('sha512').update(`${drawn}`).digest().subarray(0, count);
}

export async function startUpstream(
  cleanup: Cleanup,
  options: Partial<UpstreamServerOptions> = {},
): Promise<{ url: string; server: UpstreamServer; log: string[] }> {
  const log: string[] = [];
  const server = createUpstreamServer({
    catalogue: memoryCatalogue(10),
    blob: 'plain',
    clock: Date.now,
    random: testRandom,
    writeBlobCabinet: fakeCabinet.write,
    log: (line) => log.push(line),
    ...options,
  });
  const { port } = await server.listen(0);
  cleanup.add(async () => server.close());
  return { url: `http://127.0.0.1:${port}`, server, log };
}

/** A source whose sleeps are recorded instead of slept. */
export function makeSource(
  cleanup: Cleanup,
  settings: Partial<SourceSettings>,
  deps: Partial<SourceDeps> = {},
): { source: Source; slept: number[] } {
  const slept: number[] = [];
  const source = createWsusSource(
    { accountName: 'sup.contoso.com', accountGuid: guid(4711), ...settings },
    {
      cabinets: async () => Promise.resolve(fakeCabinet),
      clock: Date.now,
      random: () => 0.5,
      env: {},
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        return Promise.resolve();
      },
      ...deps,
    },
  );
  cleanup.add(async () => source.close());
  return { source, slept };
}

/** Any HTTP server on a free port of loopback. */
export async function startHttp(cleanup: Cleanup, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return `http://127.0.0.1:${await listenOn(cleanup, server)}`;
}

export async function listenOn(
  cleanup: Cleanup,
  server: Server & { closeAllConnections?: () => void },
): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  cleanup.add(
    async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections?.();
      }),
  );
  return (server.address() as AddressInfo).port;
}

/** The SyncError a promise fails with. */
export async function failure(work: Promise<unknown>): Promise<SyncError> {
  try {
    await work;
  } catch (caught) {
    if (caught instanceof SyncError) return caught;
    throw caught;
  }
  throw new SyncError('InternalError', { where: 'the test', reason: 'it did not fail' });
}
