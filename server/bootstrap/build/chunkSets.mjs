/** What processes and threads load in any case, by the sources that begin them. */
const starts = {
  session: ['server/cli/verbs/stdio.ts'],
  contract: ['server/contract/validator.ts'],
  engine: ['server/cli/verbs/engine.ts', 'server/engine/startEngine.ts'],
  command: ['server/cli/runCommandLine.ts'],
  thread: ['server/sync/reading/threadProgram.ts'],
};
/** What sessions and commands load late, without the engine that a few commands become. */
const LATE = 'late';

/**
 * The chunks that become one file each, by its name: those that the same starts load. `outputs` is what the bundler
 * says of its files.
 */
export function chunkSets(outputs) {
  const users = new Map();
  for (const [start, paths] of loadedBy(outputs))
    for (const path of paths) users.set(path, [...(users.get(path) ?? []), start]);
  const sets = new Map();
  for (const [path, names] of users) {
    const name = names.join('-');
    if (name !== LATE && outputs[path].entryPoint === undefined) sets.set(name, [...(sets.get(name) ?? []), path]);
  }
  return sets;
}

/** All files that each start loads, and those that are loaded late. */
function loadedBy(outputs) {
  const files = new Map(Object.entries(outputs).map(([path, { entryPoint }]) => [entryPoint, path]));
  const filesOf = (start) => starts[start].map((source) => files.get(source)).filter((path) => path !== undefined);
  const now = Object.keys(starts).map((start) => [start, reached(outputs, filesOf(start), isAtOnce)]);
  const engine = new Set(filesOf('engine'));
  const isLate = (asked) => !engine.has(asked.path);
  return [...now, [LATE, reached(outputs, [...filesOf('session'), ...filesOf('command')], isLate)]];
}

function isAtOnce({ kind }) {
  return kind === 'import-statement';
}

/** These files with what they import, and what that imports. */
function reached(outputs, from, isFollowed) {
  const found = new Set(from);
  for (const path of found)
    for (const asked of outputs[path].imports) if (asked.path in outputs && isFollowed(asked)) found.add(asked.path);
  return found;
}
