import { getConfiguration, init as initCore } from '@cornerstonejs/core'
import {
  addTool,
  annotation,
  Enums,
  init as initTools,
  LengthTool,
  PanTool,
  ToolGroupManager,
  type Types,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools'
import { texts } from '../texts.ts'
import { registerImages } from './images.ts'

/** Tools that the left button can have. */
export const TOOLS = { window: WindowLevelTool, pan: PanTool, zoom: ZoomTool, length: LengthTool } as const
export type ToolName = keyof typeof TOOLS

const GROUP = 'gyrus'
const { MouseBindings } = Enums
let ready = false

/** Once for the page: Cornerstone, its loader and tools. */
export function setup(): Types.IToolGroup {
  if (!ready) {
    const defaults = getConfiguration()
    // One image at a time is shown.
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

/** The left button gets `primary`; middle pans and right zooms, always. */
export function bindTools(group: Types.IToolGroup, primary: ToolName): void {
  for (const tool of Object.values(TOOLS)) group.setToolPassive(tool.toolName, { removeAllBindings: true })
  const bindings = new Map<string, number[]>([
    [PanTool.toolName, [MouseBindings.Auxiliary]],
    [ZoomTool.toolName, [MouseBindings.Secondary]],
  ])
  const { toolName } = TOOLS[primary]
  bindings.set(toolName, [MouseBindings.Primary, ...(bindings.get(toolName) ?? [])])
  for (const [name, buttons] of bindings)
    group.setToolActive(name, { bindings: buttons.map((mouseButton) => ({ mouseButton })) })
}

function makeGroup(): Types.IToolGroup {
  const group = ToolGroupManager.createToolGroup(GROUP)
  if (!group) throw new Error('no tool group')
  group.addTool(WindowLevelTool.toolName)
  group.addTool(PanTool.toolName)
  group.addTool(ZoomTool.toolName)
  group.addTool(LengthTool.toolName, { getTextLines: lengthText, actions: {} })
  return group
}

/** Raster files have no scale, so a length is one of pixels and says so. */
function lengthText(data: { cachedStats?: Record<string, { length?: number }> }, targetId: string): string[] {
  const length = data.cachedStats?.[targetId]?.length
  return length === undefined ? [] : [texts.viewer.px(length)]
}

/** Light enough for black, and the text has a dark ground of its own for white. */
const ACCENT = '#8fd0ff'
const BRIGHT = '#d6efff'
const STYLE = {
  color: ACCENT,
  colorHighlighted: BRIGHT,
  colorSelected: ACCENT,
  colorLocked: ACCENT,
  lineWidth: '2',
  lineDash: '',
  shadow: true,
  textBoxFontFamily: 'Inter Variable, sans-serif',
  textBoxFontSize: '15px',
  textBoxColor: ACCENT,
  textBoxColorHighlighted: BRIGHT,
  textBoxColorSelected: ACCENT,
  textBoxBackground: 'rgb(0 0 0 / 75%)',
  textBoxBorderRadius: 4,
  textBoxMargin: 4,
  textBoxLinkLineWidth: '1',
  textBoxLinkLineDash: '2,3',
  textBoxShadow: true,
}
