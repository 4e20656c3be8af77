/*
 * How the panel looks: a palette, roles, and what uses the roles.
 */

export const SHEET = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  width: 0 !important;
  height: 0 !important;
  overflow: visible !important;
  z-index: 2147483647 !important;

  --surface: #fff;
  --sunken: #f4f7f8;
  --ink: #10181c;
  --soft: #52636b;
  --line: #e8edef;
  --strong: #8b999f;
  --accent: #0b6e76;
  --wash: #edf7f8;
  --good: #1d8a4e;
  --wait: #b87209;
  --bad: #c2362b;
  --shadow: 0 2px 6px rgb(16 24 28 / .1), 0 12px 40px rgb(16 24 28 / .18);
  color-scheme: light dark;
}
:host::backdrop { display: none !important; }
@media (prefers-color-scheme: dark) {
  :host {
    --surface: #141b1f;
    --sunken: #1b2429;
    --ink: #eef2f3;
    --soft: #a9b6bb;
    --line: #263138;
    --strong: #7c8a90;
    --accent: #5cc6cd;
    --wash: #14343a;
    --good: #58c98a;
    --wait: #e09422;
    --bad: #f0796e;
    --shadow: 0 2px 6px rgb(0 0 0 / .3), 0 12px 40px rgb(0 0 0 / .5);
  }
}
@media print { :host { display: none !important; } }

* { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
ul { list-style: none; }
button, input, select {
  font: inherit;
  color: inherit;
}
button {
  border: 0;
  background: none;
  cursor: pointer;
  text-align: start;
  -webkit-tap-highlight-color: transparent;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 6px; }

.panel, .tab {
  position: fixed;
  left: 0;
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  color: var(--ink);
  background: var(--surface);
  box-shadow: var(--shadow);
  overflow-wrap: anywhere;
}
.right { left: auto; right: 0; }
.panel {
  inset-block: 0;
  width: 392px;
  max-width: 100vw;
  display: flex;
  flex-direction: column;
}
.tab {
  bottom: calc(20px + env(safe-area-inset-bottom, 0px));
  min-height: 44px;
  padding: 8px 16px;
  border-radius: 0 12px 12px 0;
  font-weight: 600;
}
.tab.right { border-radius: 12px 0 0 12px; }

header {
  display: flex;
  align-items: flex-start;
  gap: 4px;
  padding: 16px 8px 12px 16px;
  border-bottom: 1px solid var(--line);
}
header > div { flex: 1; min-width: 0; }
h2 { font-size: 16px; line-height: 1.35; }
h3, h4 { font-size: inherit; font-weight: inherit; }
.clock, .soft, footer { font-size: 12.5px; color: var(--soft); font-variant-numeric: tabular-nums; }
.icon {
  width: 36px;
  height: 36px;
  flex: none;
  display: grid;
  place-items: center;
  border-radius: 8px;
  color: var(--soft);
}
svg { display: block; width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; }
.icon:hover, .head:hover, .pretend:hover { background: var(--sunken); }
.scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; }
footer { padding: 10px 16px calc(10px + env(safe-area-inset-bottom, 0px)); border-top: 1px solid var(--line); }

.pretend {
  width: 100%;
  min-height: 44px;
  display: flex;
  align-items: baseline;
  gap: 8px;
  padding: 12px 16px;
}
.pretend > :first-child { font-weight: 600; }
.pretend::after, .head::after {
  content: "";
  flex: none;
  width: 7px;
  height: 7px;
  margin-inline-start: auto;
  border: solid var(--strong);
  border-width: 0 1.5px 1.5px 0;
  transform: translateY(-3px) rotate(45deg);
}
[aria-expanded="true"]::after { transform: rotate(225deg); }
.over { border-bottom: 1px solid var(--line); }
.settings { padding: 12px 16px 16px; background: var(--sunken); border-bottom: 1px solid var(--line); }
.field { display: grid; grid-template-columns: 116px 1fr; gap: 8px; margin-bottom: 8px; }
label { padding-top: 9px; font-size: 12.5px; color: var(--soft); }
.row { display: flex; flex-wrap: wrap; gap: 6px; min-width: 0; }
input, select {
  flex: 1 1 100px;
  min-width: 0;
  width: 100%;
  height: 36px;
  padding: 0 10px;
  border: 1px solid var(--strong);
  border-radius: 8px;
  background: var(--surface);
}
::placeholder { color: var(--soft); opacity: 1; }
.row button, .actions button {
  height: 36px;
  padding: 0 10px;
  border: 1px solid var(--strong);
  border-radius: 8px;
  background: var(--surface);
}
.row .whole { flex-basis: 100%; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
button:disabled { opacity: .5; cursor: default; }

.none { padding: 24px 16px; }
.trigger { border-bottom: 1px solid var(--line); }
.head {
  width: 100%;
  display: grid;
  grid-template-columns: 10px auto 1fr 7px;
  column-gap: 8px;
  row-gap: 2px;
  align-items: baseline;
  padding: 12px 16px;
}
.head::after { grid-area: 1 / 4; }
.dot { width: 10px; height: 10px; border-radius: 50%; border: 2px solid var(--strong); align-self: start; margin-top: 5px; }
.name { font-weight: 600; }
.tag {
  justify-self: start;
  padding: 0 7px;
  border-radius: 999px;
  background: var(--wash);
  color: var(--accent);
  font-size: 11.5px;
  line-height: 18px;
}
.verdict { grid-area: 2 / 2 / 3 / 5; color: var(--soft); font-variant-numeric: tabular-nums; }
[data-tone="good"] .dot { border-color: var(--good); background: var(--good); }
[data-tone="good"] .verdict { color: var(--good); }
[data-tone="wait"] .dot { border-color: var(--wait); }
[data-tone="wait"] .verdict { color: var(--ink); }
[data-tone="off"] .name { color: var(--soft); }
[data-tone="off"] .dot { border-style: dotted; }

.body { padding: 0 16px 16px 34px; }
.body > .soft { margin-bottom: 4px; }
h4 { margin: 12px 0 4px; font-size: 12.5px; font-weight: 600; color: var(--soft); }
.tree .tree { padding-inline-start: 7px; margin-inline-start: 7px; border-inline-start: 1px solid var(--line); }
/* Rules may be nested deeper than the panel is wide. */
.tree .tree .tree .tree .tree .tree .tree { padding-inline-start: 2px; margin-inline-start: 2px; }
.line { display: flex; gap: 8px; padding: 3px 0; }
.sign { flex: none; width: 14px; text-align: center; font-weight: 600; }
.holds .sign { color: var(--good); }
.fails .sign { color: var(--bad); }
.group { color: var(--soft); }
.actual { font-size: 12.5px; color: var(--soft); font-variant-numeric: tabular-nums; }
.step {
  margin-inline-start: 8px;
  font-size: 11.5px;
  font-weight: 600;
  color: var(--wait);
  white-space: nowrap;
}

@media (max-width: 640px) {
  .panel {
    inset: auto 0 0 0;
    width: auto;
    max-height: 62vh;
    max-height: 62dvh;
    border-radius: 18px 18px 0 0;
  }
  .icon { width: 44px; height: 44px; }
  input, select, .row button, .actions button { height: 44px; font-size: 16px; }
  header { padding-top: 12px; }
  label { padding-top: 13px; }
}
`;
