import type { SourceLanguage } from '../wire/getConfigData.js';
import { isGuid, PackageError } from './package.js';
import type { PackageDescription, PackageHeader, PackageUpdate } from './package.js';

const START = '<!-- ConfigMgrSync ';
const FORM = /<!-- ConfigMgrSync (\{[^<>]*\}) -->/;
/** 50,000 products are two million characters. */
const SEARCHED_BYTES = 16 * 1024 * 1024;

/** The description as a comment of package.xml, which every XML reader passes over. */
export function writePackageComment(description: PackageDescription): string {
  // Two hyphens would end a comment, and `<` and `>` shall only stand at its ends.
  const json = JSON.stringify(description).replace(
    /[<>]|-(?=-)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${START}${json} -->`;
}

/**
 * The description that stands before the root of package.xml; undefined where another program has written it. @throws
 * PackageError
 */
export function readPackageComment(manifest: Buffer): PackageDescription | undefined {
  const root = manifest.subarray(0, SEARCHED_BYTES).indexOf('<ExportPackage');
  const json = FORM.exec(manifest.toString('utf8', 0, Math.max(0, root)))?.[1];
  if (json === undefined) return undefined;
  const read = parsed(json);
  if (!isDescription(read)) throw new PackageError('the comment of ConfigMgrSync in package.xml cannot be read');
  return read;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new PackageError('the comment of ConfigMgrSync in package.xml cannot be read', { cause: error });
  }
}

function isDescription(value: unknown): value is PackageDescription {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  const isText = (name: string): boolean => typeof given[name] === 'string';
  const isCount = (name: string): boolean => Number.isSafeInteger(given[name]) && Number(given[name]) >= 0;
  const isIds = (name: string): boolean => Array.isArray(given[name]) && (given[name] as unknown[]).every(isGuid);
  return (
    given['version'] === 1 &&
    ['siteCode', 'serverName', 'catalogue'].every(isText) &&
    ['follows', 'reaches', 'run'].every(isCount) &&
    ['products', 'classifications'].every(isIds)
  );
}

const MARK = '\ufeff';
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITY: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

/** A content file of package.xml; the digest is its SHA-1 in base64. */
interface PackageContentFile {
  readonly digest: string;
  readonly muUrl: string;
  readonly name: string;
}

/** package.xml up to where its files begin, byte for byte in the form of `wsusutil export` but for the comment. */
export function packageXmlStart(
  header: PackageHeader,
  languages: readonly SourceLanguage[],
  description: PackageDescription,
): string {
  const { serverId, creationTime, formatVersion, protocolVersion } = header;
  return (
    `${MARK}<?xml version="1.0" encoding="utf-8"?>${writePackageComment(description)}` +
    `<ExportPackage ServerID="${serverId}" CreationTime="${creationTime}" FormatVersion="${formatVersion}" ` +
    `ProtocolVersion="${protocolVersion}">` +
    wrapped('Languages', languages.map(languageXml).join(''))
  );
}

/** An element of Files. */
export function packageFileXml({ digest, muUrl, name }: PackageContentFile): string {
  return `<File Digest="${attribute(digest)}" MUUrl="${attribute(muUrl)}" Name="${attribute(name)}" />`;
}

/** An element of Updates. */
export function packageUpdateXml({ identity, digests, categories, classifications }: PackageUpdate): string {
  const list = (item: string, name: string, values: readonly string[]): string =>
    values.map((value) => `<${item} ${name}="${attribute(value)}" />`).join('');
  return (
    `<Update UpdateId="${identity.updateId}" ` +
    `RevisionNumber="${identity.revisionNumber}">${wrapped('Files', list('File', 'Digest', digests))}` +
    wrapped('Categories', list('Category', 'Value', categories)) +
    wrapped('Classifications', list('Classification', 'Value', classifications)) +
    '</Update>'
  );
}

function languageXml({ languageId, shortLanguage, longLanguage, enabled }: SourceLanguage): string {
  return (
    `<Language Id="${languageId}" ShortName="${attribute(shortLanguage)}" ` +
    `LongName="${attribute(longLanguage)}" Enabled="${enabled ? 1 : 0}" />`
  );
}

function wrapped(name: string, inside: string): string {
  return inside === '' ? `<${name} />` : `<${name}>${inside}</${name}>`;
}

function attribute(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[<>&"\r\n\t]/g, (character) => ENTITY[character] ?? character);
}
