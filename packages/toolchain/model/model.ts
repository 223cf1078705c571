import type { Field } from "@contact-groups/core/check";
import { escape } from "../bundle/pointer.ts";
import type { BundledOperation, BundledPaging, DescriptionBundle } from "./bundle.ts";
import { checkDeclared, checkFieldCodes } from "./declared.ts";
import { errorTable } from "./error-table.ts";
import { bodies, examplesOf, failures, type NamedExamples, values } from "./examples.ts";
import type { NotSupported } from "./resolve.ts";
import { withResponseOnly } from "./response-only.ts";
import type { ModelExport } from "./source.ts";
import { toField } from "./to-field.ts";

/** The model of a bundle, and what of the bundle cannot be part of it. */
export interface DescriptionModel {
  readonly exports: readonly ModelExport[];
  readonly operations: readonly ModelOperation[];
  readonly problems: readonly NotSupported[];
}

/** An operation, with the parts that its types and comments are generated from. */
export interface ModelOperation {
  readonly id: string;
  /** Its place in the bundle, as a JSON pointer. */
  readonly at: string;
  readonly object: BundledOperation;
  readonly fields: { readonly request: Field; readonly response: Field };
  readonly codes: readonly number[];
  /** The document that describes it. */
  readonly document: string;
  readonly request: Readonly<Record<string, unknown>> | undefined;
  /** Name of the method that goes through its pages, and the field of the request where they begin. */
  readonly paging: BundledPaging | undefined;
}

