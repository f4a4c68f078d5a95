import { isUtf8 } from 'node:buffer';

/** The letters that the code pages of consoles in western Europe and America (850, 437) have in the same places. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  ...lettersFrom(0x80, 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ'),
  ...lettersFrom(0xa0, 'áíóúñÑ'),
  [0xe1, 'ß'],
]);

function lettersFrom(first: number, letters: string): readonly (readonly [number, string])[] {
  return letters.split('').map((letter, index) => [first + index, letter]);
}

/**
 * The text of what a program printed. On Windows system programs print in the code page of the console, which nothing
 * names: what is no valid UTF-8 is read so that western letters are right.
 */
export function consoleText(bytes: Buffer, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32' || isUtf8(bytes)) return bytes.toString('utf8');
  return [...bytes].map((byte) => LETTERS.get(byte) ?? String.fromCharCode(byte)).join('');
}
