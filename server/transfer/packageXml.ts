import type { SourceLanguage } from '../wire/getConfigData.js';
import { writePackageComment } from './packageComment.js';
import type { PackageDescription } from './PackageDescription.js';
import type { PackageHeader, PackageUpdate } from './WsusPackage.js';

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
export interface PackageContentFile {
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
