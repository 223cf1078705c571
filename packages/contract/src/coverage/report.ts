import {
  type Cell,
  cellDimensions,
  type Coverage,
  dimensions,
  type OperationCoverage,
  percent,
  shareOf,
} from "./coverage.ts";

/** Colours follow the reader's own setting. What was met also has a mark, so that no colour has to be seen. */
const style = `:root{color-scheme:light dark;--met:light-dark(#1a7f37,#56d364);--not:light-dark(#b42318,#ff8a80);--line:light-dark(#d0d7de,#3d444d)}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h2{border-top:1px solid var(--line);padding-top:1rem}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1.5rem .2rem 0;font-variant-numeric:tabular-nums}
ul{display:flex;flex-wrap:wrap;gap:.35rem;padding:0;list-style:none}
li{border:1px solid var(--met);border-radius:.3rem;padding:0 .4rem;font-size:.85rem;color:var(--met)}
li::before{content:"✓ "}li.not{border:1px dashed var(--not);color:var(--not)}li.not::before{content:"✗ "}
li small{opacity:.8}meter{width:10rem}`;

/** The report as one page that asks for nothing outside itself. */
export function coverageHtml(coverage: Coverage): string {
  const { calls, unanswered, elsewhere, totals, operations, unlisted } = coverage;
  const rows = dimensions.map((dimension) => {
    const { met, total } = totals[dimension];
    const share = percent(totals[dimension]);
    return `<tr><th scope="row">${dimension}</th><td><meter min="0" max="100" value="${share}">${share} %</meter></td><td>${share} %</td><td>${met} of ${total}</td></tr>`;
  });
  const others = unlisted.map(
    ({ operation, code, met }) => `<li>${escape(operation)} ${code} <small>${met}</small></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Contract coverage</title>
<style>${style}</style>
<h1>Contract coverage</h1>
<p>${calls} calls, ${unanswered} without a whole answer, ${elsewhere} to no operation of the description. Only answers that arrived count.</p>
<table>${rows.join("\n")}</table>
${operations.map((operation) => section(operation)).join("\n")}
${others.length === 0 ? "" : `<h2>Codes that the catalogue does not list for the operation</h2>\n<ul>${others.join("")}</ul>\n`}</html>
`;
}

function section(operation: OperationCoverage): string {
  const lists = cellDimensions
    .filter((dimension) => operation[dimension].length > 0)
    .map((dimension) => {
      const { met, total } = shareOf(operation[dimension]);
      return `<h3>${dimension}: ${met} of ${total}</h3>\n<ul>${operation[dimension].map((cell) => item(cell)).join("\n")}</ul>`;
    });
  return `<h2>${escape(operation.operation)}: ${operation.answered} answers</h2>\n${lists.join("\n")}`;
}

function item(cell: Cell): string {
  return cell.met === 0
    ? `<li class="not">${escape(label(cell))}</li>`
    : `<li>${escape(label(cell))} <small>${cell.met}</small></li>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Codes that are not in the catalogue can be any number: JSON has them all. */
const shownCodes = 10;

/** The report for a terminal: the totals, then for each operation what was not met. */
export function coverageText(coverage: Coverage): string {
  const { totals, operations, calls, unanswered, elsewhere, unlisted } = coverage;
  const width = Math.max(...dimensions.map((dimension) => dimension.length));
  const lines = [
    `${count(calls, "call")}, ${unanswered} without a whole answer, ${elsewhere} to no operation of the description`,
    "",
    ...dimensions.map((dimension) => {
      const share = totals[dimension];
      return `${dimension.padEnd(width)}  ${`${percent(share)} %`.padStart(7)}  ${share.met} of ${share.total}`;
    }),
  ];
  for (const operation of operations) {
    lines.push("", `${operation.operation}: ${count(operation.answered, "answer")}`);
    for (const dimension of cellDimensions) {
      const missing = operation[dimension].filter(({ met }) => met === 0);
      const { met, total } = shareOf(operation[dimension]);
      if (total === 0) continue;
      const names = met === 0 ? "all" : missing.map((cell) => label(cell)).join(", ");
      const rest = missing.length === 0 ? "" : `; not met: ${names}`;
      lines.push(`  ${dimension} ${met} of ${total}${rest}`);
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

/** How a cell is called: `50001 UserNotImported`, `OnlyPage`. */
export function label({ code, name }: Cell): string {
  return code === undefined ? name : `${code} ${name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
