/** What files of tests need beside Node.js and PowerShell, by where they are and what they import. */
const NEEDS = [
  ['PostgreSQL', /\/(?:postgresSuite|PostgresServer|sharedSites|openTestStore)\.js['"]/],
  ['Node.js 24', /\/sqliteSuite\.js['"]/],
  ['accounts of root', /\/process\/accounts\/|\/(?:accounts|AccountLab)\.js['"]/],
  ['a browser', /\/Browser\.js['"]/],
];
const NOTHING_ELSE = 'only Node.js and PowerShell';

function groupOf(file, text) {
  const found = NEEDS.find(([, sign]) => sign.test(file.replaceAll('\\', '/')) || sign.test(text));
  return found?.[0] ?? NOTHING_ELSE;
}

/** What each group took, what needs nothing else first: `{ name, files, seconds, processor }`. */
export function groupTimes(times, textOf) {
  const groups = new Map([NOTHING_ELSE, ...NEEDS.map(([name]) => name)].map((name) => [name, empty(name)]));
  for (const { file, seconds, processor } of times) {
    const group = groups.get(groupOf(file, textOf(file)));
    group.files += 1;
    group.seconds += seconds;
    group.processor += processor ?? 0;
  }
  return [...groups.values()].filter(({ files }) => files > 0);
}

function empty(name) {
  return { name, files: 0, seconds: 0, processor: 0 };
}
