const SLOWEST = 10;

/** The lines after a run: the slowest tests, the times of groups and of all, what was skipped and why, last the counts. */
export function summaryLines({ passed, failed, skipped, tests, processor, groups }) {
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  const time = processor === undefined ? [] : [`Processor time: ${processor.toFixed(0)} s`];
  return [
    ...slowestLines(tests ?? []),
    ...groupLines(groups ?? []),
    ...time,
    ...skippedLines(skipped),
    `${passed} passed, ${failed} failed${tail}`,
  ];
}

function slowestLines(tests) {
  if (tests.length <= SLOWEST) return [];
  const slowest = [...tests].sort((a, b) => b.duration - a.duration).slice(0, SLOWEST);
  const lines = slowest.map(
    ({ duration, file, title }) => `${(duration / 1000).toFixed(1).padStart(6)} s  ${file}: ${title}`,
  );
  return ['The slowest tests:', ...lines];
}

function groupLines(groups) {
  if (groups.length === 0) return [];
  const lines = groups.map(
    ({ name, files, seconds, processor }) =>
      `${seconds.toFixed(0).padStart(6)} s, ${processor.toFixed(0).padStart(4)} s  ${name} (${files} files)`,
  );
  return ['What the files took, and their processor time, by what they need:', ...lines];
}

/** A group that a missing tool turns off is one line with its reason. */
function skippedLines(skipped) {
  const groups = new Map();
  for (const title of skipped) {
    const reason = / \(skipped: ([^()]+)\)/.exec(title)?.[1] ?? title;
    groups.set(reason, [...(groups.get(reason) ?? []), title]);
  }
  return [...groups].map(([reason, titles]) =>
    titles.length === 1 ? `skipped: ${titles[0]}` : `skipped: ${titles.length} tests: ${reason}`,
  );
}

/** What the tests and the checks came to together. */
export function together(counts, checks) {
  const right = checks.filter((check) => check.passed).length;
  return { ...counts, passed: counts.passed + right, failed: counts.failed + checks.length - right };
}

/** With CI=true a test that could not run is a failure; a run without tests always is. */
export function exitCodeOf(code, { passed, failed, skipped }, isCi) {
  if (code !== 0 || failed > 0) return 1;
  if (passed + skipped.length === 0) return 1;
  return isCi && skipped.length > 0 ? 1 : 0;
}
