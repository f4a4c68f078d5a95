const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `512 bytes`, `1.5 MB`, `120 GB`: as Windows counts them. */
export function bytesText(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power] ?? ''}`;
}
