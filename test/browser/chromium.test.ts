import { expect } from 'vitest'
import { test } from '../support/browser.ts'

test('draws text: a font is there', async ({ page }) => {
  await page.setContent('<p id="a" style="font: 40px sans-serif; display: inline-block">mmmm</p>')
  const [width, glyphs] = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    context?.fillText('mmmm', 0, 20)
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return [document.getElementById('a')?.offsetWidth, pixels.filter((value) => value > 0).length]
  })
  expect(width).toBeGreaterThan(40)
  expect(glyphs).toBeGreaterThan(50)
})

test('draws with WebGL 2, which the viewer needs', async ({ page }) => {
  const renderer = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2')
    return gl ? String(gl.getParameter(gl.VERSION)) : 'none'
  })
  expect(renderer).toContain('WebGL 2')
})
