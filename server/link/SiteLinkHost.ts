import { X509Certificate } from 'node:crypto';
import type { LinkClaimResult, LinkJoinRequest, LinkJoinResult, Site } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { RolePage } from '../downstream/UpstreamServerOptions.js';
import type { OpenPort } from '../downstream/port/Port.js';
import type { Clock } from '../platform/Clock.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import { Mutex } from '../platform/Mutex.js';
import type { Sealer } from '../platform/sealSecret.js';
import type { SiteContext } from '../state/SiteContext.js';
import { confirmIdentity } from '../state/confirmIdentity.js';
import { isOwner } from '../store/SharedStore.js';
import { ChildLinkClient } from './ChildLinkClient.js';
import { nodeName, type NodeRecord, sitesBelow } from './NodeRecord.js';
import { NodeRegistry } from './NodeRegistry.js';
import { ParentHub } from './ParentHub.js';
import { type ParentRecord, readParentRecord, writeParentRecord } from './ParentRecord.js';
import { TokenStore } from './TokenStore.js';
import type { CarryToOwner, OwnersWork } from './ownersWork.js';
import { admitNode, CodeClaims, sitesKnownBy } from './admitNode.js';
import { siteCertificates, type SiteCertificates } from './certificates/siteCertificates.js';

/** What the links of a site are made of. */
export interface SiteLinkOptions {
  readonly context: SiteContext;
  /** Undefined for a site without a parent. */
  readonly record: ParentRecord | undefined;
  readonly clock: Clock;
  readonly sealer: Sealer;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly newNonce: () => string;
  /** Takes a line for engine.log. */
  readonly log: (line: string) => void;
  /** Where several servers share the site. */
  readonly carry?: CarryToOwner | undefined;
  /** The status page, for who comes to the port with a browser. */
  readonly page?: RolePage | undefined;
}

/** How often a running engine looks whether its certificate is due. */
const RENEWAL_MS = 86_400_000;

/** The links of a site: to its parent, and to the nodes below, with the port they come to. */
export class SiteLinkHost {
  readonly children: ParentHub;
  readonly parent: ChildLinkClient | undefined;
  readonly nodes: NodeRegistry;
  readonly tokens: TokenStore;
  /** What this server does as the owner. */
  readonly work: OwnersWork;
  readonly #options: SiteLinkOptions;
  readonly #claims = new CodeClaims();
  readonly #turns = new Mutex();
  #port: OpenPort | undefined;
  #isDialling = false;
  #names: readonly string[] = [];
  #cancelRenewal: () => void = () => undefined;

  private constructor(options: SiteLinkOptions, nodes: NodeRegistry) {
    const { context, record, clock, newNonce } = options;
    const { site, version } = context;
    this.#options = options;
    this.nodes = nodes;
    this.tokens = new TokenStore(context.database);
    const say = (line: string): void => context.log.write(line);
    this.work = {
      join: async (request) => this.#turns.take(async () => this.#admit(request)),
      claim: async ({ siteCode, nodeId }) => this.#claim(siteCode, nodes.find(nodeId)),
      rotateKey: async ({ nodeId, publicKey }) => this.children.keepKey(nodeId, publicKey),
    };
    this.children = new ParentHub({
      siteCode: site.siteCode,
      version,
      clock,
      newNonce,
      log: say,
      registry: nodes,
      isShared: context.shared !== undefined,
      join: async (request) => this.#byOwner('join', request),
      claim: async (siteCode, { id: nodeId }) => this.#byOwner('claim', { siteCode, nodeId }),
      rotateKey: async (nodeId, publicKey) => this.#byOwner('rotateKey', { nodeId, publicKey }),
    });
    this.parent =
      record === undefined
        ? undefined
        : new ChildLinkClient({
            record,
            node: { siteCode: site.siteCode, serverName: site.serverName },
            version,
            clock,
            log: say,
            random: options.random,
            keepRecord: async (changed) => writeParentRecord(site, changed, options.sealer),
          });
  }

  /** Reads what is known of the nodes; `start` dials the parent afterwards. */
  static async open(options: SiteLinkOptions): Promise<SiteLinkHost> {
    const { context, clock } = options;
    const nodes = await NodeRegistry.open({
      database: context.database,
      isOwner: () => isOwner(context),
      clock,
      log: (line) => context.log.write(line),
    });
    return new SiteLinkHost(options, nodes);
  }

