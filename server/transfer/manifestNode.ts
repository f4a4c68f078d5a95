import { PackageError } from './PackageError.js';

/** An element of package.xml as fast-xml-parser gives it: attributes and children by name. */
export type ManifestNode = Readonly<Record<string, unknown>>;

/** The `item` elements inside the `wrapper` element; none when the wrapper is missing or empty. */
export function itemsOf(node: ManifestNode, wrapper: string, item: string): ManifestNode[] {
  const inside = node[wrapper];
  if (!isNode(inside)) return [];
  const items = inside[item];
  if (items === undefined) return [];
  return (Array.isArray(items) ? items : [items]).filter(isNode);
}

/** An attribute that must be there. */
export function attributeOf(node: ManifestNode, name: string, where: string): string {
  const value = node[name];
  if (typeof value !== 'string') throw new PackageError(`package.xml has ${where} without ${name}`);
  return value;
}

/** Tells an element with attributes or children from an empty one and from text. */
export function isNode(value: unknown): value is ManifestNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
