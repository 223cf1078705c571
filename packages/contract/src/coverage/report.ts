import {
  type Cell,
  cellDimensions,
  type Coverage,
  dimensions,
  type OperationCoverage,
  percent,
  shareOf,
} from "./coverage.ts";

/** Colours follow the reader's setting. Covered items also have a mark, for readers who cannot see the colours. */
const style = `:root{color-scheme:light dark;--covered:light-dark(#1a7f37,#56d364);--not:light-dark(#b42318,#ff8a80);--line:light-dark(#d0d7de,#3d444d)}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h2{border-top:1px solid var(--line);padding-top:1rem}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1.5rem .2rem 0;font-variant-numeric:tabular-nums}
ul{display:flex;flex-wrap:wrap;gap:.35rem;padding:0;list-style:none}
li{border:1px solid var(--covered);border-radius:.3rem;padding:0 .4rem;font-size:.85rem;color:var(--covered)}
li::before{content:"✓ "}li.missing{border:1px dashed var(--not);color:var(--not)}li.missing::before{content:"✗ "}
li small{opacity:.8}meter{width:10rem}`;

/** Writes the report as one HTML page without external resources. */
export function coverageHtml(coverage: Coverage): string {
  const { calls, incomplete, otherPaths, totals, operations, unlisted } = coverage;
  const rows = dimensions.map((dimension) => {
    const { covered, total } = totals[dimension];
    const share = percent(totals[dimension]);
    return `<tr><th scope="row">${dimension}</th><td><meter min="0" max="100" value="${share}">${share} %</meter></td><td>${share} %</td><td>${covered} of ${total}</td></tr>`;
  });
  const others = unlisted.map(
    ({ operation, code, covered }) => `<li>${escape(operation)} ${code} <small>${covered}</small></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Contract coverage</title>
<style>${style}</style>
<h1>Contract coverage</h1>
<p>${calls} calls, ${incomplete} without a complete response, ${otherPaths} to other paths. Only complete responses count.</p>
<table>${rows.join("\n")}</table>
${operations.map((operation) => section(operation)).join("\n")}
${others.length === 0 ? "" : `<h2>Codes that the catalogue does not list for the operation</h2>\n<ul>${others.join("")}</ul>\n`}</html>
`;
}

function section(operation: OperationCoverage): string {
  const lists = cellDimensions
    .filter((dimension) => operation[dimension].length > 0)
    .map((dimension) => {
      const { covered, total } = shareOf(operation[dimension]);
      return `<h3>${dimension}: ${covered} of ${total}</h3>\n<ul>${operation[dimension].map((cell) => item(cell)).join("\n")}</ul>`;
    });
  return `<h2>${escape(operation.operation)}: ${operation.completed} responses</h2>\n${lists.join("\n")}`;
}

function item(cell: Cell): string {
  return cell.covered === 0
    ? `<li class="missing">${escape(label(cell))}</li>`
    : `<li>${escape(label(cell))} <small>${cell.covered}</small></li>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Codes that are not in the catalogue can be any number: JSON has them all. */
const shownCodes = 10;

/** Writes the report for a terminal: the totals, then what each operation lacks. */
export function coverageText(coverage: Coverage): string {
  const { totals, operations, calls, incomplete, otherPaths, unlisted } = coverage;
  const width = Math.max(...dimensions.map((dimension) => dimension.length));
  const lines = [
    `${count(calls, "call")}, ${incomplete} without a complete response, ${otherPaths} to other paths`,
    "",
    ...dimensions.map((dimension) => {
      const share = totals[dimension];
      return `${dimension.padEnd(width)}  ${`${percent(share)} %`.padStart(7)}  ${share.covered} of ${share.total}`;
    }),
  ];
  for (const operation of operations) {
    lines.push("", `${operation.operation}: ${count(operation.completed, "response")}`);
    for (const dimension of cellDimensions) {
      const missing = operation[dimension].filter(({ covered }) => covered === 0);
      const { covered, total } = shareOf(operation[dimension]);
      if (total === 0) continue;
      const names = covered === 0 ? "all" : missing.map((cell) => label(cell)).join(", ");
      const rest = missing.length === 0 ? "" : `; not covered: ${names}`;
      lines.push(`  ${dimension} ${covered} of ${total}${rest}`);
    }
  }
  if (unlisted.length > 0) {
    lines.push("", "Codes that the catalogue does not list for the operation:");
    for (const { operation } of operations) {
      const codes = unlisted.filter((it) => it.operation === operation).map(({ code }) => code);
      const more = codes.length > shownCodes ? ` and ${codes.length - shownCodes} more` : "";
      if (codes.length > 0) lines.push(`  ${operation} ${codes.slice(0, shownCodes).join(", ")}${more}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Returns the label of a cell: `50001 UserNotImported`, `OnlyPage`. */
export function label({ code, name }: Cell): string {
  return code === undefined ? name : `${code} ${name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