  /** Dials the parent, if there is one: where several servers share a site, its owner does. */
  start(): void {
    if (this.#isDialling || !isOwner(this.#options.context)) return;
    this.#isDialling = true;
    const { takeShared } = this.#options.context.site;
    if (takeShared === undefined || this.parent === undefined) this.parent?.start();
    else void this.#dialWith(this.parent, takeShared);
  }

  /** Another server owns the site, and dials the parent. */
  async rest(): Promise<void> {
    this.#isDialling = false;
    await this.parent?.close();
  }

  /** Reads again what other servers have stored of the nodes. */
  async refresh(): Promise<void> {
    await this.children.refresh();
  }

  /** The open port; undefined while nobody is served. */
  get port(): OpenPort | undefined {
    return this.#port;
  }

  /** Opens the port: the server role, and nodes inside TLS. @throws SyncError PortInUse, CertificatesInvalid */
  async serve(plan: ListenPlan): Promise<OpenPort> {
    const { context, log } = this.#options;
    const { leaf } = await this.certificates(plan.host === undefined ? [] : [plan.host]);
    const { openSiteRole } = await import('../downstream/openSiteRole.js');
    const { server } = this.children;
    const port = await openSiteRole(context, plan, {
      certificate: leaf,
      log,
      page: this.#options.page,
      onUpgrade: (request, socket, head) => server.upgrade(request, socket, head),
      onRefused: (peer, reason) => server.refused(peer, reason),
      isKnown: (address) => this.nodes.isKnown(address),
    });
    this.#port = port;
    this.#renewLater();
    return {
      ...port,
      close: async () => {
        this.#cancelRenewal();
        this.#port = undefined;
        await server.close(new SyncError('LinkBroken', { node: context.site.siteCode, reason: 'its port was closed' }));
        await port.close();
      },
    };
  }

  /**
   * The certificates, made or renewed where that is due; the port shows a new one at once. @throws SyncError
   * CertificatesInvalid
   */
  async certificates(names: readonly string[], isRotation = false): Promise<SiteCertificates> {
    const { context, sealer, clock } = this.#options;
    this.#names = [...new Set([...this.#names, ...names])];
    return this.#turns.take(async () => {
      const found = await siteCertificates({
        site: context.site,
        sealer,
        now: clock.now(),
        furtherNames: this.#names,
        isRotation,
      });
      await confirmIdentity(context, 'authority', new X509Certificate(found.authority.certificate).fingerprint256);
      if (found.renewed !== undefined) {
        context.log.write(`Site link: the certificate of the port was made, because ${found.renewed}.`);
        this.#port?.renew(found.leaf);
      }
      return found;
    });
  }

  /** The sites that are known below this one. */
  sitesBelow(): readonly Site[] {
    return sitesBelow(this.nodes.all(), this.#options.context.site.siteCode);
  }

  /** This site and all sites that are known below it. */
  tree(own: Site): readonly Site[] {
    return [own, ...this.sitesBelow()];
  }

  /** Ends every connection and stores what is not stored yet. */
  async close(): Promise<void> {
    this.#cancelRenewal();
    await this.parent?.close();
    await this.children.close();
  }

  /** The owner before may have rotated the key for the parent. */
  async #dialWith(parent: ChildLinkClient, takeShared: () => Promise<void>): Promise<void> {
    const { context, sealer } = this.#options;
    try {
      await takeShared();
      const record = await readParentRecord(context.site, sealer);
      if (record !== undefined) parent.adopt(record);
    } catch (error) {
      context.log.write(`The key for the parent could not be read again: ${reasonOf(error)}`);
    }
    if (this.#isDialling) parent.start();
  }

  /** Done here by the owner; a server that follows carries it there, and knows of it afterwards. */
  async #byOwner<Method extends keyof OwnersWork>(
    method: Method,
    params: Parameters<OwnersWork[Method]>[0],
  ): Promise<Awaited<ReturnType<OwnersWork[Method]>>> {
    type Result = Awaited<ReturnType<OwnersWork[Method]>>;
    const { context, carry } = this.#options;
    if (carry === undefined || isOwner(context)) {
      const own = this.work[method] as (given: typeof params) => Promise<Result>;
      return own(params);
    }
    const result = (await carry(`link/${method}`, params)) as Result;
    await this.refresh();
    return result;
  }

  async #admit(request: LinkJoinRequest): Promise<LinkJoinResult> {
    const { context, record, clock } = this.#options;
    const joined = await admitNode(request, {
      parent: context.site,
      above: record?.siteCodes ?? [],
      tokens: this.tokens,
      nodes: this.nodes,
      now: () => clock.now(),
      claim: async (code) => this.#claim(code, undefined),
    });
    context.log.write(`Site link: ${nodeName(request)} has joined as ${joined.type} (node ${joined.nodeId}).`);
    return joined;
  }

  /** The top of the hierarchy decides whether a code is free; each asker knows its own part best. */
  async #claim(siteCode: string, asker: NodeRecord | undefined): Promise<LinkClaimResult> {
    if (this.parent !== undefined) return this.parent.claim(siteCode);
    const { site } = this.#options.context;
    const others = sitesKnownBy(
      this.nodes.all().map((node) => (node.id === asker?.id ? { ...node, lastReport: undefined } : node)),
    );
    const holder = [{ ...site, isSeen: true }, ...others].find((known) => known.siteCode === siteCode && known.isSeen);
    if (holder !== undefined) return { isFree: false, holder: holder.serverName };
    const claimer = this.#claims.claim(
      siteCode,
      asker === undefined ? site.siteCode : nodeName(asker),
      this.#options.clock.now().getTime(),
    );
    return claimer === undefined
      ? { isFree: true }
      : { isFree: false, holder: `a site that is just joining ${claimer}` };
  }

  #renewLater(): void {
    this.#cancelRenewal = this.#options.clock.after(RENEWAL_MS, () => {
      void this.certificates([]).catch((error: unknown) =>
        this.#options.log(`The certificate could not be renewed: ${String(error)}`),
      );
      this.#renewLater();
    });
  }
}
