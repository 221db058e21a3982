import { isBuiltin } from 'node:module'
import type { ImportRule } from './import-table.ts'
import type { Source } from './sources.ts'

/** One line for each import that its folder may not have. */
export function violations(sources: Source[], rules: ImportRule[]): string[] {
  return sources.flatMap(({ path, imports }) => {
    const rule = ruleFor(path, rules)
    if (!rule) return [`${path}: no rule says what it may import`]
    return imports.filter((target) => !allowed(target, rule)).map((target) => `${path} must not import ${target}`)
  })
}

function ruleFor(path: string, rules: ImportRule[]): ImportRule | undefined {
  const fitting = rules.filter(({ inside }) => isInside(path, inside))
  return fitting.sort((a, b) => b.inside.length - a.inside.length)[0]
}

function allowed(target: string, rule: ImportRule): boolean {
  if (/^(src|\.\.)(\/|$)/.test(target)) return [rule.inside, ...rule.ours].some((folder) => isInside(target, folder))
  if (isBuiltin(target)) return allowsBuiltin(target.replace(/^node:/, ''), rule.node)
  return rule.packages.some((name) => isInside(target, name))
}

function allowsBuiltin(name: string, node: ImportRule['node']): boolean {
  if (typeof node === 'string') return node === 'all'
  return !node.except.some((forbidden) => isInside(name, forbidden))
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** Each import cycle once, as `a → b → a`. */
export function cycles(sources: Source[]): string[] {
  const edges = new Map(sources.map(({ path, imports }) => [path, imports]))
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return found
}

/** Sources that none of the entries leads to. */
export function unreached(sources: Source[], entries: string[]): string[] {
  const edges = new Map(sources.map(({ path, imports }) => [path, imports]))
  const reached = new Set(entries)
  // A set hands out what is added while it is walked.
  for (const path of reached) for (const target of edges.get(path) ?? []) reached.add(target)
  return [...edges.keys()].filter((path) => !reached.has(path))
}
