/**
 * A process with an upstream whose catalogue changes when it is told to: each line of its standard input is a number of
 * updates, of which it publishes the next revision. It ends with its standard input.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createUpstreamServer } from '../../../server/downstream/createUpstreamServer.js';
import { listenUrl } from '../../../server/downstream/port/listen.js';
import { MemoryCatalogue } from '../../../server/sample/MemoryCatalogue.js';
import { generateCatalogue, type GeneratorOptions } from '../../../server/sample/catalogueFromGenerator.js';
import { productTree } from '../../../server/sample/products.js';
import { spreadOver } from './spreadOver.js';

const catalogue = new MemoryCatalogue({ serverId: randomUUID(), languages: productTree.languages });
/** Those that are selected by themselves: a new revision of a part belongs to no bundle. */
const updates: string[] = [];
let changes = 0;

function* noted(documents: ReturnType<typeof generateCatalogue>): ReturnType<typeof generateCatalogue> {
  for (const document of documents) {
    if (!document.isConfiguration && document.memberships.length > 0) updates.push(document.identity.updateId);
    yield document;
  }
}

function change(count: number): void {
  changes += 1;
  for (const updateId of spreadOver(updates, count, changes))
    catalogue.revise(updateId, (xml) => xml.replace('<upd:Title>', `<upd:Title>Change ${changes}: `));
}

const say = (said: object): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

catalogue.add(noted(generateCatalogue(JSON.parse(process.argv[2] ?? '{}') as GeneratorOptions)));
const log = (): void => undefined;
const server = createUpstreamServer({ catalogue, blob: 'plain', clock: Date.now, random: randomBytes, log });
say({ url: listenUrl(await server.listen(0)) });
for await (const line of createInterface({ input: process.stdin })) {
  change(Number(line));
  say({ changed: Number(line) });
}
await server.close();
