import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { WireResponse } from "@contact-groups/core/node-http";
import { maxControlBodyBytes as maxBodyBytes, type Control } from "../control/control.ts";
import { isControlTarget } from "../control/route.ts";
import { refuseControl, type ControlAccess } from "./control-guard.ts";
import type { UnreadableBody } from "../core/core-call.ts";

/** How a request is answered that is not for the service. */
interface Aside {
  /** Largest body that is read; none is when it is negative. */
  readonly maxBodyBytes: number;
  answer(body: string | UnreadableBody): WireResponse;
}

/** What a page of an allowed origin is told when it asks. */
const preflight: readonly string[] = [
  "Access-Control-Allow-Methods",
  "GET, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers",
  "Content-Type",
];

/** Makes what answers the control API. It gives no answer to what is not under `/__emulator/`, or when there is no control API. */
export function createControlAside(
  control: Control | undefined,
  access: ControlAccess,
): (incoming: IncomingMessage, target: string) => Aside | undefined {
  return (incoming, target) => {
    if (!control || !isControlTarget(target)) return undefined;
    const why = refuseControl(incoming, access);
    // The body of a stranger is not read.
    if (why !== undefined) return { maxBodyBytes: -1, answer: () => problem(403, why) };
    const { method = "GET", headers } = incoming;
    const contentType = headers["content-type"];
    // The guard has let this origin pass, so it is one of those that were allowed.
    const cors = headers.origin === undefined ? [] : ["Access-Control-Allow-Origin", headers.origin, "Vary", "Origin"];
    if (method === "OPTIONS" && headers.origin !== undefined)
      return { maxBodyBytes, answer: () => ({ status: 204, fields: [...cors, ...preflight], body: null }) };
    return {
      maxBodyBytes,
      answer(body) {
        const answer = control.answer({ method, target, body, contentType });
        if (!answer) return problem(404, "The control API has no such path.");
        const { status } = answer;
        const fields = ["Content-Type", answer.contentType, ...cors];
        return { status, fields, body: status === 204 ? null : answer.body };
      },
    };
  };
}

/** An error in the form of RFC 9457, as the control API has it. */
function problem(status: number, detail: string): WireResponse {
  const body = JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail });
  return { status, fields: ["Content-Type", "application/problem+json"], body };
}
