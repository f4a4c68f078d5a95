import path from 'node:path';
import type { ProcessMeter } from '../meter/ProcessMeter.js';
import type { Product } from '../product/Product.js';
import { ProductSession } from '../product/ProductSession.js';
import { runVerb } from '../product/runVerb.js';
import { ServedSite } from '../product/ServedSite.js';

/** A site that an upstream was set for, and the session that made it. */
export interface NewSite {
  readonly path: string;
  readonly session: ProductSession;
}

/** Which database a new site has, as `site/new` takes it; that of every site if nothing is said. */
export interface SiteDatabase {
  readonly database?: string;
  readonly databaseAddress?: string;
}

/** A folder in which a product works, all its processes measured. */
export class Workbench {
  constructor(
    readonly product: Product,
    readonly meter: ProcessMeter,
    readonly folder: string,
  ) {}

  /** The environment of the product: its sites are here, and nothing of the caller's reaches it. */
  get env(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CONFIGMGRSYNC_'));
    return { ...Object.fromEntries(own), ...this.meter.variables, CONFIGMGRSYNC_HOME: this.folder };
  }

  /** Runs a verb of the command line. */
  async verb(...args: readonly string[]): Promise<string> {
    return runVerb(this.product, args, this.env);
  }

  /** A session that is connected to a site. */
  async session(sitePath: string): Promise<ProductSession> {
    const session = await ProductSession.open(this.product, this.env);
    await session.request('site/connect', { sitePath });
    return session;
  }

  /** Makes a site that subscribes to everything of an upstream; its engine runs. */
  async newSite(upstream: string, type = 'Primary', database: SiteDatabase = {}): Promise<NewSite> {
    const site = await this.emptySite(type, database);
    await site.session.change('component/set', {
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: upstream,
      allProducts: true,
      allClassifications: true,
    });
    return site;
  }

  /** Makes a site of a type that synchronizes from nowhere yet. */
  async emptySite(type = 'Primary', database: SiteDatabase = {}): Promise<NewSite> {
    const session = await ProductSession.open(this.product, this.env);
    const sitePath = path.join(this.folder, 'BEN');
    await session.change('site/new', {
      siteCode: 'BEN',
      path: sitePath,
      type,
      ...database,
    });
    return { path: sitePath, session };
  }

  /** Lets a site serve on a port. */
  async serve(sitePath: string): Promise<ServedSite> {
    return ServedSite.start(this.product, sitePath, this.env);
  }

  /** Ends engine and session; what they leave on the disk is at rest then. */
  async rest(session: ProductSession): Promise<void> {
    await session.change('engine/stop');
    await session.close();
    await this.meter.allEnded();
  }
}
