/** The value of `--name value` or `--name=value`. The rest of the line may hold Chromium's own switches. */
export function optionIn(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  const found = args[index]
  return found === name ? args[index + 1] : found?.slice(name.length + 1)
}
