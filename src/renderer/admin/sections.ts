import type { Component } from 'svelte'
import type { Right } from '../../shared/accounts.ts'
import { adminTexts } from './texts.ts'

/** A part of the admin panel, at `#/admin/<name>` or, for one thing in it, `#/admin/<name>/<id>`. */
interface Section {
  name: string
  title: string
  /** Who sees it. */
  may: Right
  /** Few ever open it: loaded when it is. What of it is open it reads from `router.thing`. */
  load(): Promise<{ default: Component<Record<string, never>> }>
}

const { titles } = adminTexts
const all = { may: 'oversee' } as const

/** In the order in which they are used: data, training on it, choosing a model, watching it; then the department. */
export const SECTIONS: readonly Section[] = [
  { ...all, name: 'data-sets', title: titles['data-sets'], load: () => import('../data-sets/DataSetsPage.svelte') },
  { ...all, name: 'training', title: titles.training, load: () => import('../training/TrainingPage.svelte') },
  { ...all, name: 'models', title: titles.models, load: () => import('../models/ModelsPage.svelte') },
  { ...all, name: 'monitoring', title: titles.monitoring, load: () => import('../monitoring/MonitoringPage.svelte') },
  { ...all, name: 'compute', title: titles.compute, load: () => import('../compute/ComputePage.svelte') },
  { ...all, name: 'sources', title: titles.sources, load: () => import('../sources/SourcesPage.svelte') },
  { ...all, name: 'care', title: titles.care, load: () => import('../care/CarePage.svelte') },
  {
    name: 'accounts',
    title: titles.accounts,
    may: 'administer',
    load: () => import('../accounts/AccountsPage.svelte'),
  },
  { ...all, name: 'settings', title: titles.settings, load: () => import('../settings/SettingsPage.svelte') },
]
