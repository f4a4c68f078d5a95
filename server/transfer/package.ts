import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceLanguage } from '../wire/getConfigData.js';

/** Why a package cannot be used; `openWsusPackage` turns it into the SyncError that names the file. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

/**
 * What a site says of a package it has made, beside what wsusutil's layout holds. Revision ids are the exporting site's
 * own: they only rise.
 */
export interface PackageDescription {
  readonly version: 1;
  readonly siteCode: string;
  readonly serverName: string;
  /** Which database the revision ids are of. */
  readonly catalogue: string;
  /** The last revision that the reader must have from earlier packages; 0: none, the package is whole. */
  readonly follows: number;
  /** The last revision that the reader has after it. */
  readonly reaches: number;
  /** Newest finished run at that time, for the next increment. */
  readonly run: number;
  /** Ids of the products and classifications that were synchronized. */
  readonly products: readonly string[];
  readonly classifications: readonly string[];
}

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

/** The two members of an export. */
export type PackageMember = 'package.xml' | 'metadata.txt';

/** The file of an export, however it is packed. Its members can be read again and again, one at a time. */
export interface PackageFile {
  readonly format: 'Cabinet' | 'Gzip';
  /** The content in pieces, each valid until the next one is asked for. @throws PackageError, CabinetError */
  pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}

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

/**
 * The text inside the `.xml.gz` that we write, one well-formed XML document: package.xml as in the cabinet with one
 * more element
 * at the end of ExportPackage, Metadata, whose text is metadata.txt. The text has `<`, `>`, `&` and carriage return as
 * references, so that any XML reader gives back its bytes.
 */
export const METADATA_ELEMENT = { start: Buffer.from('<Metadata>'), end: Buffer.from('</Metadata>') } as const;

/** How package.xml ends, and the text with it. */
export const ROOT_END = Buffer.from('</ExportPackage>');

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Tells whether a value is a GUID in lower case. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value);
}
