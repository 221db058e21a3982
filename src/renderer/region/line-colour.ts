/** Of outline and midline: unlike the yellow of an outlined heat map, and light on black. */
export const LINE_COLOUR = '#8fe3ff'
