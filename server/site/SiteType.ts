/** What a site folder is: a site of the product's three types, or a further software update point of a site. */
export type SiteType = 'CAS' | 'Primary' | 'Secondary' | 'SoftwareUpdatePoint';

/** As what a node joins: as a child site, or as a further software update point of the parent's own site. */
export type NodeRole = 'Site' | 'SoftwareUpdatePoint';

/** Number of the type in SMS_Site; a software update point counts as a site server of its site's type and has none. */
export const siteTypeNumbers = { Secondary: 1, Primary: 2, CAS: 4 } as const;
