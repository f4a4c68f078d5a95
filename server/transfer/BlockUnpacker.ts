import { inflateRawSync } from 'node:zlib';
import { CABINET_BLOCK_BYTES } from '../metadata/cabinetBlock.js';
import { cabinetChecksum } from '../metadata/cabinetChecksum.js';
import { reasonOf } from '../errors/SyncError.js';
import { COMPRESSION } from './cabinetTable.js';
import { PackageError } from './PackageError.js';

/** Unpacks the blocks (CFDATA) of one folder in their order, MSZIP or stored; each may refer to the one before. */
export class BlockUnpacker {
  readonly #isPacked: boolean;
  #previous: Buffer | undefined;

  constructor(compression: number) {
    this.#isPacked = compression === COMPRESSION.mszip;
  }

  /** `sizes`: the cbData and cbUncomp fields as they stand in the header, after `checksum`. */
  unpack(header: Buffer, body: Buffer): Buffer {
    const checksum = header.readUInt32LE(0);
    const size = header.readUInt16LE(6);
    if (size > CABINET_BLOCK_BYTES) throw new PackageError('one of its blocks is too large');
    // The check sum covers what stands behind it: the rest of the header, then the data.
    if (checksum !== 0 && cabinetChecksum(header.subarray(4), cabinetChecksum(body)) !== checksum)
      throw new PackageError('a check sum does not fit: it is damaged');
    const plain = this.#isPacked ? this.#inflate(body, size) : Buffer.from(body);
    if (plain.length !== size) throw new PackageError('a block does not have the size that it announces');
    this.#previous = plain;
    return plain;
  }

  #inflate(body: Buffer, size: number): Buffer {
    if (body[0] !== 0x43 || body[1] !== 0x4b) throw new PackageError('one of its blocks is no MSZIP block');
    const dictionary = this.#previous;
    try {
      return inflateRawSync(body.subarray(2), {
        maxOutputLength: Math.max(1, size),
        ...(dictionary === undefined ? {} : { dictionary }),
      });
    } catch (error) {
      throw new PackageError(`one of its blocks cannot be unpacked: ${reasonOf(error)}`, { cause: error });
    }
  }
}