/** Creates the model of a bundle in one language. */
export function toModel(bundle: DescriptionBundle): DescriptionModel {
  const problems: NotSupported[] = [];
  const field = (schema: Parameters<typeof toField>[1], at: string): Field =>
    toField(bundle, schema, at, (problem) => {
      if (!problems.some((known) => known.pointer === problem.pointer && known.message === problem.message))
        problems.push(problem);
    });
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((one, other) => one.code - other.code);
  const nameOf = new Map(entries.map(({ code, name }) => [code, name]));
  const operations = Object.entries(bundle.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, object]) => typeof object === "object" && "operationId" in object)
      .map(([method, object]) => {
        const at = `/paths/${escape(path)}/${method}`;
        const request = object.requestBody.content["application/json"];
        const response = object.responses["200"].content["application/json"];
        return {
          id: object.operationId,
          at,
          path,
          method: method.toUpperCase(),
          object,
          request: field(request.schema, `${at}/requestBody/content/application~1json/schema`),
          response: field(response.schema, `${at}/responses/200/content/application~1json/schema`),
          requests: examplesOf(bundle, request.examples),
          responses: examplesOf(bundle, response.examples),
          codes: entries.filter((entry) => entry.operations.includes(object.operationId)).map(({ code }) => code),
        };
      }),
  );
  const placed = Object.entries(bundle["x-errors"]).flatMap(([origin, list]) =>
    list.map((entry, index) => ({ ...entry, at: `/x-errors/${origin}/${index}` })),
  );
  for (const { id, at, object, request, response, codes } of operations) {
    // The alternative of a call that succeeded: the first, as in every response of the description.
    const ok = response.type === "union" ? response.alternatives[0]! : response;
    // What cannot be read has no fields to refer to.
    if (problems.length > 0) break;
    problems.push(
      ...checkFieldCodes(id, request, placed),
      ...checkDeclared({
        at,
        request,
        ok,
        paging: object["x-paging"],
        batch: object["x-batch"],
        itemResults: object["x-itemResults"],
        codes,
      }),
    );
    if (JSON.stringify(object.parameters) === JSON.stringify(operations[0]!.object.parameters)) continue;
    problems.push({
      pointer: `${at}/parameters`,
      message:
        "All operations have the same parameters in the query, and these differ from those of the first one. Use the same parameters.",
    });
  }
  type One = (typeof operations)[number];
  const byId = (choose: (operation: One) => unknown): object =>
    Object.fromEntries(operations.map((operation) => [operation.id, choose(operation)]));
  const failed = (name: string): boolean => entries.some((entry) => entry.name === name);
  const schemes = [...new Set(bundle.security.flatMap((requirement) => Object.keys(requirement)))];
  const credentials = schemes.map((key) => {
    const scheme = bundle.components.securitySchemes[key]!;
    const { name, description, "x-schema": schema, "x-errorCodes": errors, "x-source": sources } = scheme;
    return {
      name,
      credential: true,
      required: true,
      field: { ...field(schema, `/components/securitySchemes/${key}/x-schema`), errors, description, sources },
    };
  });
  const parameters = Object.entries(bundle.components.parameters).map(([key, parameter]) => {
    const { name, description, required = false, schema, "x-errorCodes": errors, "x-source": sources } = parameter;
    return {
      name,
      credential: false,
      required,
      field: {
        ...field(schema, `/components/parameters/${key}/schema`),
        ...(errors && { errors }),
        description,
        sources,
      },
    };
  });
  const query = [...credentials, ...parameters];
  const regions = bundle.servers.filter((server) => server["x-region"] !== undefined);
  const bitFields = Object.entries(bundle.components.schemas).filter(([, schema]) => schema["x-bits"] !== undefined);

  const sent = operations.map(({ response }) => response);
  const joins = operations.flatMap(({ object }) => object["x-paging"]?.join ?? []);

  const exports: ModelExport[] = [
    { name: "descriptionVersion", doc: "Version of the description.", value: bundle.info.version },
    {
      name: "operations",
      doc: "What each operation is: where it is called, how often, what it does to the state, whether it is idempotent, and how its lists are paged, split and reported.",
      value: byId(technical),
    },
    {
      name: "requestBodies",
      doc: "The fields of each request body, for a check of it.",
      value: byId(({ request }) => withoutTexts(withResponseOnly(request, sent, joins))),
    },
    {
      name: "credentials",
      doc: "Names of the query parameters that carry a credential. Every call needs all of them.",
      value: credentials.map(({ name }) => name),
    },
    {
      name: "query",
      doc: "The query parameters, in the order of their checks: the credentials, then the others.",
      value: query.map(({ field: one, ...rest }) => ({ ...rest, field: withoutTexts(one) })),
    },
    {
      name: "limits",
      doc: "Limits that no single field can carry, each with the `ErrorCode` beyond it.",
      value: Object.fromEntries(
        Object.entries(bundle["x-limits"]).map(([name, { maximum, error }]) => [name, { maximum, error }]),
      ),
    },
    {
      name: "regions",
      doc: "Base URL of the service in each region.",
      value: Object.fromEntries(regions.map((server) => [server["x-region"]!, server.url])),
    },
    {
      name: "requestChecks",
      doc: "The checks that a request passes before its operation, in their order, each with the code and name of its error.",
      value: Object.fromEntries(
        bundle["x-requestChecks"].map(({ check, error }) => [check, { error, name: nameOf.get(error) }]),
      ),
    },
    {
      name: "bitFields",
      doc: "Fields that are texts of bits: how wide they are, which bits have a name, and which are the app's own.",
      value: Object.fromEntries(
        bitFields.map(([name, schema]) => [
          name,
          { width: schema.maxLength, bits: schema["x-bits"], appBits: schema["x-appBits"] },
        ]),
      ),
    },
    {
      name: "errors",
      doc: "The error catalogue by code.",
      value: Object.fromEntries(entries.map((entry) => [entry.code, { ...entry, title: undefined }])),
    },
    {
      name: "errorCodes",
      doc: "Codes of the error catalogue by name.",
      value: Object.fromEntries(entries.map(({ name, code }) => [name, code])),
    },
    {
      name: "errorMessages",
      doc: "The message of each code, without the rest of the catalogue.",
      value: Object.fromEntries(entries.map(({ code, message }) => [code, message])),
      type: "Readonly<Record<KnownErrorCode, string>>",
    },
    {
      name: "errorTitles",
      doc: "What happened, in a few words, by code. Apart from the catalogue, because only pages need it.",
      value: Object.fromEntries(entries.map(({ code, title }) => [code, title])),
      type: "Readonly<Record<KnownErrorCode, string>>",
    },
    ...errorTable(bundle),
    {
      name: "requestExamples",
      doc: "Bodies of the example requests, by operation and name.",
      value: byId(({ requests }) => values(requests)),
      type: bodies(
        operations,
        "requests",
        (id) => `RequestBody<"${id}">`,
        () => true,
      ),
    },
    {
      name: "successExamples",
      doc: "Bodies of the example responses of calls that succeed, by operation and name.",
      value: byId(({ responses }) => values(responses, (name) => !failed(name))),
      type: bodies(
        operations,
        "responses",
        (id) => `OkBody<"${id}">`,
        (name) => !failed(name),
      ),
    },
    {
      name: "failureExamples",
      doc: "`ErrorCode` and `ErrorInfo` of the example responses of calls that fail, by name.",
      value: failures(operations, failed, problems),
    },
    {
      name: "failureNames",
      doc: "Names of the examples of calls that fail, by operation.",
      value: byId(({ responses }) => Object.keys(values(responses, failed))),
    },
    {
      name: "info",
      doc: "The title, version and texts of the whole API.",
      value: {
        ...pick(bundle.info, ["title", "version", "summary", "description"]),
        docs: bundle.externalDocs,
        tags: bundle.tags,
      },
      type: "Info",
    },
    {
      name: "servers",
      doc: "The servers of the description. The one without a region is any other host.",
      value: bundle.servers.map(
        ({ url, description, "x-region": region, "x-backupUrl": backupUrl, "x-status": status }) => ({
          url,
          description,
          ...(region && { region }),
          ...(backupUrl && { backupUrl }),
          ...(status && { status }),
        }),
      ),
      type: "readonly Server[]",
    },
    {
      name: "operationTexts",
      doc: "What each operation's page says.",
      value: byId(texts),
      type: "Readonly<Record<OperationId, OperationTexts>>",
    },
    {
      name: "requestFields",
      doc: "The fields of each request body, with their descriptions.",
      value: byId(({ request }) => request),
      type: "Readonly<Record<OperationId, Field>>",
    },
    {
      name: "responseFields",
      doc: "The fields of each response body, with their descriptions; `ErrorCode` indicates whether the call succeeded.",
      value: byId(({ response }) => response),
      type: "Readonly<Record<OperationId, UnionField>>",
    },
    {
      name: "queryFields",
      doc: "The query parameters with their descriptions.",
      value: query,
      type: "readonly QueryField[]",
    },
    {
      name: "limitTexts",
      doc: "What each limit is, and its unit.",
      value: Object.fromEntries(
        Object.entries(bundle["x-limits"]).map(([name, { description, unit }]) => [name, { description, unit }]),
      ),
      type: "Readonly<Record<keyof typeof limits, { readonly description: string; readonly unit: string }>>",
    },
    {
      name: "documents",
      doc: "The documents that facts are taken from, by key.",
      value: bundle["x-documents"],
      type: "Readonly<Record<string, Document>>",
    },
  ];
  return {
    exports,
    operations: operations.map(({ id, at, object, request, response, codes, requests }) => ({
      id,
      at,
      object,
      fields: { request, response },
      codes,
      document: documentOf(bundle, object),
      request: requests[0]?.[1].value,
      paging: object["x-paging"],
    })),
    problems,
  };
}

