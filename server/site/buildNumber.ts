/** 1.2.3 becomes 10203: a number that grows with the version. */
export function buildNumber(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  return major * 10000 + minor * 100 + patch;
}
