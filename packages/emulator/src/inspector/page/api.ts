/** The control API, as the page calls it. */
import { controlBase, type ControlOperationId, controlRoutes } from "../../generated/control.ts";
import type { components } from "../../generated/control-types.ts";
import type { BodyOf, ParametersOf, ResultOf } from "../../control/handlers.ts";

type Problem = components["schemas"]["Problem"];

/** An error response of the control API. */
export class ProblemError extends Error {
  readonly status: number;

  constructor({ status, detail, title }: Partial<Problem>, fallback: number) {
    super(detail ?? title ?? `The emulator responded with the status ${fallback}.`);
    this.name = "ProblemError";
    this.status = status ?? fallback;
  }
}

/** What a request of the control API has. */
interface Given<Id extends ControlOperationId> {
  /** Those that are undefined are omitted. */
  readonly parameters?: { readonly [Name in keyof ParametersOf<Id>]?: ParametersOf<Id>[Name] | undefined } | undefined;
  readonly body?: BodyOf<Id> | undefined;
}

/** Calls the control API of the emulator that served the page. */
export interface Api {
  /**
   * Sends a request. Throws a `ProblemError` for an error response, and a `TypeError` when the emulator cannot be reached.
   */
  call<Id extends ControlOperationId>(id: Id, given?: Given<Id>): Promise<ResultOf<Id>>;
  /** The token, which only this tab keeps; `""` for none. */
  token: string;
}

const tokenKey = "contact-groups-emulator-token";

/** Creates the API of a page. */
export function createApi(window: Pick<Window, "fetch" | "sessionStorage">): Api {
  let token = window.sessionStorage.getItem(tokenKey) ?? "";
  return {
    get token() {
      return token;
    },
    set token(value) {
      token = value;
      window.sessionStorage.setItem(tokenKey, value);
    },
    async call(id, { parameters = {}, body } = {}) {
      const { method, path } = controlRoutes[id];
      const headers = {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token !== "" && { Authorization: `Bearer ${token}` }),
      };
      const response = await window.fetch(controlBase + toTarget(path, parameters), {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const value: unknown = text === "" ? undefined : parse(text);
      if (!response.ok) throw new ProblemError((value ?? {}) as Partial<Problem>, response.status);
      return value as never;
    },
  };
}

/** Fills in a path; what it has no place for becomes the query. */
function toTarget(path: string, parameters: object): string {
  const rest = new URLSearchParams();
  let target = path;
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === "") continue;
    if (target.includes(`{${name}}`)) target = target.replace(`{${name}}`, () => encodeURIComponent(String(value)));
    else rest.set(name, String(value));
  }
  return rest.size === 0 ? target : `${target}?${rest.toString()}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {
      detail: "The response is not JSON. Is the emulator of the same version as this page? Load the page again.",
    };
  }
}
