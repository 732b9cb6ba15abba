/** The report's style sheet: system fonts, both colour schemes, readable when printed. */
export const STYLE = `
:root { --ink: #1c2126; --soft: #59636e; --paper: #ffffff; --panel: #f4f6f8; --line: #d5dbe1; --bad: #b3261e; --bad-soft: #fbe4e2; --good: #1a6b3c; --good-soft: #ddf1e4; --odd: #7a5200; --odd-soft: #fbefd5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9aa5b1; --paper: #14181c; --panel: #1d2329; --line: #36404a; --bad: #ff8a80; --bad-soft: #4a1f1c; --good: #7fd6a2; --good-soft: #153a25; --odd: #f0c36a; --odd-soft: #43330f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.7rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); } h3 { margin: .5rem 0; font-size: 1rem; } h4 { margin: 1rem 0 .25rem; font-size: .9rem; }
p { margin: .35rem 0; } a { color: inherit; }
.tiles, .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
.tile, .side { padding: .5rem 1rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; min-width: 0; }
.side p { overflow-wrap: anywhere; }
.figures b { font-size: 1.6rem; } .figures .exploited { color: var(--bad); } .figures .blocked { color: var(--good); } .figures .other { color: var(--odd); }
figure { margin: 1rem 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .what, svg .gap text, svg .end { fill: var(--soft); font-size: 10.5px; } svg .attack { font-size: 10.5px; } svg .gap .name { font-size: 12px; }
svg .wall line { stroke: var(--soft); stroke-width: 5; } svg .gap line { stroke: var(--line); stroke-width: 2; stroke-dasharray: 4 5; }
svg a line { stroke-width: 2; } svg a:hover line { stroke-width: 4; } svg .exploited line { stroke: var(--bad); } svg .exploited circle { fill: var(--bad); } svg .blocked line { stroke: var(--good); } svg .blocked circle { fill: var(--good); }
svg .not-run line, svg .declared line, svg .error line { stroke: var(--odd); } svg .not-run circle, svg .declared circle, svg .error circle { fill: var(--odd); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; } tbody th { font-weight: 500; }
.verdict { display: inline-block; padding: 0 .5rem; border-radius: 3px; font-size: .85rem; white-space: nowrap; } .verdict.exploited { color: var(--bad); background: var(--bad-soft); } .verdict.blocked { color: var(--good); background: var(--good-soft); } .verdict.not-run, .verdict.declared, .verdict.error { color: var(--odd); background: var(--odd-soft); }
.chain { display: flex; flex-wrap: wrap; gap: .25rem; margin: .25rem 0; padding: 0; list-style: none; font-size: .8rem; } .chain li { padding: 0 .4rem; border: 1px solid var(--line); border-radius: 3px; white-space: nowrap; } .chain li + li::before { content: "then "; color: var(--soft); } .chain .held { border-color: var(--good); background: var(--good-soft); color: var(--good); font-weight: 600; }
details.attack { margin: .4rem 0; border: 1px solid var(--line); border-radius: 6px; } details.attack > summary { padding: .5rem .8rem; cursor: pointer; } details.attack > .sides { padding: 0 .8rem .8rem; } .title { font-weight: 600; margin-right: .5rem; }
details.exchange { margin: .4rem 0; } details.exchange summary { cursor: pointer; overflow-wrap: anywhere; } small { color: var(--soft); }
pre { margin: .3rem 0; padding: .5rem; max-height: 22rem; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; font-size: .78rem; white-space: pre-wrap; overflow-wrap: anywhere; } code { font-size: .85em; overflow-wrap: anywhere; }
.records { margin: 0; padding-left: 1.1rem; } .types { columns: 3 16rem; font-size: .85rem; }
@media print { details { break-inside: avoid; } pre { max-height: none; } }
`;
