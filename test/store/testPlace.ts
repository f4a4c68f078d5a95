import fs from 'node:fs';
import { storePlaceOf } from '../../server/store/StorePlace.js';
import type { StorePlace } from '../../server/store/StorePlace.js';
import { guidOf } from '../fixtures/updateDocuments.js';

/** The store of a site with that folder, made where it is not there. */
export function testPlace(site: string, siteGuid = guidOf(1)): StorePlace {
  const place = storePlaceOf({ path: site, siteGuid });
  for (const folder of [place.database, place.documents]) fs.mkdirSync(folder, { recursive: true });
  return place;
}
