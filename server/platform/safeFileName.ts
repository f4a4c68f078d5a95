const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;

/**
 * Tells whether a name that somebody else gave can be a file or folder on every system: one part, no device, nothing
 * that Windows cuts off.
 */
export function isSafeFileName(name: string): boolean {
  return (
    name !== '' &&
    name.length <= 200 &&
    !/[\u0000-\u001f<>:"/\\|?*]/.test(name) &&
    !/[. ]$/.test(name) &&
    !name.startsWith('.') &&
    !RESERVED.test(name)
  );
}
