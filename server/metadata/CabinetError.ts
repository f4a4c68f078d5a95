/** A cabinet that cannot be read; turned into a SyncError by whoever knows what the cabinet holds. */
export class CabinetError extends Error {
  override readonly name = 'CabinetError';
}
