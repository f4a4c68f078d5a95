import { guidOf, type DocumentParts } from '../../fixtures/updateDocuments.js';
import { CRITICAL, productBelow, SECURITY, UPGRADES } from '../../engine/catalogue.js';
import type { Random } from '../../../server/sample/Random.js';
import { DAY } from './addMonths.js';
import { START } from './Lab.js';
import { currentOf, type ScriptedUpstream, type UpstreamDocument } from './ScriptedUpstream.js';

const DEFINITIONS = 'e0789628-ce08-4437-be74-2495b842f43b';
export const CLASSIFICATIONS = [SECURITY, CRITICAL, UPGRADES, DEFINITIONS] as const;

/**
 * What happens to an upstream by chance. An update keeps its creation date in all revisions, and what bundles name
 * stays
 * in its categories, so that a site that came later can see the same as one that was there all the time.
 */
export class RandomLife {
  readonly #upstream: ScriptedUpstream;
  readonly #random: Random;
  /** What the upstream had once and has no more. */
  #lost: UpstreamDocument[] = [];
  #droppedClassification: DocumentParts | undefined;
  #backup: ReturnType<ScriptedUpstream['backup']> | undefined;
  #next = 0x1000;

  constructor(upstream: ScriptedUpstream, random: Random) {
    this.#upstream = upstream;
    this.#random = random;
  }

  /** An update, or a bundle, or a new revision of one. */
  publish(): void {
    const kind = this.#random.below(10);
    if (kind < 3) this.#add();
    else if (kind < 5) this.#addBundle();
    else this.#revise();
  }

