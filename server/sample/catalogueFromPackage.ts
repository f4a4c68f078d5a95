import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { openWsusPackage } from '../transfer/openPackage.js';
import type { PackageDocument, PackageUpdate, WsusPackage } from '../transfer/package.js';
import { factsOf } from './CatalogueEntry.js';
import type { CatalogueDocument, DocumentFacts } from './CatalogueEntry.js';
import { MemoryCatalogue } from './MemoryCatalogue.js';

/** A catalogue of all documents of a `wsusutil export`. */
export async function catalogueFromPackage(
  path: string,
  options: { readonly keepsEscaped?: boolean } = {},
): Promise<MemoryCatalogue> {
  const wsusPackage = await openWsusPackage(path);
  const { header, languages } = wsusPackage;
  const catalogue = new MemoryCatalogue({
    serverId: header.serverId,
    languages,
    keepsEscaped: options.keepsEscaped ?? false,
  });
  const documents: CatalogueDocument[] = [];
  for await (const document of wsusPackage.documents()) {
    const listed = wsusPackage.updates.get(identityKey(document.identity));
    documents.push({ ...document, ...factsFrom(document, listed), fileUrls: fileUrlsOf(wsusPackage, listed) });
  }
  await wsusPackage.close();
  catalogue.add(documents);
  return catalogue;
}

function factsFrom(document: PackageDocument, listed: PackageUpdate | undefined): DocumentFacts {
  const written = [...(listed?.categories ?? []), ...(listed?.classifications ?? [])];
  const facts = readableFacts(document) ?? { isConfiguration: written.length === 0, memberships: [], bundled: [] };
  return { ...facts, memberships: [...new Set([...facts.memberships, ...written])] };
}

/** A document that cannot be read is served all the same: it is the client that has to cope. */
function readableFacts(document: PackageDocument): DocumentFacts | undefined {
  try {
    return factsOf(document);
  } catch (error) {
    if (error instanceof SyncError && error.errorId === 'DocumentInvalid') return undefined;
    throw error;
  }
}

function fileUrlsOf(
  wsusPackage: WsusPackage,
  listed: PackageUpdate | undefined,
): { digest: string; muUrl: string; ussUrl: string }[] {
  const digests = listed?.digests ?? [];
  return digests.map((digest) => ({ digest, muUrl: wsusPackage.files.get(digest) ?? '', ussUrl: '' }));
}
