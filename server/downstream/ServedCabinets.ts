import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { MAX_BLOB_BYTES } from '../cabinet/readBlobCabinet.js';
import { mszipCabinet } from '../cabinet/writeBlobCabinet.js';
import { KeptBytes } from './KeptBytes.js';
import type { CatalogueWork, ServedDocument } from './ServedCatalogue.js';

/** Cabinets that are kept for the next downstream server, all together. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Blocks of 32 KB that are packed before others have their turn. */
const BLOCKS_IN_ONE_TURN = 8;

/** What of a document makes its cabinet. */
type Packed = Pick<ServedDocument, 'identity' | 'xml'>;

/** Packs large documents while they are served; those asked for last are kept, so that each is packed once. */
export class ServedCabinets {
  readonly #kept: KeptBytes<Uint8Array>;

  constructor(keptBytes = KEPT_BYTES) {
    this.#kept = new KeptBytes(keptBytes);
  }

  /** True for what comes out of a cabinet as it went in, and can be read by a site. */
  takes(xml: Uint8Array): boolean {
    return xml.length * 2 <= MAX_BLOB_BYTES && isUtf8(xml);
  }

  /** The cabinet of a document; its bytes are held, for the caller to give them back. @throws SyncError PortBusy */
  async of(document: Packed, work: CatalogueWork): Promise<Uint8Array> {
    const key = `${identityKey(document.identity)} ${document.xml.length} ${crc32(document.xml)}`;
    const kept = this.#kept.get(key);
    const cabinet = kept ?? (await packed(document.xml, work));
    if (kept !== undefined) await work.hold(kept.length);
    this.#kept.keep(key, cabinet);
    return cabinet;
  }
}

/** Twice its size is held for the moment in which the blocks become one cabinet. */
async function packed(xml: Uint8Array, work: CatalogueWork): Promise<Uint8Array> {
  let made = 0;
  const steps = mszipCabinet(xml, (bytes) => (made += bytes));
  for (let blocks = 0, held = 0; ; blocks++) {
    if (blocks % BLOCKS_IN_ONE_TURN === 0) await work.pace();
    const { done, value } = steps.next();
    if (done === true) {
      await work.hold(value.length - held / 2);
      work.give(held / 2);
      return value;
    }
    await work.hold(2 * made - held);
    held = 2 * made;
  }
}
