import { join } from 'node:path';
import { LANGUAGES } from '../criteria/languages.js';
import { reasonOf } from '../errors/SyncError.js';
import { inTurns } from '../platform/inTurns.js';
import { replaceFile } from '../platform/replaceFile.js';
import { filesOf, siteFiles } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { completionNames } from './completionNames.js';
import { readPoints } from '../state/softwareUpdatePoints.js';

/** KB numbers of so many updates, the newest: what people type. */
const NEWEST = 2000;

/**
 * `completion.json` of a site folder: the names that PowerShell completes parameters with, without asking the engine.
 */
export class CompletionFile {
  readonly #context: SiteContext;
  #writing: Promise<void> = Promise.resolve();
  #waits = false;
  #written = '';

  constructor(context: SiteContext) {
    this.#context = context;
  }

  /** Writes it where there is none yet. */
  begin(): void {
    if (!filesOf(this.#context.site).existsSync(this.#path)) void this.refresh();
  }

  /**
   * Writes what the names are now, unless they are as before; fulfilled once they stand there. A failure is told in the
   * log.
   */
  async refresh(): Promise<void> {
    if (!this.#waits) {
      this.#waits = true;
      this.#writing = this.#writing.then(async () => {
        this.#waits = false;
        await this.#write().catch((error: unknown) =>
          this.#context.log.write(`The names for completion could not be written: ${reasonOf(error)}.`),
        );
      });
    }
    return this.#writing;
  }

  /** Waits until nothing is being written. */
  async ended(): Promise<void> {
    return this.#writing;
  }

  get #path(): string {
    return join(this.#context.site.path, siteFiles.completion);
  }

  async #write(): Promise<void> {
    const { database, site } = this.#context;
    const [categories, updates, points] = await Promise.all([
      database.categories(),
      database.updates({ wildcard: true, categoryKeys: [], withoutCategoryKeys: [], newestFirst: true, limit: NEWEST }),
      readPoints(this.#context),
    ]);
    const steps = completionNames({
      siteCode: site.siteCode,
      categories,
      articleIds: updates.map((row) => row.articleId),
      servers: points.points.map((point) => point.serverName),
      languages: LANGUAGES.map((language) => language.name),
    });
    const text = `${JSON.stringify(await inTurns(steps))}\n`;
    if (text === this.#written) return;
    await replaceFile(this.#path, text, {
      files: filesOf(site),
      mode: site.operators.length > 0 ? 0o660 : 0o600,
      sync: false,
    });
    this.#written = text;
  }
}
