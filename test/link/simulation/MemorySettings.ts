import type { SiteChanges } from '../../../server/store/SiteChanges.js';
import type { SiteDatabase } from '../../../server/store/SiteDatabase.js';

/** What a site without a catalogue has in its database: settings, which are all that following a parent needs. */
export function memorySettings(): SiteDatabase {
  const settings = new Map<string, unknown>();
  const known: Partial<SiteDatabase> = {
    setting: async (name) => Promise.resolve(settings.get(name)),
    categories: async () => Promise.resolve([]),
    categoryDocuments: async () => Promise.resolve([]),
    nextIds: async () => Promise.resolve({ revision: 1, run: 1, softwareUpdate: 1, category: 1, message: 1 }),
    waitingDeliveries: async () => Promise.resolve([]),
    commit: async (changes: SiteChanges) => {
      for (const [name, value] of Object.entries(changes.settings ?? {}))
        if (value === null) settings.delete(name);
        else if (value !== undefined) settings.set(name, structuredClone(value));
      return Promise.resolve();
    },
  };
  return new Proxy(known as SiteDatabase, {
    get: (target, name) => {
      if (!(name in target)) throw new TypeError(`a simulated site has no ${String(name)}`);
      return Reflect.get(target, name) as unknown;
    },
  });
}
