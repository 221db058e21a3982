/** A person as others know them, with the account that signs in for them. */
export function inFull(name: string, fullNames: Map<string, string>): string {
  const fullName = fullNames.get(name) || name
  return fullName === name ? name : `${fullName} (${name})`
}
