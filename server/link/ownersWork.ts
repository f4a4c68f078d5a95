import type { LinkClaimResult, LinkJoinRequest, LinkJoinResult } from '../contract/generated/types.js';

/**
 * What the owner of a site does for the nodes below it, also for those that are connected to another server of the
 * site: only the owner may write, and only it speaks with the parent.
 */
export interface OwnersWork {
  join(request: LinkJoinRequest): Promise<LinkJoinResult>;
  /** `nodeId`: of the node that asks. */
  claim(request: { readonly siteCode: string; readonly nodeId: number }): Promise<LinkClaimResult>;
  /** Keeps another public key of a node, which has proved that it has the private one. */
  rotateKey(request: { readonly nodeId: number; readonly publicKey: string }): Promise<object>;
}

type Work = keyof OwnersWork;

/** How a server that follows has it done; fails with what the owner threw. */
export type CarryToOwner = (method: `link/${Work}`, params: object) => Promise<unknown>;

/** The work under the names with which it is carried. */
export type CarriedLinkWork = Readonly<Record<string, (params: never) => Promise<unknown>>>;

/** The same, for who does what was carried. */
export function carriedNames(host: () => Promise<OwnersWork>): CarriedLinkWork {
  return {
    'link/join': async (request: Parameters<OwnersWork['join']>[0]) => (await host()).join(request),
    'link/claim': async (request: Parameters<OwnersWork['claim']>[0]) => (await host()).claim(request),
    'link/rotateKey': async (request: Parameters<OwnersWork['rotateKey']>[0]) => (await host()).rotateKey(request),
  };
}
