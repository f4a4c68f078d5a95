/** What is put into documents to make them nearly right. */
const PIECES = [
  ...['<', '>', '&', '"', "'", '/', '=', ' ', '\n', '\r', '\t', '\u0000', '\u0001', ':', '-', '.', '_', '1'],
  ...[']]>', '&amp;', '&lt;', '&apos;', '&#0;', '&#x41;', '&#65;', '&#xD;', '&#xd800;', '&#x110000;', '&foo;', '&#;'],
  ...[
    'xmlns:a="b"',
    'xmlns=""',
    'xmlns="x"',
    'xmlns:upd="x"',
    ' xmlns:xml="y"',
    ' xmlns:b="b" xmlns:c="b" b:x="" c:x=""',
  ],
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<upd:a/>',
    '<zz:a/>',
    '<a:b:c/>',
    '<a a="1" a="2"/>',
    '<a x:y="1"/>',
    '<a xml:lang="en"/>',
  ],
  ...['<!--x-->', '<!-- a -- b -->', '<!--', '-->', '<!-->', '<![CDATA[x]]>', '<?x y?>', '<!DOCTYPE a>'],
  ...['\u00e9', '\ufffe', '\uffff', '\ufeff', '\u{1f600}', '<\u00e9/>', '<upd:Title>x</upd:Title>', '<Title>y</Title>'],
  ...['<upd:UpdateIdentity UpdateID="00000000-0000-4000-8000-000000000001"/>', '<upd:Language>en</upd:Language>'],
].map((text) => Buffer.from(text));

/** Numbers from 0 up to below `limit`, the same for the same seed. */
export function seededChance(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A document with one to three changes: bytes changed, removed, repeated, or something put in. */
export function mutantOf(document: Buffer, chance: (limit: number) => number): Buffer {
  let mutant = document;
  for (let left = 1 + chance(3); left > 0; left -= 1) mutant = changed(mutant, chance);
  return mutant;
}

function changed(document: Buffer, chance: (limit: number) => number): Buffer {
  const at = chance(document.length);
  const tag = Math.max(at, document.indexOf('<', at));
  const piece = PIECES[chance(PIECES.length)] ?? Buffer.alloc(0);
  const [before, after] = [document.subarray(0, at), document.subarray(at)];
  switch (chance(5)) {
    case 0:
      return Buffer.concat([before, Buffer.from([chance(256)]), after.subarray(1)]);
    case 1:
      return Buffer.concat([before, after.subarray(1 + chance(12))]);
    case 2:
      return Buffer.concat([before, piece, after]);
    case 3:
      return Buffer.concat([document.subarray(0, tag), piece, document.subarray(tag)]);
    default:
      return Buffer.concat([document.subarray(0, at + chance(200)), after]);
  }
}
