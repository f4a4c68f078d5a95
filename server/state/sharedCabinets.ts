import type { BlobCabinetReader } from '../cabinet/readBlobCabinet.js';

let cabinets: Promise<BlobCabinetReader> | undefined;

/** The one reader of cabinets of this thread, loaded when it is first needed. */
export async function sharedCabinets(): Promise<BlobCabinetReader> {
  cabinets ??= import('../cabinet/readBlobCabinet.js').then(async (module) => module.createBlobCabinetReader());
  return cabinets;
}
