import { assembly, putDocument } from './assembly.js';

const COUNTED_AT_ONCE = 64 * 1024;

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

/** Units of UTF-16 that UTF-8 of any length stands for; a character counts where its first byte stands. */
export function utf16Length(utf8: Uint8Array): number {
  const module = assembly();
  let units = 0;
  for (let at = 0; at < utf8.length; at += COUNTED_AT_ONCE)
    units += module.utf16Length(putDocument(module, utf8.subarray(at, at + COUNTED_AT_ONCE)));
  return units;
}

/** How many bytes `escapeQuickly` makes of at most a megabyte. */
export function countEscaped(bytes: Uint8Array): number {
  const module = assembly();
  return module.escapedLength(putDocument(module, bytes));
}
