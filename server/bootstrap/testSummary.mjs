/** The lines after a test run: what was skipped, then the counts as the last line. */
export function summaryLines({ passed, failed, skipped }) {
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return [...skipped.map((title) => `skipped: ${title}`), `${passed} passed, ${failed} failed${tail}`];
}

/** With CI=true a test that could not run is a failure; a run without tests always is. */
export function exitCodeOf(code, { passed, failed, skipped }, isCi) {
  if (code !== 0 || failed > 0) return 1;
  if (passed + skipped.length === 0) return 1;
  return isCi && skipped.length > 0 ? 1 : 0;
}
