/** Folders whose tests start processes: the long ones of a machine that has not measured them yet. */
const processes = /^test\/(process|soak|service|cmdlets|powershell|package|cli|relay|rpc)\//;

/** Files in the order in which several workers take them: the longest first, so that none is left for the end. */
export function orderFiles(files, seconds) {
  const weight = (file) => seconds[file] ?? (processes.test(file) ? 10 : 1);
  return [...files].sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
}

/** How long each file took, from its tests; what did not run this time stays. */
export function secondsOf(tests, before) {
  const seconds = {};
  for (const { file, duration } of tests) seconds[file] = (seconds[file] ?? 0) + duration / 1000;
  return { ...before, ...seconds };
}
