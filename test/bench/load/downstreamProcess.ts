/**
 * A process that plays many downstream servers: each lists everything that a server offers and fetches every document
 * of it.
 */
import { randomUUID } from 'node:crypto';
import { sharedCabinets } from '../../../server/state/sharedCabinets.js';
import type { UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import { createWsusSource } from '../../../server/upstream/createWsusSource.js';

/** What all of them got; printed as one JSON line. */
export interface DownstreamMeasures {
  readonly documents: number;
  readonly bytes: number;
  readonly ms: number;
}

/** What a downstream server asks for. */
export type AskedFor = 'gzip' | 'identity';

const [url = '', servers = '1', encoding] = process.argv.slice(2);
const never = new AbortController().signal;

let documents = 0;
let bytes = 0;

const synchronize = async (number: number): Promise<void> => {
  const source = createWsusSource(
    { url, accountName: `down${number}.test`, accountGuid: randomUUID() },
    { cabinets: sharedCabinets, clock: Date.now, random: Math.random, encoding: encoding as AskedFor },
  );
  const { maxUpdatesPerRequest } = await source.open('', never);
  for (const config of [true, false]) {
    const { revisions } = await source.listRevisions(
      { config, anchor: '', categories: [], classifications: [], languages: [] },
      never,
    );
    for (let at = 0; at < revisions.length; at += maxUpdatesPerRequest)
      await take(source, revisions.slice(at, at + maxUpdatesPerRequest));
  }
  await source.close();
};

async function take(source: ReturnType<typeof createWsusSource>, batch: readonly UpdateIdentity[]): Promise<void> {
  const fetched = await source.fetchDocuments(batch, never);
  if (fetched.failed.length > 0) throw new TypeError(fetched.failed[0]?.reason);
  documents += fetched.documents.length;
  for (const { xml } of fetched.documents) bytes += xml.length;
}

const start = performance.now();
await Promise.all(Array.from({ length: Number(servers) }, async (_unused, number) => synchronize(number)));
const measures: DownstreamMeasures = { documents, bytes, ms: performance.now() - start };
process.stdout.write(`${JSON.stringify(measures)}\n`);
