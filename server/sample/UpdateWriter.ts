import { createHash } from 'node:crypto';
import { type GeneratedDocument, openUpdate } from './GeneratedDocument.js';
import { handlerParts, propertiesXml, relationshipsXml } from './updateParts.js';
import { licenceTerms, planFiles } from './updateFiles.js';
import { LANGUAGE_COUNT, localizedTexts } from './localizedTexts.js';
import { productTree } from './products.js';
import type { Random } from './Random.js';
import { RulePool } from './RulePool.js';
import type { UpdatePlan } from './UpdatePlanner.js';

/** Share of the free room that texts may take; the rest is left for applicability rules. */
const TEXT_SHARE = 0.85;
const INSTALLABLE_CHARS = 200;
/** The tags around the rules, and what the last rule exceeds its room by. */
const RULE_TAGS = 380;
const SOFTWARE_PREFIXES = ['pub', 'bar', 'lar', 'cbsar', 'cmd', 'cbs', 'osi'] as const;

/** Writes planned updates as documents of about a wanted size. */
export class UpdateWriter {
  readonly #random: Random;
  readonly #rules: RulePool;
  readonly #detectoids: readonly [string, ...string[]];
  readonly #classifications = new Map(productTree.classifications.map((entry) => [entry.title, entry.id]));

  constructor(random: Random, detectoids: readonly [string, ...string[]]) {
    this.#random = random;
    this.#rules = new RulePool(random);
    this.#detectoids = detectoids;
  }

  /** The document with about `chars` characters; small sizes end at what the facts alone take. */
  write(plan: UpdatePlan, chars: number): GeneratedDocument {
    const classification = this.#classifications.get(plan.issue.line.classification) ?? '';
    const files = planFiles(plan, this.#random);
    const handler = handlerParts(plan);
    const eulaId = plan.issue.line.eula === true && plan.role !== 'child' ? this.#random.guid() : '';
    const head =
      openUpdate(SOFTWARE_PREFIXES) +
      `<upd:UpdateIdentity UpdateID="${plan.identity.updateId}" RevisionNumber="${plan.identity.revisionNumber}" />` +
      propertiesXml(plan, { handler: handler.attribute, downloadBytes: files.bytes, eulaId });
    const relationships = relationshipsXml(plan, { classification, detectoids: this.#detectoids }, this.#random);
    const tail = `${files.xml}${handler.element}</upd:Update>`;
    const room = chars - head.length - relationships.length - tail.length - RULE_TAGS - INSTALLABLE_CHARS;
    const texts =
      localizedTexts(plan, { languages: this.#languages(plan), chars: room * TEXT_SHARE }) + this.#eulaFile(eulaId);
    const xml =
      `${head}<upd:LocalizedPropertiesCollection>${texts}</upd:LocalizedPropertiesCollection>` +
      `${relationships}${this.#rulesXml(room - texts.length)}${tail}`;
    return {
      identity: plan.identity,
      xml: Buffer.from(xml, 'utf8'),
      isConfiguration: false,
      bundled: plan.bundled,
      fileUrls: files.fileUrls,
      contentFiles: eulaId === '' ? [] : [licenceTerms(eulaId)],
      memberships: plan.role === 'child' ? [] : [...plan.issue.line.products, classification],
    };
  }

  #languages(plan: UpdatePlan): number {
    if (plan.role === 'child') return 1;
    return this.#random.chance(0.6) ? LANGUAGE_COUNT : 1 + this.#random.below(6);
  }

  #rulesXml(chars: number): string {
    return (
      `<upd:ApplicabilityRules><upd:IsInstalled><lar:And>${this.#rules.take(chars)}</lar:And></upd:IsInstalled>` +
      `<upd:IsInstallable><lar:And>${this.#rules.take(INSTALLABLE_CHARS)}</lar:And></upd:IsInstallable>` +
      `</upd:ApplicabilityRules>`
    );
  }

  #eulaFile(eulaId: string): string {
    if (eulaId === '') return '';
    const terms = licenceTerms(eulaId);
    const digest = createHash('sha1').update(terms).digest('base64');
    return (
      `<upd:EulaFile Digest="${digest}" DigestAlgorithm="SHA1" FileName="eula_${eulaId.slice(0, 8)}.txt" ` +
      `Size="${terms.length}" Language="en" />`
    );
  }
}
