/** The two members of an export. */
export type PackageMember = 'package.xml' | 'metadata.txt';

/** The file of an export, however it is packed. Its members can be read again and again, one at a time. */
export interface PackageFile {
  readonly format: 'Cabinet' | 'Gzip';
  /** The content in pieces, each valid until the next one is asked for. @throws PackageError, CabinetError */
  pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}
