import { isUtf8 } from 'node:buffer';

/** Code pages of consoles that have a name among the encodings of the web; Windows has the others by number alone. */
const ENCODINGS: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
};

/** The letters that the code pages of consoles in western Europe and America (850, 437) have in the same places. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  ...lettersFrom(0x80, 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ'),
  ...lettersFrom(0xa0, 'áíóúñÑ'),
  [0xe1, 'ß'],
]);

function lettersFrom(first: number, letters: string): readonly (readonly [number, string])[] {
  return letters.split('').map((letter, index) => [first + index, letter]);
}

/** Where the text comes from. */
interface TextOrigin {
  readonly platform: NodeJS.Platform;
  /** That of the console, as far as it is known. */
  readonly codePage?: number | undefined;
}

/**
 * The text of what a program printed. On Windows programs print in the code page of the console: what is not valid
 * UTF-8 is read so; where the code page is not known, or has no encoding here, so that western letters are right.
 */
export function consoleText(bytes: Buffer, { platform, codePage = 850 }: TextOrigin): string {
  if (platform !== 'win32' || isUtf8(bytes)) return bytes.toString('utf8');
  const encoding = ENCODINGS[codePage] ?? (/^125[0-8]$/.test(String(codePage)) ? `windows-${codePage}` : undefined);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  return [...bytes].map((byte) => LETTERS.get(byte) ?? String.fromCharCode(byte)).join('');
}
