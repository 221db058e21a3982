/**
 * What of Triton's `ModelConfig` may stand in a configuration of ours, by message and field; `[]`: repeated. Another name
 * or another kind of value is refused, as Triton refuses it.
 */
const FIELDS: Record<string, Record<string, string>> = {
  ModelConfig: {
    name: 'string',
    backend: 'string',
    max_batch_size: 'integer',
    input: 'ModelInput[]',
    output: 'ModelOutput[]',
    dynamic_batching: 'ModelDynamicBatching',
    parameters: 'ParametersEntry[]',
  },
  ModelInput: { name: 'string', data_type: 'enum', dims: 'integer[]' },
  ModelOutput: { name: 'string', data_type: 'enum', dims: 'integer[]', label_filename: 'string' },
  ModelDynamicBatching: {},
  ParametersEntry: { key: 'string', value: 'ModelParameter' },
  ModelParameter: { string_value: 'string' },
}

const TOKEN = /\s*("(?:[^"\\\n]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|-?\d+|[{}[\]:,])/y

type Value = string | number | Message | (string | number | Message)[]
export interface Message {
  [field: string]: Value
}

/** Reads text format of protocol buffers. @throws Error where it is none, or is no `ModelConfig` */
export function readConfig(text: string): Message {
  const tokens = tokensOf(text)
  let at = 0
  const next = () => tokens[at++] ?? ''
  const take = (wanted: string) => {
    const found = next()
    if (found !== wanted) throw new Error(`“${found}” stands where “${wanted}” is needed`)
  }

  function message(type: string, end: string): Message {
    const found: Message = {}
    while (tokens[at] !== undefined && tokens[at] !== end) {
      const name = next()
      const kind = FIELDS[type]?.[name]
      if (kind === undefined) throw new Error(`${type} has no field “${name}”`)
      const one = kind.replace('[]', '')
      const value = one in FIELDS ? braced(one) : scalars(one)
      if (kind !== one) found[name] = [...((found[name] as []) ?? []), ...value]
      else if (name in found || value.length !== 1) throw new Error(`“${name}” has one value`)
      else found[name] = value[0] as Value
    }
    return found
  }

  function braced(type: string): Message[] {
    take('{')
    const found = message(type, '}')
    take('}')
    return [found]
  }

  function scalars(kind: string): (string | number)[] {
    take(':')
    if (tokens[at] !== '[') return [scalar(kind, next())]
    at++
    const found = [scalar(kind, next())]
    while (tokens[at] === ',') {
      at++
      found.push(scalar(kind, next()))
    }
    take(']')
    return found
  }

  return message('ModelConfig', '')
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  const body = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < body.length) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(body)?.[1]
    if (token === undefined) throw new Error(`cannot be read from: ${body.slice(from, from + 20)}`)
    tokens.push(token)
  }
  return tokens
}

function scalar(kind: string, token: string): string | number {
  if (kind === 'string' && token.startsWith('"')) return unescaped(token.slice(1, -1))
  if (kind === 'integer' && /^-?\d+$/.test(token)) return Number(token)
  if (kind === 'enum' && /^TYPE_[A-Z0-9]+$/.test(token)) return token
  throw new Error(`“${token}” is no ${kind}`)
}

const SIMPLE: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function unescaped(text: string): string {
  const bytes: number[] = []
  for (const [, escaped, plain] of text.matchAll(/\\([0-7]{3}|.)|([^\\])/gu)) {
    const character = plain ?? SIMPLE[escaped ?? '']
    if (character !== undefined) bytes.push(...new TextEncoder().encode(character))
    else bytes.push(Number.parseInt(escaped ?? '', 8))
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
}
