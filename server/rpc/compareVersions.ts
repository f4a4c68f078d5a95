/** Below 0 when a is the older version; a version with a suffix (1.2.0-beta) is older than the one without. */
export function compareVersions(a: string, b: string): number {
  const [mainA = '', ...suffixA] = a.split('-');
  const [mainB = '', ...suffixB] = b.split('-');
  const parts = [0, 1, 2].map((index) => numberAt(mainA, index) - numberAt(mainB, index));
  return parts.find((difference) => difference !== 0) ?? Math.sign(suffixB.length - suffixA.length);
}

function numberAt(version: string, index: number): number {
  return Number.parseInt(version.split('.')[index] ?? '0', 10) || 0;
}
