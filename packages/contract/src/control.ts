/** The control path: the methods of `Contract` over HTTP, for tests in other languages. */
import type { Contract } from "./contract.ts";
import controlDescription from "./control.openapi.json" with { type: "json" };
import { measureCoverage } from "./coverage/coverage.ts";
import type { JudgeOptions } from "./judge/judge.ts";
import { headerOf } from "./message.ts";
import { InstructionError, type PlannedResponse } from "./plan/plan.ts";
import type { PlanOptions } from "./plan/script.ts";
import { readBody } from "./body.ts";
import { toOutgoing, type OutgoingResponse, type Responder } from "./response.ts";
import { sessionPrefix } from "./session-address.ts";
import { type Judged, verdictOf } from "./verdict.ts";

/** Beginning of the control path. */
export const controlPrefix = "/__contract/";
const maxBodyBytes = 1024 * 1024;

/** Whether a request is for the control path. */
export function isControl(url: string): boolean {
  return url.includes(controlPrefix) && new URL(url).pathname.startsWith(controlPrefix);
}

type ControlCommand = (body: Readonly<Record<string, unknown>>, query: URLSearchParams) => unknown;

/** Creates the control path of a contract. It responds with 200 and JSON, or with 400, 404, 405 or 415 and `{"error": {"message", "pointer"}}`. */
export function createControl(
  api: Contract,
  judged: (options: JudgeOptions) => Judged,
  end: () => void = cannotEnd,
): Responder {
  const commands: Readonly<Record<string, { readonly method: "GET" | "POST"; readonly run: ControlCommand }>> = {
    plan: {
      method: "POST",
      run({ operation, responses, ...options }) {
        if (!Array.isArray(responses))
          throw new InstructionError(
            "/responses",
            'responses must be an array of at least one response, such as [{"status": 502}].',
          );
        api.plan(operation as string, responses as PlannedResponse[], options as PlanOptions);
        return {};
      },
    },
    reset: {
      method: "POST",
      run() {
        api.reset();
        return {};
      },
    },
    end: {
      method: "POST",
      run() {
        end();
        return {};
      },
    },
    exchanges: { method: "GET", run: () => ({ exchanges: api.exchanges }) },
    violations: {
      method: "GET",
      run(_, query) {
        const ignore = query.getAll("ignore") as NonNullable<JudgeOptions["ignore"]>;
        const result = judged({ ignore, sinceStart: query.get("sinceStart") === "true" });
        const { outcome, text } = verdictOf(result);
        const { calls, violations } = result;
        return { valid: outcome === "passed", outcome, calls, violations, report: text };
      },
    },
    coverage: { method: "GET", run: () => measureCoverage(api.exchanges) },
    "openapi.json": { method: "GET", run: () => controlDescription },
  };

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const name = pathname.slice(controlPrefix.length);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command)
      return reject(404, `The control path has no such command. The commands are ${Object.keys(commands).join(", ")}.`);
    if (request.method !== command.method) return reject(405, `The method of ${pathname} must be ${command.method}.`);
    // A web page can send such a request to this machine only after a preflight, which the control path rejects.
    if (command.method === "POST" && !/^application\/json\b/i.test(headerOf(request.headers, "Content-Type") ?? ""))
      return reject(415, "The Content-Type must be application/json.");
    const body = await readBody(command.method === "POST" ? request.body : null, undefined, maxBodyBytes);
    const value = body.kind === "empty" ? {} : body.kind === "json" ? body.value : undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return reject(400, "The body must be a JSON object.", "");
    try {
      return send(200, command.run(value as Readonly<Record<string, unknown>>, searchParams));
    } catch (error) {
      if (error instanceof InstructionError) return reject(400, error.message, error.pointer);
      throw error;
    }
  };
}

function cannotEnd(): never {
  throw new InstructionError("", `Only a session can end. Its path is ${sessionPrefix}NAME${controlPrefix}end.`);
}

/** Responds with an error of the control path. */
export function reject(status: number, message: string, pointer?: string): OutgoingResponse {
  return send(status, { error: { message, ...(pointer !== undefined && { pointer }) } });
}

function send(status: number, value: unknown): OutgoingResponse {
  return toOutgoing(status, { "Content-Type": "application/json" }, `${JSON.stringify(value)}\n`);
}
