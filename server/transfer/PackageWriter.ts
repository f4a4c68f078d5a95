import type { PackageMember } from './PackageFile.js';

/**
 * Writes the two members of an export into a file, front to back: package.xml without its last end tag, which comes by
 * itself, then metadata.txt.
 */
export interface PackageWriter {
  begin(member: PackageMember): Promise<void>;
  /** The bytes may be used again afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the file whole and durable. @throws SyncError PackageTooLarge */
  finish(): Promise<void>;
  /** Closes the file, which is left half. */
  abandon(): Promise<void>;
}
