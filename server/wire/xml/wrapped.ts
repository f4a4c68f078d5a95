/** A wrapper element around its items; it stands even when there are none. */
export function wrapped(name: string, items: readonly string[]): string {
  return `<${name}>${items.join('')}</${name}>`;
}
