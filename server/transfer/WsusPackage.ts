import type { SourceLanguage } from '../wire/getConfigData.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { PackageDescription } from './PackageDescription.js';

/** Attributes of ExportPackage. */
export interface PackageHeader {
  readonly serverId: string;
  /** dateTime as written. */
  readonly creationTime: string;
  readonly formatVersion: string;
  readonly protocolVersion: string;
}

/** What package.xml says of one update. */
export interface PackageUpdate {
  readonly identity: UpdateIdentity;
  /** base64 SHA-1 of its files. */
  readonly digests: readonly string[];
  readonly categories: readonly string[];
  readonly classifications: readonly string[];
}

/** package.xml of a `wsusutil export`. */
export interface PackageManifest {
  readonly header: PackageHeader;
  readonly languages: readonly SourceLanguage[];
  /** MUUrl by base64 SHA-1. */
  readonly files: ReadonlyMap<string, string>;
  /** By `guid.revision`, in the order of the file. */
  readonly updates: ReadonlyMap<string, PackageUpdate>;
  /** What the site that has made it says beside; undefined for a package of wsusutil. */
  readonly description: PackageDescription | undefined;
}

/** One record of metadata.txt. */
export interface PackageDocument {
  readonly identity: UpdateIdentity;
  /** UTF-8 bytes of the document. */
  readonly xml: Uint8Array;
}

/** An opened export (wsus-protocol section 3.5). */
export interface WsusPackage extends PackageManifest {
  readonly format: 'Cabinet' | 'Gzip';
  /**
   * The documents in their order, read as they are asked for; one pass at a time.
   * @throws SyncError PackageInvalid
   */
  documents(): AsyncGenerator<PackageDocument, void, undefined>;
  close(): Promise<void>;
}
