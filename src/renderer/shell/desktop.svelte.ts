import type { Action } from '../../shared/keys.ts'
import type { PageMenu } from '../../shared/shell.ts'
import { account } from '../accounts/account.svelte.ts'
import { transport } from '../client/client.ts'
import { guide } from '../guide/guide.svelte.ts'
import { intake } from '../intake/intake.svelte.ts'
import { GENERAL, IMAGE, STACK, VERDICT } from '../settings/groups.ts'
import { preferences } from '../settings/preferences.svelte.ts'
import { texts } from '../texts.ts'
import { isBound, runAction } from './keys.svelte.ts'

/** Work on every screen, whatever is bound. */
const ALWAYS: Partial<Record<Action, () => void>> = {
  lock: () => void account.lock('asked'),
  guide: () => guide.show(),
}

/** What the window's menu shows of this page: what its screen can do, by the reader's keys. */
function menuNow(): PageMenu {
  const groups = [...GENERAL, VERDICT, IMAGE, STACK].map(({ title, rows }) => {
    const actions = rows.flatMap(({ actions }) => actions).filter((one) => one in ALWAYS || isBound(one))
    const items = actions.map((action) => ({
      action,
      label: texts.keys.actions[action],
      key: preferences.keys(action)[0] ?? null,
    }))
    return { title, items }
  })
  return { opens: account.can('review'), groups: groups.filter(({ items }) => items.length > 0) }
}

async function takePaths(): Promise<void> {
  const paths = await transport.takePaths()
  if (paths.length > 0) await intake.openHanded(paths)
}

/** What the desktop's shell and this page tell each other. To be called once; returns what ends it. */
export function startDesktop(): () => void {
  const unheard = transport.onCommand((command) => {
    if (!account.ready) return
    if (command.kind === 'handed') void takePaths()
    else if (command.kind === 'open') void intake.choose(command.what)
    else (ALWAYS[command.action] ?? (() => runAction(command.action)))()
  })
  const end = $effect.root(() => {
    $effect(() => transport.showMenu(account.ready ? menuNow() : null))
    // What came while nobody was signed in.
    $effect(() => {
      if (account.ready) void takePaths()
    })
  })
  return () => {
    unheard()
    end()
  }
}
