import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import type { SourceRule } from '../../shared/source-rule.ts'
import { ruleText } from '../../shared/source-rule-text.ts'
import {
  LISTENER,
  type ListenerSettings,
  listenerSettingsSchema,
  type Peer,
  peerSchema,
  type WatchedFolder,
} from '../../shared/sources.ts'
import { chooseDataDir, openLog, openRecord } from '../compose.ts'
import { fitFolder } from '../core/sources/fit-folder.ts'
import type { Store } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { askedRule, type RuleChange, withRuleOptions } from './source-rule.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  subFolders?: boolean
}

interface ListenerOptions extends Options {
  on?: boolean
  off?: boolean
  aeTitle?: string
  port?: number
  address?: string
  peer?: Peer[]
}

type RuleOptions = Options & RuleChange

const CLOSE_FIRST = '\nFor administrators. Close the app first.'

export const sourcesCommand = () =>
  new Command('sources')
    .description('Where scans come from by themselves: the DICOM listener, watched folders.')
    .addCommand(dataCommand('list', 'What is set; whether it listens now is on the page Admin › Sources.').action(list))
    .addCommand(
      dataCommand('watch', 'Take what comes into a folder while Gyrus runs.')
        .argument('<folder>', 'where others put scans')
        .option('--no-sub-folders', 'not what is in folders in it')
        .addHelpText('after', CLOSE_FIRST)
        .action(watch),
    )
    .addCommand(
      dataCommand('unwatch', 'Watch a folder no longer; what came from it stays.')
        .argument('<folder>', 'as “gyrus sources list” writes it')
        .addHelpText('after', CLOSE_FIRST)
        .action(unwatch),
    )
    .addCommand(
      dataCommand('listener', 'Set the DICOM listener; what is not given stays as it is.')
        .option('--on', 'listen while Gyrus runs')
        .addOption(new Option('--off', 'do not').conflicts('on'))
        .option('--ae-title <title>', 'what peers have to call it', toSetting('aeTitle'))
        .option('--port <port>', 'TCP port', (text) => toSetting('port')(Number(text)))
        .option('--address <address>', 'of this machine; 127.0.0.1 is this machine alone', toSetting('address'))
        .option('--peer <peer>', 'who may send, as TITLE@address; once for each, in place of those before', toPeers)
        .addHelpText('after', CLOSE_FIRST)
        .action(setListener),
    )
    .addCommand(
      withRuleOptions(
        dataCommand(
          'rule',
          'Set what a source takes, and what becomes of it; what is not given stays as it is.',
        ).argument('<source>', '“listener”, or a folder as “gyrus sources list” writes it'),
      )
        .addHelpText('after', CLOSE_FIRST)
        .action(rule),
    )

const rule = (source: string, options: RuleOptions) =>
  change('sources rule', options, async (store, by) => {
    const id = source === LISTENER ? LISTENER : await folderId(store, source)
    await store.setSourceRule(id, askedRule(await store.sourceRule(id), options), by)
  })

async function folderId(store: Store, path: string): Promise<string> {
  const known = (await store.watchedFolders()).find((one) => one.path === path || one.path === resolve(path))
  if (!known) throw new GyrusError('source-unknown')
  return known.id
}

async function list(options: Options): Promise<void> {
  await mayRead(options.dataDir, 'sources list', 'oversee')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    await print(record.store, options)
  } finally {
    await record.close()
  }
}

const watch = (path: string, options: Options) =>
  change('sources watch', options, async (store, by, root) => {
    const asked = { path: resolve(path), subFolders: options.subFolders !== false }
    await store.setFolder(await fitFolder(asked, await store.watchedFolders(), root), by)
  })

const unwatch = (path: string, options: Options) =>
  change('sources unwatch', options, async (store, by) => {
    await store.removeFolder(await folderId(store, path), by)
  })

const setListener = (options: ListenerOptions) =>
  change('sources listener', options, async (store, by) => {
    const { on, off, aeTitle, port, address, peer } = options
    const before = await store.listenerSettings()
    const asked: ListenerSettings = {
      ...before,
      on: on ? true : off ? false : before.on,
      aeTitle: aeTitle ?? before.aeTitle,
      port: port ?? before.port,
      address: address ?? before.address,
      peers: peer ?? before.peers,
    }
    await store.setListener(asked, by)
  })

async function change(
  command: string,
  options: Options,
  work: (store: Store, by: string, root: string) => Promise<void>,
): Promise<void> {
  const record = await openRecord(chooseDataDir(options.dataDir))
  try {
    await work(record.store, await whoMay(record.store, 'administer', command), record.folder.root)
    await print(record.store, options)
  } finally {
    await record.close()
  }
}

async function print(store: Store, { json }: Options): Promise<void> {
  const listener = { ...(await store.listenerSettings()), rule: await store.sourceRule(LISTENER) }
  const folders: (WatchedFolder & { rule: SourceRule })[] = []
  for (const one of await store.watchedFolders()) folders.push({ ...one, rule: await store.sourceRule(one.id) })
  if (json) return console.log(JSON.stringify({ listener, folders }))
  const { aeTitle, address, port, peers } = listener
  console.log(`DICOM listener ${listener.on ? 'on' : 'off'}: ${aeTitle} at ${address}, port ${port}`)
  for (const peer of peers) console.log(`  ${peer.aeTitle}@${peer.address} may send`)
  if (peers.length === 0) console.log('  nobody may send')
  console.log(`  ${ruleText(listener.rule, { pictures: false })}`)
  for (const { path, subFolders, on, rule } of folders) {
    console.log(`${on ? 'Watched' : 'Not watched now'}: ${path}${subFolders ? ', with sub-folders' : ''}`)
    console.log(`  ${ruleText(rule, { pictures: true })}`)
  }
}

const toSetting =
  <K extends 'aeTitle' | 'port' | 'address'>(name: K) =>
  (value: unknown): ListenerSettings[K] => {
    const { data, error } = listenerSettingsSchema.shape[name].safeParse(value)
    if (error) throw new InvalidArgumentError(error.issues[0]?.message ?? 'It does not fit.')
    return data as ListenerSettings[K]
  }

function toPeers(text: string, before: Peer[] | undefined): Peer[] {
  const at = text.lastIndexOf('@')
  const { data } = peerSchema.safeParse({ aeTitle: text.slice(0, at), address: text.slice(at + 1) })
  if (at < 0 || !data) throw new InvalidArgumentError('A peer is written as TITLE@address, e.g. MR1@10.1.2.3.')
  return [...(before ?? []), data]
}
