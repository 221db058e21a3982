import { getConfiguration, getRenderingCapabilities, init as initCore } from '@cornerstonejs/core'
import {
  addTool,
  annotation,
  Enums,
  init as initTools,
  PanTool,
  ToolGroupManager,
  type Types,
  ZoomTool,
} from '@cornerstonejs/tools'
import { MOUSE_BUTTONS, type Mouse, type MouseButton } from '../../shared/keys.ts'
import { RequestFailed } from '../client/client.ts'
import { texts } from '../texts.ts'
import { headerOfImage, registerImages } from './images.ts'
import { InsideLengthTool } from './length-tool.ts'
import { ScrollTool } from './scroll-tool.ts'
import { RangeWindowTool } from './window-tool.ts'

/** Tools that a mouse button can have. */
const TOOLS = {
  window: RangeWindowTool,
  pan: PanTool,
  zoom: ZoomTool,
  length: InsideLengthTool,
  scroll: ScrollTool,
} as const
export type ToolName = keyof typeof TOOLS

const GROUP = 'gyrus'
const BINDINGS: Record<MouseButton, Enums.MouseBindings> = {
  left: Enums.MouseBindings.Primary,
  middle: Enums.MouseBindings.Auxiliary,
  right: Enums.MouseBindings.Secondary,
}
let ready = false

/**
 * Once for the page: Cornerstone, its loader and tools. Throws `RequestFailed` where there is no WebGL: what Cornerstone draws
 * without it turns flipped images another way round, and rounds to 8 bits before it interpolates.
 */
export function setup(): Types.IToolGroup {
  if (!ready) {
    if (!getRenderingCapabilities().webgl) throw new RequestFailed(texts.noWebGl)
    const defaults = getConfiguration()
    // One draws all views, one after the other.
    initCore({ ...defaults, rendering: { ...defaults.rendering, webGlContextCount: 1 } })
    initTools()
    registerImages()
    for (const tool of Object.values(TOOLS)) addTool(tool)
    const { style } = annotation.config
    const styles = style.getDefaultToolStyles()
    style.setDefaultToolStyles({ ...styles, global: { ...styles.global, ...STYLE } })
    ready = true
  }
  return ToolGroupManager.getToolGroup(GROUP) ?? makeGroup()
}

/** Gives each mouse button its tool. */
export function bindTools(group: Types.IToolGroup, mouse: Mouse): void {
  for (const [name, { toolName }] of Object.entries(TOOLS)) {
    group.setToolPassive(toolName, { removeAllBindings: true })
    const buttons = MOUSE_BUTTONS.filter((button) => mouse[button] === name)
    const bindings = buttons.map((button) => ({ mouseButton: BINDINGS[button] }))
    if (bindings.length > 0) group.setToolActive(toolName, { bindings })
  }
}

function makeGroup(): Types.IToolGroup {
  const group = ToolGroupManager.createToolGroup(GROUP)
  if (!group) throw new Error('no tool group')
  group.addTool(RangeWindowTool.toolName)
  group.addTool(PanTool.toolName)
  group.addTool(ZoomTool.toolName)
  group.addTool(ScrollTool.toolName)
  group.addTool(InsideLengthTool.toolName, { getTextLines: lengthText })
  return group
}

/** In mm where the file has a scale; else a length is one of pixels and says so. */
function lengthText(data: { cachedStats?: Record<string, { length?: number }> }, targetId: string): string[] {
  const length = data.cachedStats?.[targetId]?.length
  if (length === undefined) return []
  const mm = headerOfImage(targetId.replace(/^imageId:/, ''))?.mm ?? null
  return [mm === null ? texts.viewer.px(length) : texts.viewer.mm(length * mm)]
}

/** Light enough for black, and the text has a dark ground of its own for white. */
const ACCENT = '#8fd0ff'
const BRIGHT = '#d6efff'
const STYLE = {
  color: ACCENT,
  colorHighlighted: BRIGHT,
  colorSelected: BRIGHT,
  colorLocked: ACCENT,
  lineWidth: '2',
  lineWidthSelected: '3',
  lineDash: '',
  shadow: true,
  textBoxFontFamily: 'Inter Variable, sans-serif',
  textBoxFontSize: '15px',
  textBoxColor: ACCENT,
  textBoxColorHighlighted: BRIGHT,
  textBoxColorSelected: BRIGHT,
  textBoxBackground: 'rgb(0 0 0 / 75%)',
  textBoxBorderRadius: 4,
  textBoxMargin: 4,
  textBoxLinkLineWidth: '1',
  textBoxLinkLineDash: '2,3',
  textBoxShadow: true,
}
