const MSUS = 'http://schemas.microsoft.com/msus/2002/12/';

/** Namespace URIs of update documents (wsus-protocol section 2.1). */
export const UPDATE_NAMESPACE = `${MSUS}Update`;
export const CATEGORY_NAMESPACE = `${MSUS}UpdateHandlers/Category`;
