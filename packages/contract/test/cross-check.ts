/** Ajv, which reads the JSON Schemas of the bundle: a cross-check of what the model's fields allow. */
import bundle from "@contact-groups/openapi" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ApiOperation } from "../src/operations.ts";

const ajv = new Ajv2020({ strict: false, logger: false, formats: { int64: true } });
const id = "https://description.test/openapi.json";
ajv.addKeyword({
  keyword: "x-maxBytes",
  type: "string",
  validate: (limit: number, text: string) => Buffer.byteLength(text) <= limit,
});
ajv.addSchema(bundle, id);

type Opinion = (value: unknown) => boolean;

/** What Ajv thinks of a request of the operation. */
export function isRequest({ path, method }: Pick<ApiOperation, "path" | "method">): Opinion {
  return compile(path, `${method.toLowerCase()}/requestBody/content/application~1json/schema`);
}

/** Returns whether Ajv accepts a response of the operation. */
export function isResponse({ path, method }: Pick<ApiOperation, "path" | "method">): Opinion {
  return compile(path, `${method.toLowerCase()}/responses/200/content/application~1json/schema`);
}

function compile(path: string, place: string): Opinion {
  const validate = ajv.compile({ $ref: `${id}#/paths/${path.replaceAll("/", "~1")}/${place}` });
  return (value) => validate(value) === true;
}