function technical({
  path,
  method,
  object,
}: {
  readonly path: string;
  readonly method: string;
  readonly object: BundledOperation;
}): object {
  return {
    path,
    method,
    effect: object["x-effect"],
    idempotent: object["x-idempotent"].value,
    rate: object["x-rateLimit"],
    ...(object["x-paging"] && { paging: object["x-paging"] }),
    ...(object["x-batch"] && { batch: object["x-batch"] }),
    ...(object["x-itemResults"] && { itemResults: object["x-itemResults"] }),
  };
}

function texts({
  object,
  requests,
  responses,
}: {
  readonly object: BundledOperation;
  readonly requests: NamedExamples;
  readonly responses: NamedExamples;
}): object {
  const summaries = (examples: NamedExamples): object =>
    Object.fromEntries(examples.flatMap(([name, { summary }]) => (summary === undefined ? [] : [[name, summary]])));
  return {
    summary: object.summary,
    description: object.description,
    tags: object.tags,
    docs: object.externalDocs,
    idempotent: object["x-idempotent"].description,
    request: object.requestBody.description,
    response: object.responses["200"].description,
    requestExamples: summaries(requests),
    responseExamples: summaries(responses),
    responseSources: Object.fromEntries(
      responses.flatMap(([name, { "x-source": keys }]) => (keys === undefined ? [] : [[name, keys]])),
    ),
    sources: object["x-source"],
  };
}

/** Returns a field without its texts for people. */
export function withoutTexts({
  description: _description,
  sources: _sources,
  schema: _schema,
  ...field
}: Field): Field {
  switch (field.type) {
    case "object":
      return { ...field, fields: mapValues(field.fields, withoutTexts) };
    case "array":
      return { ...field, items: withoutTexts(field.items) };
    case "union":
      return { ...field, alternatives: field.alternatives.map((one) => withoutTexts(one) as typeof one) };
  }
  return field;
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function pick<Whole extends object, Key extends keyof Whole>(whole: Whole, keys: readonly Key[]): Pick<Whole, Key> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<Whole, Key>;
}

/** Returns the newest document of an operation: its title and date. */
function documentOf(bundle: DescriptionBundle, { "x-source": sources, externalDocs }: BundledOperation): string {
  const dates = sources
    .map((key) => bundle["x-documents"][key])
    .filter((document) => document !== undefined && /^\d{4}/.test(document.date))
    .map((document) => document!.date)
    .toSorted();
  return [externalDocs.url, `${externalDocs.description}${dates.length > 0 ? `, ${dates.at(-1)}` : ""}`].join(" ");
}
