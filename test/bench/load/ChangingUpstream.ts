import { randomBytes } from 'node:crypto';
import { createUpstreamServer } from '../../../server/downstream/createUpstreamServer.js';
import { listenUrl } from '../../../server/downstream/port/listen.js';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';

/** A small upstream in this process that has something new whenever it is told to. */
export interface ChangingUpstream {
  readonly url: string;
  /** Publishes the next revision of one update. */
  change(): void;
  close(): Promise<void>;
}

const OPTIONS = { updates: 20, seed: 1, size: 3000, allCurrent: true };

export async function openChangingUpstream(): Promise<ChangingUpstream> {
  const catalogue = catalogueFromGenerator(OPTIONS);
  const updateId = [...catalogue.identities()].at(-1)?.updateId ?? '';
  const log = (): void => undefined;
  const server = createUpstreamServer({ catalogue, blob: 'plain', clock: Date.now, random: randomBytes, log });
  const url = listenUrl(await server.listen(0));
  return {
    url,
    change: () => void catalogue.revise(updateId, (xml) => xml.replace('<upd:Title>', '<upd:Title>New: ')),
    close: async () => server.close(),
  };
}
