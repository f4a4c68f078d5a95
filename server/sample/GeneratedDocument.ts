import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';

/** A document of the sample catalogue, and what a catalogue needs to know of it without reading it. */
export interface GeneratedDocument {
  readonly identity: UpdateIdentity;
  readonly xml: Uint8Array;
  /** A category or a detectoid. */
  readonly isConfiguration: boolean;
  /** Ids of all clauses marked IsCategory. */
  readonly memberships: readonly string[];
  /** Exact revisions of the children. */
  readonly bundled: readonly UpdateIdentity[];
  readonly fileUrls: readonly SourceFileUrl[];
  /** Content files that can really be fetched: licence terms. */
  readonly contentFiles?: readonly Uint8Array[];
}

const MSUS = 'http://schemas.microsoft.com/msus/2002/12/';

/** Namespace URIs by the prefixes that Microsoft's documents use. */
export const NAMESPACES = {
  upd: `${MSUS}Update`,
  pub: `${MSUS}Publishing`,
  bar: `${MSUS}BaseApplicabilityRules`,
  lar: `${MSUS}LogicalApplicabilityRules`,
  cbsar: `${MSUS}CbsApplicabilityRules`,
  cat: `${MSUS}UpdateHandlers/Category`,
  cmd: `${MSUS}UpdateHandlers/CommandLineInstallation`,
  cbs: `${MSUS}UpdateHandlers/Cbs`,
  osi: 'http://schemas.microsoft.com/msus/2016/01/UpdateHandlers/OSInstaller',
} as const;

/** A prefix of `NAMESPACES`. */
type Prefix = keyof typeof NAMESPACES;

/** The start tag of a document that declares these prefixes and `upd`. */
export function openUpdate(prefixes: readonly Prefix[]): string {
  return (
    `<upd:Update${prefixes.map((prefix) => ` xmlns:${prefix}="${NAMESPACES[prefix]}"`).join('')} ` +
    `xmlns:upd="${NAMESPACES.upd}">`
  );
}

/** Handler types as Microsoft writes them: other implementations compare the text, prefix included. */
type HandlerType =
  | 'cat:Category'
  | 'cbs:Cbs'
  | 'cmd:CommandLineInstallation'
  // This one has no prefix there.
  | 'OSInstallerMetadata';

/** The start tag of HandlerSpecificData for a handler type. */
export function handlerType(type: HandlerType): string {
  return `<upd:HandlerSpecificData xsi:type="${type}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`;
}

/** Text and attribute values with `&`, `<`, `>` and `"` written as entities. */
export function escapeText(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
    : text;
}

/** A reference to any revision of an update. */
export function identityReference(updateId: string): string {
  return `<upd:UpdateIdentity UpdateID="${updateId}" />`;
}

/** A prerequisite clause that one of the ids satisfies. */
export function atLeastOne(updateIds: readonly string[], isCategory: boolean): string {
  return (
    `<upd:AtLeastOne${isCategory ? ' IsCategory="true"' : ''}>` +
    `${updateIds.map(identityReference).join('')}</upd:AtLeastOne>`
  );
}
