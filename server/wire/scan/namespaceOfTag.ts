import { decodeEntities } from '../xml/decodeEntities.js';

const DECLARATION = /\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The namespace of the last of some start tags, each inside the one before it; '' where it has none. */
export function namespaceOfTag(startTags: readonly string[]): string {
  const prefix = /^([^\s:>/]+):/.exec(startTags.at(-1) ?? '')?.[1] ?? '';
  for (const startTag of [...startTags].reverse()) {
    for (const [, declared = '', double, single] of startTag.matchAll(DECLARATION))
      if (declared === prefix) return decodeEntities(double ?? single ?? '');
  }
  return '';
}
