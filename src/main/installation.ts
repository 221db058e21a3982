import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where this installation's own files lie. */
export const ROOT = join(import.meta.dirname, '..', '..')
/** An installed Gyrus has them beside the archive of its program, so that they can be looked at. */
const RESOURCES = ROOT.endsWith('.asar') ? dirname(ROOT) : join(ROOT, 'resources')
export const RENDERER_DIR = join(ROOT, 'dist', 'renderer')
export const SHIPPED_MODEL = 'efl0-2'
export const SHIPPED_MODELS = join(RESOURCES, 'models')
export const MODEL_DIR = join(SHIPPED_MODELS, SHIPPED_MODEL)
export const SAMPLES_DIR = join(RESOURCES, 'samples')
export const RESULTS_DIR = join(RESOURCES, 'results')
export const EVALUATIONS_DIR = join(RESOURCES, 'evaluations')
export const FONTS_DIR = join(RESOURCES, 'fonts')
export const BASE_WEIGHTS = join(RESOURCES, 'base-weights', 'efficientnet-lite0.onnx')

export const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
