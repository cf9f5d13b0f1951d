/** XML 1.0 as text: elements, escaped so that whatever a name holds the document is well formed. */

/** What may stand in an element: text, or elements that were made here. */
export type Content = string | readonly Xml[]

/** An element that was made by `element`. */
export interface Xml {
  readonly xml: string
}

/** An element; attributes that are undefined are left out. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: Content = [],
): Xml => {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attributeText(String(value))}"`],
  )
  const head = `<${name}${given.join('')}`
  if (content.length === 0) return { xml: `${head}/>` }
  if (typeof content === 'string') return { xml: `${head}>${characterData(content)}</${name}>` }
  const lines = content.map(({ xml }) => `\n${xml}`).join('')
  return { xml: `${head}>${lines}\n</${name}>` }
}

/** A whole document. */
export const documentOf = ({ xml }: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

const characterData = (text: string): string =>
  storable(text).replaceAll(/[&<>"\r]/g, (sign) => ENTITIES[sign]!)

/** A parser makes spaces of what separates lines and columns in an attribute, unless it is a reference. */
const attributeText = (text: string): string =>
  characterData(text).replaceAll(/[\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** XML 1.0 has no form for control characters, halves of surrogate pairs and two others: they are named instead. */
const storable = (text: string): string =>
  text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
