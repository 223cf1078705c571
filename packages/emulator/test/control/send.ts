import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { type ControlDescription, readControl } from "@contact-groups/emulator-generator";
import * as model from "@contact-groups/openapi/model";
import { controlBase, controlRoutes } from "../../src/generated/control.ts";
import type { Emulator } from "../../src/index.ts";

/** The description, with everything that it refers to. */
export const description: ControlDescription = readControl(model, fileURLToPath(new URL("../..", import.meta.url)));

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(description, "control");

/** A response of the control API. */
export interface ReadControlResponse {
  readonly status: number;
  readonly type: string | null;
  readonly body: any;
}

/** Sends a request to the control API of an emulator through its `fetch`. Each response is checked against the description. */
export async function send(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<ReadControlResponse> {
  const given = typeof body === "string" ? body : JSON.stringify(body);
  const response = await emulator.fetch(`http://emulator.test${controlBase}${path}`, {
    method,
    ...(body !== undefined && { body: given, headers: { "Content-Type": "application/json" } }),
  });
  const text = await response.text();
  const received = {
    status: response.status,
    type: response.headers.get("Content-Type"),
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  };
  expectAsDescribed(method, path, received);
  return received;
}

/** The error of a request that fails, with the place and the detail. */
export function problem(status: number, place: object, detail: string): object {
  const text: unknown = expect.stringContaining(detail);
  return {
    status,
    type: "application/problem+json",
    body: expect.objectContaining({ status, detail: text, errors: [{ ...place, detail: text }] }),
  };
}

function expectAsDescribed(method: string, path: string, { status, type, body }: ReadControlResponse): void {
  const [pathname = ""] = path.split("?");
  const route = Object.values(controlRoutes).find(
    (candidate) => candidate.method === method && toPattern(candidate.path).test(pathname),
  );
  if (status >= 400 || !route) {
    expect(type).toBe("application/problem+json");
    expectSchema("#/components/schemas/Problem", body);
    return;
  }
  expect(status).toBe(route.status);
  const place = `#/paths/${route.path.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}`;
  if (status === 204) expect(body).toBeUndefined();
  else expectSchema(`${responseAt(place)}/content/application~1json/schema`, body);
}

/** The place of a response, which may be shared. */
function responseAt(place: string): string {
  const node = place
    .split("/")
    .slice(1)
    .reduce<any>((at, token) => at[token.replaceAll("~1", "/")], description);
  return (node as { $ref?: string }).$ref ?? place;
}

function expectSchema(place: string, value: unknown): void {
  const validate = ajv.getSchema(`control${place}`);
  if (!validate) throw new Error(`The description has no schema at ${place}.`);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

function toPattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
