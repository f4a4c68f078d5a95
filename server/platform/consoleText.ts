import { isUtf8 } from 'node:buffer';

/** The letters that the code pages of consoles in western Europe and America (850, 437) have in the same places. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  ...[...'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ'].map((letter, index) => [0x80 + index, letter] as const),
  ...[...'áíóúñÑ'].map((letter, index) => [0xa0 + index, letter] as const),
  [0xe1, 'ß'],
]);

/**
 * The text of what a program printed. On Windows system programs print in the code page of the console, which nothing
 * names: what is no valid UTF-8 is read so that western letters are right.
 */
export function consoleText(bytes: Buffer, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32' || isUtf8(bytes)) return bytes.toString('utf8');
  return [...bytes].map((byte) => LETTERS.get(byte) ?? String.fromCharCode(byte)).join('');
}
