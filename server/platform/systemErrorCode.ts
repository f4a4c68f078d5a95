/** The code of an error of the operating system (`ENOENT`), or '' for any other error. */
export function systemErrorCode(caught: unknown): string {
  if (!(caught instanceof Error) || !('code' in caught)) return '';
  return typeof caught.code === 'string' ? caught.code : '';
}
