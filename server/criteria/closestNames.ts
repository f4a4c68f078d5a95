/** Up to `count` names that are most like the given one, best first. */
export function closestNames(name: string, known: readonly string[], count = 3): readonly string[] {
  const wanted = name.toLowerCase();
  const scored = [...new Set(known)].map((candidate) => ({
    candidate,
    distance: distanceOf(wanted, candidate.toLowerCase()),
  }));
  return scored
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
    .slice(0, count)
    .map((entry) => entry.candidate);
}

/** Edits between the texts; a candidate that contains the text counts as near. */
function distanceOf(wanted: string, candidate: string): number {
  const edits = levenshtein(wanted, candidate);
  return candidate.includes(wanted) ? Math.min(edits, 2) : edits;
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
