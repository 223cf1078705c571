/** Reads a recording as pulls of pages. */
import bundle from "@contact-groups/openapi" with { type: "json" };
import type { Exchange } from "../record/exchange.ts";

type Schemas = (typeof bundle)["components"]["schemas"];
type Asked = keyof Schemas["GetContactGroupRequest"]["properties"];
type Answered = keyof Extract<
  Schemas["GetContactGroupOk"]["allOf"][number],
  { readonly properties: object }
>["properties"];
type Credential = keyof (typeof bundle)["components"]["securitySchemes"];

// A field that is renamed in the description does not compile here.
const { operationId } = bundle.paths["/v4/recentcontact/get_contact_group"].post;
const owner = "From_Account" satisfies Asked;
const app = "sdkappid" satisfies Credential;
export const startIndexName: Extract<Asked, "StartIndex"> = "StartIndex";
export const nextIndexName: Extract<Answered, "NextStartIndex"> = "NextStartIndex";
export const completeName: Extract<Answered, "CompleteFlag"> = "CompleteFlag";

/** A good request for a page. */
export interface PageCall {
  readonly call: number;
  readonly operation: string;
  readonly startIndex: number;
  /** What the caller was told: where the next page begins, that this was the last, that the call failed, or nothing. */
  readonly told: { readonly next: number } | "last page" | "failure" | "nothing";
}

/** The calls for pages, each owner's by themselves. */
export function pullsOf(exchanges: readonly Exchange[]): readonly (readonly PageCall[])[] {
  const byOwner = new Map<string, PageCall[]>();
  for (const exchange of exchanges) {
    const { operation, problems, request } = exchange;
    if (operation !== operationId || problems.length > 0) continue;
    const key = JSON.stringify([request.query[app], fields(request.body)[owner]]);
    const own = byOwner.get(key) ?? [];
    own.push(toPageCall(exchange));
    byOwner.set(key, own);
  }
  return [...byOwner.values()];
}

function toPageCall({ index, request, answer }: Exchange): PageCall {
  return {
    call: index,
    operation: operationId,
    startIndex: Number(fields(request.body)[startIndexName]),
    told: toldBy(answer),
  };
}

function toldBy({ errorCode, body }: Exchange["answer"]): PageCall["told"] {
  if (errorCode === undefined) return "nothing";
  if (errorCode !== 0) return "failure";
  const { [nextIndexName]: next = 0, [completeName]: complete = 1 } = fields(body);
  return complete === 0 ? { next: Number(next) } : "last page";
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}
