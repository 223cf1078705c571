/** An emulator that stands for the service, and the comparison of its responses without a socket. */
import { type OperationId, operations } from "@contact-groups/openapi/model";
import { createEmulator, partsOf } from "../../src/create-emulator.ts";
import type { Emulator, SeedDocument, Settings } from "../../src/index.ts";
import { type Comparison, createComparison, type Verdict } from "../../src/proxy/comparison.ts";
import type { ProxyReport } from "../../src/proxy/findings.ts";
import { observeCall } from "../../src/proxy/observed-call.ts";
import type { RawRequest } from "../../src/request.ts";
import { toSettings } from "../../src/settings.ts";
import { now, people } from "../call.ts";

/** What the proxy compares with by default: it does not know what the app has. */
export const unknownApp = { accounts: "lenient", chatGroups: "lenient", userSig: "off", rateLimit: "off" } as const;

/** A call of an operation, or of a path. */
export function raw(operation: OperationId | `/${string}`, body: unknown, query: object = {}): RawRequest {
  const path = operation.startsWith("/") ? operation : operations[operation as OperationId].path;
  const pairs = { sdkappid: "1400000000", identifier: "admin", usersig: "any-text", random: "1", contenttype: "json" };
  const search = new URLSearchParams({ ...pairs, ...query });
  return { method: "POST", target: `${path}?${search}`, body: typeof body === "string" ? body : JSON.stringify(body) };
}

interface ServiceOptions {
  readonly seed?: SeedDocument;
  /** Settings that the proxy is given. */
  readonly given?: Partial<Settings>;
  /** Changes the response on its way. */
  readonly change?: (body: string, request: RawRequest) => string;
  readonly status?: number;
  readonly comparison?: Comparison;
}

export interface Service {
  readonly emulator: Emulator;
  readonly comparison: Comparison;
  /** Calls the service, and compares its response. */
  call(request: RawRequest, isOverlapped?: boolean): Verdict;
  /** A call that got no response, although the service may have run it. */
  lose(request: RawRequest): Verdict;
  report(): ProxyReport;
}

/** Creates a service with these settings. */
export function serviceWith(settings: Partial<Settings>, options: ServiceOptions = {}): Service {
  const { seed = { apps: [people] }, given = {}, change = (body) => body, status = 200 } = options;
  const comparison = options.comparison ?? createComparison(toSettings({ ...unknownApp, ...given }));
  const admins = ["admin", "administrator"];
  const emulator = createEmulator({
    apps: [
      { sdkAppId: 1400000000, admins },
      { sdkAppId: 20000001, admins },
    ],
    settings: { ...settings, userSig: "off", rateLimit: "off" },
    now: () => now,
    seed,
  });
  const { core } = partsOf(emulator);
  let number = 0;
  const run = (request: RawRequest): string => {
    const prepared = core.prepare(request);
    if (prepared instanceof Promise) throw new Error("It has to await something.");
    return change(core.respond(prepared).body, request);
  };
  const observe = ({ method, target, body }: RawRequest): ReturnType<typeof observeCall> => {
    if (typeof body !== "string") throw new Error("A proxy gets every body.");
    return observeCall({ number: ++number, at: now, method, target, body: Buffer.from(body) });
  };
  return {
    emulator,
    comparison,
    call(request, isOverlapped = false) {
      const response = { status, text: run(request), at: emulator.clock.now() };
      return comparison.compare({ call: observe(request), response, isOverlapped });
    },
    lose(request) {
      run(request);
      return comparison.compare({ call: observe(request), response: undefined, isOverlapped: false });
    },
    report: () => comparison.report(),
  };
}

/** Calls of ann. */
export const get = (StartIndex = 0): RawRequest => raw("getContactGroup", { From_Account: "ann", StartIndex });
export const create = (GroupName: string, ...ContactItem: object[]): RawRequest =>
  raw("createContactGroup", { From_Account: "ann", GroupContactItem: [{ GroupName, ContactItem }] });
export const search = (...ContactItem: object[]): RawRequest =>
  raw("searchContactGroup", { From_Account: "ann", ContactItem });
export const update = (UpdateGroup: object): RawRequest =>
  raw("updateContactGroup", { From_Account: "ann", UpdateType: 1, UpdateGroup });
export const rename = (OldGroupName: string, NewGroupName: string): RawRequest =>
  update({ UpdateGroupType: 1, OldGroupName, NewGroupName });
export const regroup = (OldGroupName: string, ...ContactUpdateItem: object[]): RawRequest =>
  update({ UpdateGroupType: 2, OldGroupName, ContactUpdateItem });
export const remove = (...GroupName: string[]): RawRequest =>
  raw("delContactGroup", { From_Account: "ann", GroupName });
export const mark = (...MarkItem: object[]): RawRequest => raw("markContact", { From_Account: "ann", MarkItem });
