import type { LinkFinding } from '../contract/generated/types.js';
import { printable } from '../platform/printable.js';
import type { Finding, SiteFacts } from './HealthFacts.js';
import { isPoint, siteFindings } from './siteFindings.js';

/** A report has so many of the node itself, and so many in all. */
const OWN = 20;
const ALL = 500;
/** Characters of one. */
const LENGTH = 500;

/**
 * What is wrong at a node and below it, as it is told upwards: the worst first, bounded in number and length. How its
 * software update points are stands in their rows.
 */
export function reportedFindings(
  facts: SiteFacts,
  { serverName, below }: { readonly serverName: string; readonly below: readonly LinkFinding[] },
): readonly LinkFinding[] {
  const finding = (text: string, isBroken = false): LinkFinding => ({
    siteCode: facts.siteCode,
    serverName,
    role: isPoint(facts) ? 'SoftwareUpdatePoint' : 'Site',
    isBroken,
    isHeard: true,
    text: clean(text),
  });
  const more = (count: number): LinkFinding =>
    finding(`${count} more problems: ask there with Get-CMSyncHealth (configmgrsync health).`);
  const own = siteFindings(facts).map(({ state, text }) => finding(text, state === 'Broken'));
  return bounded([...bounded(own, OWN, more), ...below], ALL, more);
}

/**
 * What those below have said: each text once, with the names of who said it, the worst first. What settings of this
 * site bring about below too, so that its own last run warns of it, is mended here and left out.
 */
export function belowFindings(
  below: readonly LinkFinding[],
  ownWarnings: readonly string[],
): readonly (Finding & { readonly isBroken: boolean })[] {
  const own = new Set(ownWarnings.map(clean));
  const names = new Map<string, { readonly isBroken: boolean; readonly text: string; readonly names: Set<string> }>();
  for (const { text, isBroken, ...node } of below) {
    if (!isBroken && own.has(clean(text))) continue;
    const key = JSON.stringify([isBroken, node.isHeard, text]);
    const said = names.get(key) ?? { isBroken, text: clean(text), names: new Set() };
    said.names.add(nameOf(node));
    names.set(key, said);
  }
  return [...names.values()]
    .sort(worseFirst)
    .map(({ isBroken, text, names: who }) => ({ state: 'Degraded', isBroken, text: `${listed([...who])}: ${text}` }));
}

function nameOf({ role, siteCode, serverName, isHeard }: Omit<LinkFinding, 'text' | 'isBroken'>): string {
  const name = role === 'Site' ? `Site ${siteCode}` : clean(serverName);
  return isHeard ? name : `${name}, when it was last heard of`;
}

/** `Site PS1`, `Site PS1 and Site PS2`, `Site PS1, Site PS2 and 4 more`. */
function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${names.length - 2} more`;
}

function bounded(
  findings: readonly LinkFinding[],
  most: number,
  more: (count: number) => LinkFinding,
): readonly LinkFinding[] {
  const sorted = findings.toSorted(worseFirst);
  return sorted.length <= most ? sorted : [...sorted.slice(0, most - 1), more(sorted.length - most + 1)];
}

function worseFirst(a: { readonly isBroken: boolean }, b: { readonly isBroken: boolean }): number {
  return Number(b.isBroken) - Number(a.isBroken);
}

/** Nothing that a terminal or a log obeys. */
function clean(text: string): string {
  const line = printable(text.replace(/\s+/g, ' ')).trim();
  return line.length <= LENGTH ? line : `${line.slice(0, LENGTH - 1)}…`;
}
