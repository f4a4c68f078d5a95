import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly processors: number;
  readonly model: string;
  readonly memoryBytes: number;
  readonly node: string;
  readonly platform: string;
}

export function thisMachine(): Machine {
  const found = cpus();
  return {
    processors: found.length,
    model: found[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    node: process.versions.node,
    platform: process.platform,
  };
}

/** Programs that wanted a processor in the last minute; undefined on Windows, which does not count them. */
export function loadNow(): number | undefined {
  return process.platform === 'win32' ? undefined : loadavg()[0];
}

/** Machine and load as one line. */
export function machineLine(machine: Machine, loads: readonly (number | undefined)[]): string {
  const [before, after] = loads.map((load) => load?.toFixed(1));
  return (
    `${machine.processors} processors (${machine.model}), Node.js ${machine.node}, ${machine.platform}` +
    (before === undefined || after === undefined ? '' : `, load ${before} at the start and ${after} at the end`)
  );
}
