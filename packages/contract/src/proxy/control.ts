/** What a proxy reports about itself: a part of the control path of a contract server. */
import type { WireResponse } from "@contact-groups/core/node-http";
import { controlPrefix } from "../control.ts";
import { measureCoverage } from "../coverage/coverage.ts";
import type { Judged } from "../verdict.ts";
import { verdictOf } from "../verdict.ts";
import type { Exchange } from "../record/exchange.ts";

/** What the control path reads. */
interface ControlledProxy {
  readonly exchanges: readonly Exchange[];
  judged(): Judged;
}

/** Returns the response to a request of the control path; undefined for another path. */
export function respondToControl(method: string, path: string, proxy: ControlledProxy): WireResponse | undefined {
  if (!path.startsWith(controlPrefix)) return undefined;
  const resources: Readonly<Record<string, () => unknown>> = {
    exchanges: () => ({ exchanges: proxy.exchanges }),
    violations() {
      const judged = proxy.judged();
      const { outcome, text } = verdictOf(judged);
      return { valid: outcome === "passed", outcome, ...judged, report: text };
    },
    coverage: () => measureCoverage(proxy.exchanges),
  };
  const name = path.slice(controlPrefix.length);
  const read = Object.hasOwn(resources, name) ? resources[name] : undefined;
  const names = Object.keys(resources).join(", ");
  if (!read) return send(404, { error: { message: `The control path of the proxy has only ${names}.` } });
  if (method !== "GET") return send(405, { error: { message: `The method of ${path} must be GET.` } });
  return send(200, read());
}

function send(status: number, value: unknown): WireResponse {
  return { status, fields: ["Content-Type", "application/json"], body: `${JSON.stringify(value)}\n` };
}
