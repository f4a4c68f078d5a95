/** A cabinet that cannot be read; turned into a SyncError by whoever knows what the cabinet holds. */
export class CabinetError extends Error {
  override readonly name = 'CabinetError';
}

/** What the fixed part of a cabinet says of itself (CFHEADER). */
interface CabinetHeader {
  readonly members: number;
  /** Uncompressed size of the first member. */
  readonly firstMemberSize: number;
}

const HEADER_SIZE = 36;
const MEMBER_SIZE = 16;
const SIGNATURE = 0x4643534d;
const CONTINUED_FLAGS = 3;

/**
 * Reads CFHEADER and the size of the first CFFILE, before any memory is set aside for the content.
 * @throws CabinetError when the bytes are not a complete cabinet
 */
export function readCabinetHeader(cabinet: Uint8Array, length = cabinet.length): CabinetHeader {
  const view = new DataView(cabinet.buffer, cabinet.byteOffset, cabinet.byteLength);
  if (cabinet.length < HEADER_SIZE || view.getUint32(0, true) !== SIGNATURE)
    throw new CabinetError('it is not a cabinet');
  if (view.getUint32(8, true) > length) throw new CabinetError('it is truncated');
  if ((view.getUint16(30, true) & CONTINUED_FLAGS) !== 0)
    throw new CabinetError('it is part of a set of several cabinets');
  const members = view.getUint16(28, true);
  const first = view.getUint32(16, true);
  if (members === 0) throw new CabinetError('it has no member');
  if (first + MEMBER_SIZE > cabinet.length) throw new CabinetError('its member table is outside the file');
  return { members, firstMemberSize: view.getUint32(first, true) };
}
