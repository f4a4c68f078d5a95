/** Equal ones by ci id, the same way round. */
export interface UpdateOrder {
  readonly by: 'articleId' | 'title' | 'firstCreated' | 'severity';
  readonly descending: boolean;
}

/**
 * What `update/list` asks of the store. Everything given must hold; texts with `*` and `?` are patterns where
 * `wildcard` says so.
 */
export interface UpdateQuery {
  readonly ciId?: number;
  readonly ciIds?: readonly number[];
  readonly articleId?: string;
  readonly bulletinId?: string;
  readonly name?: string;
  readonly wildcard: boolean;
  /** Each inner list: the update names at least one of these category keys. */
  readonly categoryKeys?: readonly (readonly number[])[];
  /** Leaves out updates that name any of these keys (Upgrades unless asked for). */
  readonly withoutCategoryKeys?: readonly number[];
  readonly postedFrom?: number;
  readonly postedTo?: number;
  readonly revisedFrom?: number;
  readonly revisedTo?: number;
  readonly eulaExists?: boolean;
  readonly isExpired?: boolean;
  readonly isSuperseded?: boolean;
  readonly severity?: number;
  /** Only ci ids above this one; with `limit` the way to page. */
  readonly after?: number;
  readonly limit?: number;
  /** By what updates are sorted instead of by ci id. */
  readonly order?: UpdateOrder;
  /** With `order`: so many of the first are left out. */
  readonly skip?: number;
}
