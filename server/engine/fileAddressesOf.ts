import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import type { FileAddress } from '../store/fileAddresses.js';

/** No address of Microsoft's is nearly as long. */
const LONGEST = 2048;

/**
 * The content files that a document names, licence terms included, each once, with the addresses that the upstream gave
 * by digest.
 */
export function fileAddressesOf(
  { files, eulaFiles }: Pick<UpdateMetadata, 'files' | 'eulaFiles'>,
  urls: ReadonlyMap<string, string>,
): readonly FileAddress[] {
  const digests = new Set([...files, ...eulaFiles].map((file) => file.digest).filter((digest) => digest !== ''));
  return [...digests].map((digest) => ({ digest, url: addressOf(urls.get(digest) ?? '') }));
}

/** What is no address of the web is not passed on. */
function addressOf(url: string): string {
  return url.length <= LONGEST && /^https?:\/\/[^\s"<>]+$/i.test(url) ? url : '';
}
