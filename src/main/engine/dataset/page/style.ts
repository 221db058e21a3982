import { Html } from '../../evaluate/report/html.ts'

/** Sides of a split beside each other, and the pictures of a side in a row. */
export const STYLE = new Html(`<style>
.sides{display:flex;flex-wrap:wrap;gap:1rem 2rem}.side{flex:1 1 17rem;min-width:0}.side h3{font-size:.875rem;font-weight:600;margin:0 0 .5rem;color:var(--muted)}
.scans{display:flex;flex-wrap:wrap;gap:.75rem}.one{width:8rem;margin:0;font-size:.8125rem;line-height:1.35}
h2{scroll-margin-top:3rem}.one .scan{width:8rem;height:8rem;display:block;margin-bottom:.25rem}.one span{display:block;overflow-wrap:anywhere}
@media print{.one,.one .scan{width:5.5rem}.one .scan{height:5.5rem}.one{font-size:6.5pt;break-inside:avoid}.group{break-inside:avoid}}
</style>`)
