import { randomBytes } from 'node:crypto';
import type { UpstreamServerOptions } from '../../server/downstream/UpstreamServerOptions.js';
import { createUpstreamServer } from '../../server/downstream/createUpstreamServer.js';
import { openSiteRole } from '../../server/downstream/openSiteRole.js';
import { listenUrl } from '../../server/downstream/port/listen.js';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';
import { createSource } from '../../server/state/createSource.js';
import { TestSite } from '../engine/TestSite.js';
import { siteCertificate } from '../link/siteCertificate.js';
import type { Cleanup } from '../upstream/harness.js';

/** Serves a catalogue over HTTP and gives its URL. */
export async function serveCatalogue(
  cleanup: Cleanup,
  catalogue: MemoryCatalogue,
  options: Partial<UpstreamServerOptions> = {},
): Promise<string> {
  const server = createUpstreamServer({ catalogue, blob: 'plain', clock: Date.now, random: randomBytes, ...options });
  const address = await server.listen(0);
  cleanup.add(async () => server.close());
  return listenUrl(address);
}

/** A site that synchronizes everything from a server over HTTP, with the real client. */
export async function siteBelow(cleanup: Cleanup, folder: string, url: string): Promise<TestSite> {
  const site = await TestSite.open(folder);
  Object.assign(site.context.site, { secret: 'a0'.repeat(32) });
  Object.assign(site.context, {
    createSource: async (settings: Parameters<typeof createSource>[0]) =>
      createSource(settings, { site: site.context.site, parent: undefined, answers: undefined }),
  });
  cleanup.add(async () => {
    await site.context.documents.close();
    await site.database.close();
  });
  await site.set({ synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation', upstreamSourceLocation: url });
  await site.set({ allProducts: true, allClassifications: true });
  // Not among what is meant by all.
  await site.set({ addUpdateClassification: ['Upgrades'], allowPending: true });
  return site;
}

/** Lets a site serve others, and gives the URL. */
export async function serveSite(cleanup: Cleanup, site: TestSite, lines: string[] = []): Promise<string> {
  const certificate = await siteCertificate();
  const listener = await openSiteRole(
    site.context,
    { port: 0 },
    {
      certificate,
      log: (line) => lines.push(line),
      onUpgrade: (_request, socket) => socket.destroy(),
      onRefused: () => undefined,
      isKnown: () => false,
    },
  );
  cleanup.add(async () => listener.close());
  return listenUrl(listener.address);
}

/** Every document of a site by its revision, as text. */
export async function documentsOf(site: TestSite): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  for (const stored of await site.database.storedDocuments(0, 1_000_000)) {
    documents.set(
      identityKey(stored),
      Buffer.from(await site.context.documents.read(stored.location)).toString('latin1'),
    );
  }
  return documents;
}

/** Every document of a catalogue by its revision, as text. */
export async function documentsIn(catalogue: MemoryCatalogue): Promise<ReadonlyMap<string, string>> {
  const found = await catalogue.documents([...catalogue.identities()]);
  return new Map(
    found.flatMap((document) =>
      document === undefined
        ? []
        : [[identityKey(document.identity), Buffer.from(document.xml).toString('latin1')] as const],
    ),
  );
}
