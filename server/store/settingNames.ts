/**
 * Setting with the id under which the database serves downstream servers; the store itself takes it back when it loses
 * what was served.
 */
export const SERVED_BY = 'served.by';
