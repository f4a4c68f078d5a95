/** An element of a small message: local name and namespace URI, never a prefix; `text` is its own text, decoded. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}
