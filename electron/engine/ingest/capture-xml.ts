/**
 * A small XML reader for XMP packets: elements, attributes, text, namespaces. It resolves no external entities,
 * expands none but XML's five and character references, and never throws: broken markup ends the reading.
 */

export interface XmlElement {
  /** Namespace URI without a trailing `/` or `#`; the prefix itself when it was never declared. */
  readonly space: string;
  readonly name: string;
  readonly attributes: readonly { readonly space: string; readonly name: string; readonly value: string }[];
  readonly children: XmlElement[];
  text: string;
}

const DEPTH_LIMIT = 100;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML_SPACE = 'http://www.w3.org/XML/1998/namespace';

type Spaces = ReadonlyMap<string, string>;

/** Reads the top elements of a text. */
export function readXml(text: string): XmlElement[] {
  const root: XmlElement = { space: '', name: '', attributes: [], children: [], text: '' };
  const open: { readonly element: XmlElement; readonly spaces: Spaces }[] = [
    { element: root, spaces: new Map([['xml', XML_SPACE]]) },
  ];
  let at = 0;
  for (;;) {
    const top = open.at(-1) ?? { element: root, spaces: new Map<string, string>() };
    const tag = text.indexOf('<', at);
    if (tag === -1) break;
    if (open.length > 1) top.element.text += unescape(text.slice(at, tag));
    const special = skipSpecial(text, tag);
    if (special !== null) {
      if (special.end === -1) break;
      top.element.text += special.text;
      at = special.end;
      continue;
    }
    if (text[tag + 1] === '/') {
      const end = text.indexOf('>', tag);
      if (end === -1) break;
      if (open.length > 1) open.pop();
      at = end + 1;
      continue;
    }
    const start = readTag(text, tag + 1);
    if (start === null || open.length > DEPTH_LIMIT) break;
    const { element, spaces } = resolve(start, top.spaces);
    top.element.children.push(element);
    if (!start.isEmpty) open.push({ element, spaces });
    at = start.end;
  }
  return root.children;
}

/** Comments, CDATA, processing instructions and declarations; null when there is none here, end -1 when it is not closed. */
function skipSpecial(text: string, tag: number): { end: number; text: string } | null {
  const kinds = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
    ['<!', '>'],
  ] as const;
  const kind = kinds.find(([start]) => text.startsWith(start, tag));
  if (kind === undefined) return null;
  const [start, close] = kind;
  const end = text.indexOf(close, tag + start.length);
  if (end === -1) return { end, text: '' };
  return { end: end + close.length, text: close === ']]>' ? text.slice(tag + start.length, end) : '' };
}

interface StartTag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly isEmpty: boolean;
  readonly end: number;
}

const NAME = /[^\s/>=<"']+/y;
const SPACE = /\s*/y;
const EQUALS = /\s*=\s*(["'])/y;

function readTag(text: string, from: number): StartTag | null {
  let at = from;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const name = match(NAME)?.[0];
  if (name === undefined) return null;
  const attributes: (readonly [string, string])[] = [];
  for (;;) {
    match(SPACE);
    if (text.startsWith('/>', at)) return { name, attributes, isEmpty: true, end: at + 2 };
    if (text[at] === '>') return { name, attributes, isEmpty: false, end: at + 1 };
    const key = match(NAME)?.[0];
    const quote = key === undefined ? undefined : match(EQUALS)?.[1];
    if (key === undefined || quote === undefined) return null;
    const end = text.indexOf(quote, at);
    if (end === -1) return null;
    attributes.push([key, unescape(text.slice(at, end))]);
    at = end + 1;
  }
}

function resolve(tag: StartTag, outer: Spaces): { element: XmlElement; spaces: Spaces } {
  const declared = tag.attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const spaces =
    declared.length === 0
      ? outer
      : new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), trimUri(uri)] as const)]);
  const attributes = tag.attributes
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => ({ ...split(name, spaces, ''), value }));
  const element: XmlElement = {
    ...split(tag.name, spaces, spaces.get('') ?? ''),
    attributes,
    children: [],
    text: '',
  };
  return { element, spaces };
}

const trimUri = (uri: string): string => uri.trim().replace(/[/#]+$/, '');

function split(qualified: string, spaces: Spaces, bare: string): { space: string; name: string } {
  const colon = qualified.indexOf(':');
  if (colon === -1) return { space: bare, name: qualified };
  const prefix = qualified.slice(0, colon);
  return { space: spaces.get(prefix) ?? prefix, name: qualified.slice(colon + 1) };
}

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
  });
}
