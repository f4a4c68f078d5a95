/**
 * The text inside the `.xml.gz` that we write, one well-formed XML document: package.xml as in the cabinet with one
 * more element
 * at the end of ExportPackage, Metadata, whose text is metadata.txt. The text has `<`, `>`, `&` and carriage return as
 * references, so that any XML reader gives back its bytes.
 */
export const METADATA_ELEMENT = { start: Buffer.from('<Metadata>'), end: Buffer.from('</Metadata>') } as const;

/** How package.xml ends, and the text with it. */
export const ROOT_END = Buffer.from('</ExportPackage>');
