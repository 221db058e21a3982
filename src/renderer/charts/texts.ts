export const chartTexts = {
  none: '–',
  table: 'As a table',
  series: 'Line',
  tableOf: (caption: string) => `${caption}, as a table`,
  summary: (caption: string, lines: string[]) => `${caption}: ${lines.join(', ')}`,
}
