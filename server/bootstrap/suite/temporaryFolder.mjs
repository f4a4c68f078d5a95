import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ROOM = 4 * 1024 ** 3;

/**
 * The folder for temporary files of a run. In memory where Linux has room for it, because the tests wait longer for
 * the disk (files made durable and removed) than for anything else; what they test is kills, not power cuts of this
 * machine. A `TMPDIR` that is set is kept. `env` is what the tests need to use it.
 */
export function temporaryFolder({
  platform = process.platform,
  env = process.env,
  statfs = statfsSync,
  onSignal = (signal, then) => void process.once(signal, then),
} = {}) {
  const isInMemory = platform === 'linux' && env.TMPDIR === undefined && roomIn(MEMORY, statfs) >= ROOM;
  const folder = mkdtempSync(join(isInMemory ? MEMORY : tmpdir(), 'cmst-'));
  // Tests under other accounts make their own folders here, as in /tmp.
  chmodSync(folder, 0o1777);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Nobody else would give the memory back.
  for (const signal of ['SIGINT', 'SIGTERM'])
    onSignal(signal, () => {
      remove();
      process.exit(1);
    });
  return { folder, remove, env: isInMemory ? { TMPDIR: folder } : {} };
}

function roomIn(path, statfs) {
  try {
    const { bavail, bsize } = statfs(path);
    return bavail * bsize;
  } catch {
    // There is none.
    return 0;
  }
}
