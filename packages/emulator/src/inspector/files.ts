/** The inspector: a page under `/__emulator/` that works with the control API. It has no data of its own, so it needs no token. */
import type { WireResponse } from "@contact-groups/core/node-http";
import { controlBase } from "../generated/control.ts";
import { inspectorFiles } from "../generated/inspector.ts";
import { rules } from "../rules.ts";

/** A response with a file of the inspector. */
export interface InspectorFile extends WireResponse {
  readonly body: string;
}

/** What a page of the inspector can load and do: nothing but its own files, and requests to the emulator. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const fields: readonly string[] = [
  "Content-Security-Policy",
  policy,
  "X-Content-Type-Options",
  "nosniff",
  "Referrer-Policy",
  "no-referrer",
  "Cache-Control",
  "no-store",
];

const files: ReadonlyMap<string, string> = new Map(Object.entries(inspectorFiles));

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
};

/** Returns the response with a file of the inspector; undefined for a request that is for none. */
export function inspectorResponse(method: string, target: string): InspectorFile | undefined {
  if (method !== "GET") return undefined;
  const [path = ""] = target.split("?");
  if (path === controlBase) return { status: 308, fields: ["Location", `${controlBase}/`, ...fields], body: "" };
  if (!path.startsWith(`${controlBase}/`)) return undefined;
  const name = path.slice(controlBase.length + 1);
  const text = name === "assets/rules.json" ? JSON.stringify({ rules }) : files.get(name);
  if (text === undefined) return undefined;
  const type = types[name.slice(name.lastIndexOf(".") + 1)] ?? "text/html; charset=utf-8";
  return { status: 200, fields: ["Content-Type", type, ...fields], body: text };
}
