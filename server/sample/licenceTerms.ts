/** The licence terms of a sample update, as the bytes of their file. */
export function licenceTerms(eulaId: string): Uint8Array {
  return Buffer.from(
    `SAMPLE LICENCE TERMS ${eulaId}\r\n\r\nThese terms belong to an update that does not exist. You may do with ` +
      `it whatever you like.\r\n`,
    'utf8',
  );
}
