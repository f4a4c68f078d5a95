import type { KnownSite } from '../join/decideJoin.js';
import type { NodeRecord } from './NodeRecord.js';

/**
 * A code that was said to be free is kept so long for the one who asked; the site that takes it is reported by then.
 */
const keptMs = 600_000;

/** Site codes that somebody in the hierarchy is about to take. */
export class CodeClaims {
  readonly #claims = new Map<string, { readonly asker: string; readonly until: number }>();

  /** Who else has claimed the code at that time (ms); undefined: it is the asker's now. */
  claim(siteCode: string, asker: string, now: number): string | undefined {
    for (const [code, { until }] of this.#claims) if (until <= now) this.#claims.delete(code);
    const other = this.#claims.get(siteCode);
    if (other !== undefined && other.asker !== asker) return other.asker;
    this.#claims.set(siteCode, { asker, until: now + keptMs });
    return undefined;
  }
}

/** The sites that nodes are, and those that they have reported below them. */
export function sitesKnownBy(nodes: readonly NodeRecord[]): readonly KnownSite[] {
  return nodes.flatMap((node) => [
    { siteCode: node.siteCode, serverName: node.serverName, type: node.type, isSeen: node.lastSeen > 0 },
    ...(node.lastReport?.sites ?? []).map((site) => ({
      siteCode: site.SiteCode,
      serverName: site.ServerName,
      type: site.TypeName as KnownSite['type'],
      isSeen: site.Status === 1,
    })),
  ]);
}
