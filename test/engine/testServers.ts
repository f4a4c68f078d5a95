import type { SiteServers } from '../../server/api/ServiceParts.js';
import type { StoredServer } from '../../server/store/SharedStore.js';

/** The servers of a site as the test lists them; this one is not among them. */
export function testServers(list: () => StoredServer[] | undefined): SiteServers {
  return {
    self: 'self',
    all: async () => Promise.resolve(list() ?? []),
    remove: async (id) => {
      const index = list()?.findIndex((server) => server.id === id) ?? 0;
      list()?.splice(index, 1);
      return Promise.resolve();
    },
    key: async () => Promise.resolve('the key'),
    changeKey: async () => Promise.resolve(list() ?? []),
  };
}
