/** The responses of faults. */
import type { ErrorName } from "@contact-groups/openapi/model";
import { errorNamed, nameOfCode, sentence } from "./failure.ts";
import type { FailingItem } from "./conversation-faults.ts";
import { type Fault, hasResponse, type TriggeredFault } from "./faults.ts";
import type { ItemFaults } from "./item-results.ts";
import type { CoreRequest } from "./request.ts";
import { type CoreResponse, type FaultDelivery, failureBody } from "./response.ts";

/**
 * Responds as a fault says.
 *
 * @param run Runs the operation, unless the fault is triggered before it. The conversations of its argument fail.
 */
export function respondWithFault(
  request: CoreRequest,
  triggered: TriggeredFault,
  run: (itemFaults?: ItemFaults) => CoreResponse,
): CoreResponse {
  const { id, app, fault, failing } = triggered;
  const name = nameOf(triggered);
  const isBefore = !fault.conversations && fault.when !== "after" && (hasResponse(fault) || fault.reset === true);
  const usual = isBefore ? undefined : run(fault.conversations && itemFaultsOf(failing, name));
  // A call that fails as a whole has no results of conversations, so the fault does nothing.
  if (usual && fault.conversations && usual.code !== 0) return usual;
  triggered.count();
  const content = contentOf(fault, name, usual);
  const manner = mannerOf(fault);
  const { delayMs = 0 } = fault;
  const { status, contentType, body, code } = content;
  // A response of the service that is sent as usual needs no delivery.
  const isPlain = code !== undefined && manner.kind === "whole" && delayMs === 0;
  return {
    status: 200,
    body,
    code: manner.kind === "reset" ? undefined : code,
    rule: "fault",
    why: explain(triggered, usual),
    operation: request.operation,
    user: usual?.user,
    fault: id,
    faultApp: app,
    delivery: isPlain ? undefined : { status, contentType, body, delayMs, manner },
  };
}

function itemFaultsOf(failing: readonly FailingItem[], name: string): ItemFaults {
  return new Map(
    failing.map(({ position, fault: { error, errorInfo, when } }) => [
      position,
      {
        result: { ResultCode: findError(error).code, ResultInfo: errorInfo ?? textOf(error, name) },
        isRun: when === "after",
      },
    ]),
  );
}

/** Names a fault. One of an app and one of the emulator can have the same ID. */
function nameOf({ id, app }: TriggeredFault): string {
  return `The fault ${id}${app === undefined ? "" : ` of the app ${app}`}`;
}

/** Returns the text of an error that a fault sends. */
function textOf(error: ErrorName | number, name: string): string {
  return `${sentence(findError(error).message)} [fault] ${name} was triggered.`;
}

const json = "application/json";

type FaultContent = Pick<FaultDelivery, "status" | "contentType" | "body"> & Pick<CoreResponse, "code">;

function contentOf(fault: Fault, name: string, usual: CoreResponse | undefined): FaultContent {
  const { error, errorInfo, status, body, contentType = status === undefined ? json : "text/html" } = fault;
  if (error !== undefined) {
    const { code } = findError(error);
    return { status: 200, contentType: json, body: failureBody(code, errorInfo ?? textOf(error, name)), code };
  }
  if (status !== undefined || body !== undefined)
    return { status: status ?? 200, contentType, body: body ?? gatewayPage(status ?? 200), code: undefined };
  return { status: 200, contentType: json, body: usual?.body ?? "", code: usual?.code };
}

function findError(error: ErrorName | number): { readonly code: number; readonly message: string } {
  if (typeof error === "string") return errorNamed(error);
  const name = nameOfCode(error);
  return name ? errorNamed(name) : { code: error, message: "An error that the catalogue does not have" };
}

function mannerOf({ reset, truncate, drip }: Fault): FaultDelivery["manner"] {
  if (reset) return { kind: "reset" };
  if (truncate !== undefined) return { kind: "cut", bytes: truncate };
  if (drip) return { kind: "drip", ...drip };
  return { kind: "whole" };
}

/** Says what was done to the call, and what the operation had done by then. */
function explain(triggered: TriggeredFault, usual: CoreResponse | undefined): string {
  const { fault, failing } = triggered;
  const { error, status, body, reset, truncate, drip, delayMs } = fault;
  const effects = [
    failing.length > 0 && explainItems(failing),
    delayMs !== undefined && `waited ${delayMs} ms`,
    error !== undefined && `sent the error ${findError(error).code}`,
    status !== undefined && `sent HTTP ${status}`,
    status === undefined && body !== undefined && "sent another body",
    reset && "broke the connection",
    truncate !== undefined && `cut the response off after ${truncate} bytes`,
    drip && `sent ${drip.bytes} bytes every ${drip.everyMs} ms`,
  ].filter((effect) => typeof effect === "string");
  const before = usual ? `after [${usual.rule}] ${usual.why}` : "and the operation was not run";
  return `${nameOf(triggered)} ${effects.join(", ")}, ${before}`;
}

/** Says which conversations failed: `failed /MarkItem/0,2-4 with 50001 (not run)`. */
function explainItems(failing: readonly FailingItem[]): string {
  const groups = new Map<string, readonly FailingItem[]>();
  for (const one of failing) {
    const key = `${one.item.list} ${howOf(one)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const texts = [...groups.values()].map(
    (items) => `${items[0]!.item.list}/${ranges(items.map(({ item }) => item.index))} ${howOf(items[0]!)}`,
  );
  return `failed ${texts.join(" and ")}`;
}

function howOf({ fault: { error, when } }: FailingItem): string {
  return `with ${findError(error).code} (${when === "after" ? "run" : "not run"})`;
}

/** Writes rising numbers: `0,2-4`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

const titles: Readonly<Partial<Record<number, string>>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** Writes what a gateway in front of the service sends when it cannot reach it: a page in HTML. */
function gatewayPage(status: number): string {
  const title = `${status} ${titles[status] ?? "Error"}`;
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>gateway</center>",
    "</body>",
    "</html>",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
