/** The style of the pages, light or dark as the reader's system says. Colours are those of the pictures. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1a1a1a; --quiet: #626262; --paper: #fff; --line: #d8dce1; --panel: #f4f6f8;
  --strong: #b34700; --tint: #fdebdd; --good: #00659e; --goodtint: #e3f0f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --quiet: #a9afb6; --paper: #16191d; --line: #3a414a;
  --panel: #22272e; --strong: #ff9350; --tint: #3b2618; --good: #6cbceb; --goodtint: #173241; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem 1.25rem; background: var(--paper); color: var(--ink); font: 15px/1.45 Arimo, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 .3rem; color: var(--strong); }
body.good h1 { color: var(--good); }
h2 { font-size: .95rem; margin: 1rem 0 .3rem; }
p, dl, ul { margin: .2rem 0; } ul { padding-left: 1.2rem; }
a { color: inherit; text-decoration: underline; }
.quiet, dt { color: var(--quiet); } dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; }
code, td.path, td.value { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); gap: 1.25rem; margin-top: .8rem; align-items: start; }
@media (max-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0; overflow: auto; max-height: 88vh; border: 1px solid var(--line); }
figure svg { display: block; width: 100%; min-width: 40rem; height: auto; }
@media (prefers-color-scheme: dark) { figure.trace svg { filter: invert(.91) hue-rotate(180deg); } }
:focus-visible { outline: 3px solid var(--good); outline-offset: 1px; }
figure [id^="row-"] { cursor: pointer; } figure .now polygon { stroke: var(--good); stroke-width: 3; }
.controls { position: sticky; top: 0; z-index: 1; background: var(--paper); padding: .4rem 0; border-bottom: 1px solid var(--line); }
.controls input[type=range] { width: 100%; } button { font: inherit; padding: .1rem .6rem; }
#action { font-weight: bold; } .clash { color: var(--strong); font-weight: bold; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .15rem .45rem; text-align: left; vertical-align: top; }
tr.changed td { background: var(--tint); } #filter { font: inherit; width: 100%; margin: .2rem 0; }
table.matrix td { text-align: center; white-space: nowrap; } table.matrix th { background: var(--panel); }
td.violated { background: var(--tint); } td.violated a { color: var(--strong); font-weight: bold; }
td.holds, td.reached { background: var(--goodtint); } td.differs { outline: 3px solid var(--strong); outline-offset: -3px; }
td.path { white-space: nowrap; }
.scroll { overflow-x: auto; } .scroll.matrix { overflow: auto; max-height: 85vh; border: 1px solid var(--line); }
table.matrix { border-collapse: separate; border-spacing: 0; }
table.matrix thead th { position: sticky; top: 0; z-index: 1; } table.matrix th:first-child { position: sticky; left: 0; z-index: 1; }
table.matrix thead th:first-child { z-index: 2; }
@media print { nav, .controls, #filter { display: none; } .columns { display: block; }
  figure, .scroll.matrix { max-height: none; overflow: visible; border: 0; } figure svg { min-width: 0; filter: none !important; }
  table.matrix th { position: static; } tr, .story { break-inside: avoid; } }
`