  dropUpdate(): void {
    const named = this.#named();
    const free = this.#current().filter(
      (one) => !named.has(one.identity.updateId) && (one.parts.categories ?? []).length > 0,
    );
    const dropped = this.#some(free);
    if (dropped === undefined || free.length < 3) return;
    this.#lost.push(...this.#upstream.documents.filter((one) => one.identity.updateId === dropped.identity.updateId));
    this.#upstream.drop(dropped.identity.updateId);
  }

  changeCategories(): void {
    const products = this.#products();
    const product = this.#some(products)?.identity.updateId ?? '';
    const kind = this.#random.below(4);
    if (kind === 0) this.#upstream.revise(product, { title: `Product ${this.#random.below(1000)}` });
    else if (kind === 1) this.#upstream.revise(product, { categories: [this.#family()] });
    else if (kind === 2 && products.length < 7)
      this.#upstream.put(productBelow(0xb3 + products.length, `Product ${products.length}`, this.#family()));
    else this.#turnClassification();
  }

  /** Some of what came in this round cannot be had; or everything can be had again. */
  spoil(since: number): void {
    if (this.#random.chance(0.4)) {
      this.#upstream.repairAll();
      return;
    }
    const fresh = this.#upstream.documents.filter(
      (one) => !one.isConfig && one.changed > since && one.delivery === 'good',
    );
    for (const one of fresh)
      if (this.#random.chance(0.3))
        this.#upstream.deliver(
          `${one.identity.updateId}.${one.identity.revisionNumber}`,
          this.#random.chance(0.5) ? 'broken' : 'missing',
        );
  }

  takeBackup(): void {
    if (this.#upstream.documents.every((one) => one.delivery === 'good')) this.#backup = this.#upstream.backup();
  }

  /** Back to the last backup, if there is one. */
  restore(): boolean {
    if (this.#backup === undefined || this.#upstream.documents.some((one) => one.delivery !== 'good')) return false;
    const kept = this.#backup;
    this.#lost.push(
      ...[...this.#upstream.documents].filter(
        (one) => !kept.has(`${one.identity.updateId}.${one.identity.revisionNumber}`),
      ),
    );
    this.#upstream.restore(this.#backup);
    this.#backup = undefined;
    return true;
  }

  /** What was lost comes again, its lower revisions first. */
  bringBack(): void {
    const lost = this.#lost.filter((one) => !this.#upstream.documents.some((other) => other.parts === one.parts));
    this.#lost = [];
    this.#upstream.put(
      ...lost.map((one) => one.parts).sort((one, other) => (one.revision ?? 1) - (other.revision ?? 1)),
    );
    for (const { parts } of lost.filter((one) => one.parts.category?.type === 'UpdateClassification'))
      this.#touch(parts.id);
  }

  /** Nothing is spoiled, lost or left out any more. */
  settle(): void {
    this.bringBack();
    this.#upstream.repairAll();
    if (this.#droppedClassification !== undefined) this.#turnClassification();
  }

  #add(over: Partial<DocumentParts> = {}): DocumentParts {
    const number = this.#next++;
    const parts: DocumentParts = {
      id: guidOf(number),
      title: `Update ${number}`,
      created: new Date(START - this.#random.below(300) * DAY).toISOString(),
      categories: [this.#product(), this.#classification()],
      supersedes: this.#superseded(),
      publicationState: this.#random.chance(0.08) ? 'Expired' : 'Published',
      deployable: !this.#random.chance(0.05),
      prerequisites: this.#random.chance(0.2) ? [this.#some(this.#current())?.identity.updateId ?? guidOf(0xfff)] : [],
      ...over,
    };
    this.#upstream.put(parts);
    return parts;
  }

  #addBundle(): void {
    this.#add({ bundles: this.#members(2) });
  }

  /**
   * Members of a bundle: new children, which can be bundles, any revision of a child that is there, and current
   * updates.
   */
  #members(levels: number): DocumentParts['bundles'] {
    const current = this.#current();
    return Array.from({ length: 1 + this.#random.below(3) }, () => {
      const known = this.#some(
        this.#upstream.documents.filter(
          (one) =>
            !one.isConfig &&
            (one.parts.bundles ?? []).length === 0 &&
            (one.parts.categories?.length === 0 || current.includes(one)),
        ),
      );
      if (known !== undefined && this.#random.chance(0.5))
        return { id: known.identity.updateId, revision: known.identity.revisionNumber };
      const bundles = levels > 1 && this.#random.chance(0.4) ? this.#members(levels - 1) : [];
      return {
        id: this.#add({
          deployable: false,
          categories: [],
          supersedes: [],
          bundles,
        }).id,
        revision: 1,
      };
    }).filter((member, index, all) => all.findIndex((other) => other.id === member.id) === index);
  }

  #revise(): void {
    const revised = this.#some(this.#current());
    if (revised === undefined) return;
    const { parts, identity } = revised;
    const canMove = (parts.categories ?? []).length > 0 && !this.#named().has(identity.updateId);
    const [product = '', classification = ''] = parts.categories ?? [];
    const changes: readonly Partial<DocumentParts>[] = [
      { title: `${parts.title ?? ''}'` },
      { publicationState: parts.publicationState === 'Expired' ? 'Published' : 'Expired' },
      { supersedes: this.#superseded() },
      ...(canMove
        ? [
            { categories: [this.#product(), classification] },
            { categories: [product, this.#classification()] },
            ...(parts.deployable === false || this.#random.chance(0.2)
              ? [{ deployable: parts.deployable === false }]
              : []),
          ]
        : []),
      ...((parts.bundles ?? []).length > 0
        ? [
            { bundles: this.#members(1) },
            { bundles: parts.bundles?.slice(1) ?? [] },
            { bundles: parts.bundles?.map((one) => this.#latest(one)) ?? [] },
          ]
        : []),
    ];
    this.#upstream.revise(identity.updateId, this.#some(changes) ?? {});
  }

  #latest(member: { readonly id: string; readonly revision: number }): {
    readonly id: string;
    readonly revision: number;
  } {
    return {
      id: member.id,
      revision:
        this.#current().find((one) => one.identity.updateId === member.id)?.identity.revisionNumber ?? member.revision,
    };
  }

  #superseded(): readonly string[] {
    return [
      ...new Set(
        Array.from({ length: this.#random.below(4) }, () =>
          guidOf(0x1000 + this.#random.below(this.#next - 0x1000 + 2)),
        ),
      ),
    ];
  }

  /** A classification disappears with what is in it, or comes again. */
  #turnClassification(): void {
    if (this.#droppedClassification !== undefined) {
      this.#upstream.put(this.#droppedClassification);
      this.#touch(this.#droppedClassification.id);
      this.#droppedClassification = undefined;
      return;
    }
    const dropped = this.#upstream.documents.find((one) => one.identity.updateId === this.#classification());
    if (dropped === undefined) return;
    this.#droppedClassification = dropped.parts;
    this.#upstream.drop(dropped.identity.updateId);
  }

  /** What is in a classification that came back is new to the upstream. */
  #touch(classification: string): void {
    this.#upstream.put(
      ...this.#current()
        .filter((one) => one.parts.categories?.includes(classification))
        .map((one) => one.parts),
    );
  }

  /** Ids that bundles name, or that are needed. */
  #named(): ReadonlySet<string> {
    return new Set(
      this.#upstream.documents.flatMap(({ parts }) => [
        ...(parts.bundles ?? []).map((member) => member.id),
        ...(parts.prerequisites ?? []),
      ]),
    );
  }

  #current(): readonly UpstreamDocument[] {
    return currentOf(this.#upstream.documents.filter((one) => !one.isConfig));
  }

  #products(): readonly UpstreamDocument[] {
    return currentOf(this.#upstream.documents.filter((one) => one.parts.category?.type === 'Product'));
  }

  #product(): string {
    return this.#some(this.#products())?.identity.updateId ?? '';
  }

  #family(): string {
    return (
      this.#some(this.#upstream.documents.filter((one) => one.parts.category?.type === 'ProductFamily'))?.identity
        .updateId ?? ''
    );
  }

  #classification(): string {
    return this.#random.pick(CLASSIFICATIONS);
  }

  #some<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#random.below(items.length)];
  }
}
