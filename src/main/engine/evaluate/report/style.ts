import { BANNER } from '../../../../shared/labels.ts'
import { Html } from './html.ts'

/** Dark, as in a reading room; light where the reader's system asks for it, and on paper. */
export const STYLE = new Html(`<style>
:root{color-scheme:dark;--bg:#0c0d0f;--surface:#131517;--line:#2b2f34;--text:#e9ebed;--muted:#a9afb6;--fill:86,160,220;
--bad:240,120,110;--caution:#e8b25c;--on-caution:#1d1403;--s0:#56b4e9;--s1:#e69f00;--s2:#2fc39a;--s3:#d98cc0}
@media print,(prefers-color-scheme:light){:root{color-scheme:light;--bg:#fff;--surface:#fff;--line:#c9ced3;--text:#111;--muted:#4a5056;--fill:0,114,178;
--bad:200,40,30;--caution:#f6d28f;--on-caution:#1d1403;--s0:#0072b2;--s1:#b35c00;--s2:#00734f;--s3:#9c3f7b}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);
font:15px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums}
.banner{position:sticky;top:0;z-index:1;padding:.5rem 1.5rem;text-align:center;background:var(--caution);color:var(--on-caution);font-weight:600}
main{margin:0 auto;max-width:76rem;padding:0 1.5rem 3rem}h1{font-size:1.75rem;margin:1.5rem 0 .25rem}h2{font-size:1.375rem;margin:2.5rem 0 .75rem}p{margin:.5rem 0;max-width:60rem}
figure{margin:0 0 1.5rem;padding:1rem;background:var(--surface);border:1px solid var(--line);border-radius:.5rem;overflow-x:auto}
figcaption{font-weight:600;margin-bottom:.5rem}table{border-collapse:collapse;width:100%}
th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}thead th{border-top:0;color:var(--muted);font-weight:600}
tbody th{font-weight:400;min-width:8.5rem}tr.group th{font-weight:600;padding-top:.8rem}.number{white-space:nowrap}.range,.note,.source,.muted{color:var(--muted)}
.note,.source{font-size:.8125rem}.source{border-top:1px solid var(--line);padding-top:.4rem;margin-bottom:0;max-width:none}
.id{overflow-wrap:anywhere}.list td:first-child,.list .id{min-width:10rem}.list th,.list td{font-size:.875rem}.wrong{color:rgb(var(--bad))}.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}
.row.four{grid-template-columns:repeat(auto-fit,minmax(13.5rem,1fr))}.row h3{font-size:.9375rem;margin:0 0 .25rem}
.confusion td{text-align:center;background:rgba(var(--fill),var(--share,0))}.confusion td.off{background:rgba(var(--bad),var(--share,0))}
.confusion td,.confusion th{padding:.35rem .3rem}.confusion small{display:block;white-space:nowrap;font-size:.75rem}.confusion td.missed{outline:2px solid rgb(var(--bad));outline-offset:-2px}.scan{width:5rem;height:5rem;object-fit:contain;background:#000}
svg{width:100%;max-width:24rem;height:auto;display:block}svg text{fill:var(--muted);font-size:10.5px}.middle{text-anchor:middle}.end{text-anchor:end}
.grid{stroke:var(--line);stroke-width:.7}.axis{fill:none;stroke:var(--muted)}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.s0{--c:var(--s0)}.s1{--c:var(--s1);stroke-dasharray:6 2.5}.s2{--c:var(--s2);stroke-dasharray:2 2}.s3{--c:var(--s3);stroke-dasharray:8 2 2 2}
.line{stroke:var(--c,var(--muted))}.dot{fill:var(--c,var(--muted))}.dot.open{fill:none;stroke:var(--muted)}.whisker{stroke:var(--muted);stroke-width:1}
.even{stroke:var(--muted);stroke-width:1;stroke-dasharray:3 3}.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem}
.key{width:28px;display:inline-block;vertical-align:middle;margin-right:.4rem}
@page{size:A4;margin:16mm 12mm 12mm;@top-center{content:"${BANNER}";font:600 8pt system-ui,sans-serif}}@media print{*{print-color-adjust:exact}html{font-size:10.5px}body{font-size:8pt}main{max-width:none;padding:0}
.banner{position:static;border:2px solid}tr,.row>*,svg{break-inside:avoid}h2,h3,figcaption,.legend{break-after:avoid}.note,.source{break-before:avoid}
figure{overflow:visible;padding:.5rem}th,td{padding:.2rem .35rem}.number{white-space:normal}.range{display:block;white-space:nowrap}
.list th,.list td{font-size:7pt}.list td:first-child,.list .id{min-width:0}.scan{width:3.5rem;height:3.5rem}}
</style>`)
