/** Server names are the same without regard to case. */
export function isSameServer(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
