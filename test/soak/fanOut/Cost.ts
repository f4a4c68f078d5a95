import type { Simulation } from '../../link/simulation/Simulation.js';
import type { SimulatedParent } from '../../link/simulation/SimulatedParent.js';

/** What a step of a simulation took; the processor time is that of both ends, which are one process. */
export interface Cost {
  readonly processorMs: number;
  readonly simulatedSeconds: number;
  readonly residentBytes: number;
  readonly messagesDown: number;
  readonly bytesDown: number;
  readonly messagesUp: number;
  readonly bytesUp: number;
  readonly commits: number;
  readonly reportRows: number;
  readonly reportCharacters: number;
}

/** Measures a step of a simulation; what is written counts at the top. */
export async function costOf(
  simulation: Simulation,
  top: SimulatedParent,
  step: () => Promise<unknown>,
): Promise<Cost> {
  const before = readings(simulation, top);
  await step();
  const after = readings(simulation, top);
  const difference = Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, value - before[name as keyof Cost]]),
  ) as unknown as Cost;
  return { ...difference, residentBytes: process.memoryUsage.rss() };
}

/** A line for a reader: in all, and for each of so many nodes. */
export function costLine(name: string, cost: Cost, nodes: number): string {
  const each = (value: number, digits = 1): string => (value / nodes).toFixed(digits);
  return (
    `${name}: ${(cost.processorMs / 1000).toFixed(2)} s of processor time (${each(cost.processorMs, 2)} ms a node), ` +
    `${cost.simulatedSeconds.toFixed(0)} simulated s, ${(cost.residentBytes / 1e6).toFixed(0)} MB; down ` +
    `${each(cost.messagesDown)} messages and ${each(cost.bytesDown, 0)} bytes a node, up ` +
    `${each(cost.messagesUp)} and ${each(cost.bytesUp, 0)}; ${cost.commits} commits, ` +
    `${each(cost.reportRows)} rows and ${each(cost.reportCharacters, 0)} characters a node`
  );
}

function readings(
  { network: { traffic }, clock }: Simulation,
  { writes }: SimulatedParent,
): Record<keyof Cost, number> {
  const { user, system } = process.cpuUsage();
  return {
    processorMs: (user + system) / 1000,
    simulatedSeconds: clock.time / 1000,
    residentBytes: 0,
    messagesDown: traffic.down.messages,
    bytesDown: traffic.down.bytes,
    messagesUp: traffic.up.messages,
    bytesUp: traffic.up.bytes,
    commits: writes.commits,
    reportRows: writes.reports,
    reportCharacters: writes.characters,
  };
}
