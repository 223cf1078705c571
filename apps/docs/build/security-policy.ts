import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** Gives each page of the site a Content Security Policy that allows its own inline scripts and styles by hash, and no others. */
export function securityPolicy(): AstroIntegration {
  return {
    name: "security-policy",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const file of globSync("**/*.html", { cwd: root })) {
          const page = readFileSync(root + file, "utf8");
          const meta = `<meta http-equiv="content-security-policy" content="${policy(page)}"/>`;
          writeFileSync(root + file, page.replace('<meta charset="utf-8"/>', `<meta charset="utf-8"/>${meta}`));
        }
      },
    },
  };
}

/** Sources of a policy for all inline elements of a kind in a page. */
function inlineHashes(page: string, element: "script" | "style"): string[] {
  const elements = [
    ...page.matchAll(new RegExp(`<${element}(?<attributes>[^>]*)>(?<code>[\\s\\S]*?)</${element}>`, "g")),
  ];
  const codes = elements
    .filter(({ groups }) => !groups?.["attributes"]?.includes("src="))
    .map(({ groups }) => groups?.["code"] ?? "");
  return [...new Set(codes)].map(hashOf);
}

function hashOf(code: string): string {
  return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
}

function policy(page: string): string {
  const hasRedoc = page.includes('id="redoc"');
  const styles = inlineHashes(page, "style");
  return [
    "default-src 'none'",
    // The search runs as WebAssembly.
    `script-src 'self' 'wasm-unsafe-eval' ${inlineHashes(page, "script").join(" ")}`,
    // Redoc adds an empty element, and its rules to that by script.
    `style-src 'self' ${[...styles, ...(hasRedoc ? [hashOf("")] : [])].join(" ")}`,
    // Starlight sizes its icons and indents its table of contents by style attributes, and code has its colours in them.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    `font-src 'self'${hasRedoc ? " data:" : ""}`,
    // The console calls the server that the reader chooses.
    `connect-src 'self'${hasRedoc ? "" : " http: https:"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
