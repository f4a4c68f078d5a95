import { type GeneratedDocument, openUpdate } from './GeneratedDocument.js';
import type { Random } from './Random.js';

const PUBLISHER = '395392a0-19c0-48b7-a927-f7c15066d905';
const ARCHITECTURES = [
  ['x64', 9],
  ['x86', 0],
  ['ARM64', 12],
  ['IA64', 6],
  ['ARM', 5],
] as const;
const BUILDS = [
  7601, 9200, 9600, 10240, 14393, 17763, 18362, 19041, 19044, 19045, 20348, 22000, 22621, 22631, 25398, 26100,
] as const;
const SKUS = [4, 7, 8, 27, 48, 72, 101, 121, 125, 175] as const;
const LOCALES = [
  1025, 1028, 1029, 1030, 1031, 1033, 1036, 1040, 1041, 1042, 1043, 1045, 1046, 1049, 1053, 1055, 2052, 3082,
] as const;

interface Detectoid {
  readonly title: string;
  readonly type: string;
  readonly rule: string;
}

/** Some 200 detectoids: architectures, Windows builds with their editions, and locales. */
export function* detectoidDocuments(random: Random): Generator<GeneratedDocument, void, undefined> {
  for (const detectoid of detectoids()) yield documentOf(detectoid, random);
}

function* detectoids(): Generator<Detectoid, void, undefined> {
  for (const [name, code] of ARCHITECTURES)
    yield { title: name, type: 'Architecture', rule: `<bar:Processor Architecture="${code}" />` };
  for (const build of BUILDS) {
    yield { title: `Windows build ${build}`, type: 'Service Pack', rule: windowsVersion(build) };
    for (const sku of SKUS)
      yield { title: `Windows build ${build}, edition ${sku}`, type: 'SKU or Feature', rule: editionRule(build, sku) };
  }
  for (const locale of LOCALES)
    yield { title: `Windows locale ${locale}`, type: 'Windows Locale', rule: localeRule(locale) };
}

function windowsVersion(build: number): string {
  return (
    `<bar:WindowsVersion Comparison="EqualTo" MajorVersion="${build < 10_000 ? 6 : 10}" MinorVersion="0" ` +
    `BuildNumber="${build}" />`
  );
}

function editionRule(build: number, sku: number): string {
  return (
    `<lar:And>${windowsVersion(build)}<bar:WmiQuery Namespace="root\\cimv2" WqlQuery="SELECT ` +
    `OperatingSystemSKU FROM Win32_OperatingSystem WHERE OperatingSystemSKU = ${sku}" /></lar:And>`
  );
}

function localeRule(locale: number): string {
  const key = 'SYSTEM\\CurrentControlSet\\Control\\Nls\\Language';
  return (
    `<lar:Or><bar:RegSz Key="HKEY_LOCAL_MACHINE" Subkey="${key}" Value="InstallLanguage" ` +
    `Comparison="EqualTo" Data="${locale.toString(16).padStart(4, '0')}" /></lar:Or>`
  );
}

function documentOf(detectoid: Detectoid, random: Random): GeneratedDocument {
  const identity = { updateId: random.guid(), revisionNumber: 100 + random.below(6) };
  return {
    identity,
    xml: Buffer.from(xmlOf(detectoid, identity.updateId, identity.revisionNumber), 'utf8'),
    isConfiguration: true,
    memberships: [],
    bundled: [],
    fileUrls: [],
  };
}

function xmlOf(detectoid: Detectoid, updateId: string, revision: number): string {
  return (
    openUpdate(['pub', 'bar', 'lar']) +
    `<upd:UpdateIdentity UpdateID="${updateId}" RevisionNumber="${revision}" />` +
    `<upd:Properties DefaultPropertiesLanguage="en" IsPublic="false" UpdateType="Detectoid" ` +
    `DetectoidType="${detectoid.type}"` +
    ` PublicationState="Published" CreationDate="2015-07-29T17:00:00.000Z" ` +
    `PublisherID="${PUBLISHER}"></upd:Properties>` +
    `<upd:LocalizedPropertiesCollection><upd:LocalizedProperties><upd:Language>en</upd:Language><upd:Title>` +
    `${detectoid.title}</upd:Title>` +
    `<upd:Description>${detectoid.title}</upd:Description></upd:LocalizedProperties>` +
    `</upd:LocalizedPropertiesCollection>` +
    `<upd:ApplicabilityRules><upd:IsInstalled>${detectoid.rule}</upd:IsInstalled></upd:ApplicabilityRules></upd:Update>`
  );
}
