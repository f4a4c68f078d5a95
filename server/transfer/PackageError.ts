/** Why a package cannot be used; `openWsusPackage` turns it into the SyncError that names the file. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}
