import { assembly, putDocument } from './assembly.js';

/**
 * The decoded bytes of escaped text, until the next call; undefined where it is too long, or has other references than
 * the five with a name.
 */
export function unescapeQuickly(bytes: Uint8Array): Uint8Array | undefined {
  const module = assembly();
  if (bytes.length > module.documentLimit()) return undefined;
  const length = module.unescape(putDocument(module, bytes));
  return length < 0 ? undefined : new Uint8Array(module.memory.buffer, module.resultPlace(), length);
}

/** The bytes with `<`, `>`, `&` and the carriage return as references, until the next call. It takes 64 KB at most. */
export function escapeQuickly(bytes: Uint8Array): Uint8Array {
  const module = assembly();
  const length = module.escape(putDocument(module, bytes));
  return new Uint8Array(module.memory.buffer, module.resultPlace(), length);
}

/** How many bytes `escapeQuickly` makes of at most a megabyte. */
export function countEscaped(bytes: Uint8Array): number {
  const module = assembly();
  return module.escapedLength(putDocument(module, bytes));
}
