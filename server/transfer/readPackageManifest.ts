import { XMLParser } from 'fast-xml-parser';
import { reasonOf } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { END, XmlScanner } from '../metadata/XmlScanner.js';
import { XmlSyntaxError } from '../metadata/XmlSyntaxError.js';
import type { SourceLanguage } from '../upstream/Source.js';
import { attributeOf, isNode, itemsOf, type ManifestNode } from './manifestNode.js';
import { PackageError } from './PackageError.js';
import type { PackageHeader, PackageManifest, PackageUpdate } from './WsusPackage.js';

const NAME = 'package.xml';
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const KNOWN_FORMAT = '1.0';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads package.xml of an export (wsus-protocol section 3.5). */
export function readPackageManifest(bytes: Buffer): PackageManifest {
  const root = rootOf(bytes.subarray(bytes.indexOf(MARK) === 0 ? MARK.length : 0));
  return {
    header: headerOf(root),
    languages: itemsOf(root, 'Languages', 'Language').map(languageOf),
    files: new Map(itemsOf(root, 'Files', 'File').map(fileOf)),
    updates: updatesOf(root),
  };
}

function rootOf(bytes: Buffer): ManifestNode {
  if (bytes.includes('<!DOCTYPE')) throw new PackageError(`${NAME} has a DOCTYPE`);
  refuseMalformed(bytes);
  const root = parsed(bytes)['ExportPackage'];
  if (!isNode(root)) throw new PackageError(`${NAME} has no ExportPackage element`);
  return root;
}

/** The parser forgives what is not closed; the strict reader of documents does not. */
function refuseMalformed(bytes: Buffer): void {
  try {
    const scanner = new XmlScanner(bytes);
    while (scanner.next() !== END) continue;
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new PackageError(`${NAME} is not well-formed: ${error.message}`, { cause: error });
  }
}

function parsed(bytes: Buffer): ManifestNode {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false, ignoreDeclaration: true });
  try {
    const tree: unknown = parser.parse(bytes.toString('utf8'));
    return isNode(tree) ? tree : {};
  } catch (error) {
    throw new PackageError(`${NAME} is not well-formed: ${reasonOf(error)}`, { cause: error });
  }
}

function headerOf(root: ManifestNode): PackageHeader {
  const text = (name: string): string => attributeOf(root, name, 'an ExportPackage');
  const header = {
    serverId: text('ServerID').toLowerCase(), creationTime: text('CreationTime'),
    formatVersion: text('FormatVersion'), protocolVersion: text('ProtocolVersion'),
  };
  if (header.formatVersion !== KNOWN_FORMAT) throw new PackageError(`its format ${header.formatVersion} is not known`);
  if (!header.protocolVersion.startsWith('1.')) throw new PackageError(`its protocol version ${header.protocolVersion} is not known`);
  return header;
}

function languageOf(node: ManifestNode): SourceLanguage {
  const text = (name: string): string => attributeOf(node, name, 'a Language');
  return { languageId: Number(text('Id')), shortLanguage: text('ShortName'), longLanguage: text('LongName'), enabled: /^(1|true)$/i.test(text('Enabled')) };
}

function fileOf(node: ManifestNode): [string, string] {
  return [attributeOf(node, 'Digest', 'a File'), attributeOf(node, 'MUUrl', 'a File')];
}

function updatesOf(root: ManifestNode): Map<string, PackageUpdate> {
  const updates = new Map<string, PackageUpdate>();
  for (const node of itemsOf(root, 'Updates', 'Update')) {
    const update = updateOf(node);
    const key = identityKey(update.identity);
    if (updates.has(key)) throw new PackageError(`package.xml lists ${key} twice`);
    updates.set(key, update);
  }
  return updates;
}

function updateOf(node: ManifestNode): PackageUpdate {
  const updateId = attributeOf(node, 'UpdateId', 'an Update').toLowerCase();
  const revisionNumber = Number(attributeOf(node, 'RevisionNumber', 'an Update'));
  if (!GUID.test(updateId) || !Number.isSafeInteger(revisionNumber)) throw new PackageError('package.xml has an Update without a valid identity');
  return {
    identity: { updateId, revisionNumber },
    digests: itemsOf(node, 'Files', 'File').map((file) => attributeOf(file, 'Digest', 'a File')),
    categories: valuesOf(node, 'Categories', 'Category'),
    classifications: valuesOf(node, 'Classifications', 'Classification'),
  };
}

function valuesOf(node: ManifestNode, wrapper: string, item: string): string[] {
  return itemsOf(node, wrapper, item).map((entry) => attributeOf(entry, 'Value', `a ${item}`).toLowerCase());
}
