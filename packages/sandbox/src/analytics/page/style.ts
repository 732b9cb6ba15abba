/** The page's style sheet: system fonts, both colour schemes, a focus that is seen. */
export const STYLE = `
:root { --ink: #1c2126; --soft: #59636e; --paper: #ffffff; --panel: #f4f6f8; --line: #d5dbe1; --focus: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9aa5b1; --paper: #14181c; --panel: #1d2329; --line: #36404a; --focus: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1150px; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.7rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); } h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.choices { display: flex; flex-wrap: wrap; gap: 1rem; padding: .6rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; padding: .15rem .3rem; }
#said { font-weight: 600; } .note { margin: .4rem 0; max-width: 62rem; color: var(--soft); } .note strong { color: var(--ink); } .nothing { color: var(--soft); font-style: italic; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } figcaption small { display: block; font-weight: 400; } .chart { overflow-x: auto; } .chart figure { margin: 0; }
.chart svg { --plot-background: var(--paper); background: none; color: var(--ink); max-width: none; font-family: system-ui, sans-serif; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .85rem; } th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; } th { border-bottom-color: var(--soft); } .number { font-variant-numeric: tabular-nums; }
details { margin: .4rem 0; border: 1px solid var(--line); border-radius: 6px; padding: .4rem .8rem; } summary { cursor: pointer; } .chart details { max-width: 46rem; font-size: .85rem; } small { color: var(--soft); }
`;
