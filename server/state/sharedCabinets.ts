import { type BlobCabinetReader, createBlobCabinetReader } from '../cabinet/readBlobCabinet.js';

let cabinets: Promise<BlobCabinetReader> | undefined;

/** The one reader of cabinets of this thread. */
export async function sharedCabinets(): Promise<BlobCabinetReader> {
  cabinets ??= createBlobCabinetReader();
  return cabinets;
}
