import { partsOf } from "../../src/create-emulator.ts";
import * as fc from "fast-check";
import { groupNameBytes } from "../limits.ts";
import type { CoreRequest } from "../../src/request.ts";
import type { CoreResponse } from "../../src/response.ts";
import type { Emulator, SeedDocument, Settings } from "../../src/index.ts";
import { toRaw, type CallCommand, type Command } from "./commands.ts";
import { sdkAppIds } from "./names.ts";

/** Settings of every kind; omitted ones have their defaults. */
export const variants: fc.Arbitrary<Partial<Settings>> = fc.record<Settings, keyof Settings>(
  {
    userSig: fc.constantFrom("strict", "off"),
    rateLimit: fc.constantFrom<Settings["rateLimit"][]>(
      "off",
      "off",
      "on",
      { calls: 3, seconds: 1 },
      { calls: 5, seconds: 2 },
    ),
    edition: fc.constantFrom("included", "included", "included", "included", "missing"),
    accounts: fc.constantFrom("strict", "lenient"),
    chatGroups: fc.constantFrom("strict", "lenient"),
    groupNameBytes: fc.constantFrom(groupNameBytes.documented, groupNameBytes.disputed, 1),
    existingName: fc.constantFrom("add", "add", "error"),
    renameToExisting: fc.constantFrom("error", "accept"),
    removeUngrouped: fc.constantFrom("accept", "item"),
    markConflict: fc.constantFrom("set", "clear"),
    chatBits: fc.constantFrom("accept", "reject"),
    customMarkEdition: fc.constantFrom("any", "included"),
    emptyCreate: fc.constantFrom("accept", "reject"),
    unknownPeer: fc.constantFrom("item", "item", "call"),
    conversationCap: fc.constantFrom("call", "item", "evict"),
    conversationCapScope: fc.constantFrom("grouped", "group", "shared"),
    pageSize: fc.constantFrom(1, 3, 100, 2000),
    unknownConversations: fc.constantFrom("omit", "empty"),
    searchChatGroup: fc.constantFrom("call", "omit"),
    bothIds: fc.constantFrom("ignore", "reject"),
    unknownFields: fc.constantFrom("ignore", "reject"),
    nullFields: fc.constantFrom("ignore", "reject"),
    stringType: fc.constantFrom("reject", "accept"),
    random: fc.constantFrom("ignore", "reject"),
  },
  { requiredKeys: [] },
);

/** Runs scripts on an emulator and remembers what a script saved. */
export class Runner {
  readonly emulator: Emulator;
  #saved: string | undefined;

  constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  /** Runs a step. Returns the bytes of its responses. */
  step(command: Command): readonly string[] {
    switch (command.kind) {
      case "call":
        return [this.call(command).body];
      case "batch":
        return this.batch(command.calls).map(({ body }) => body);
      case "seed":
        return [String(this.seed(command.document))];
      case "advance":
        this.emulator.clock.advance(command.milliseconds);
        return [];
      case "save":
        this.#saved = JSON.stringify(this.emulator.snapshot());
        return [this.#saved];
      case "restore":
        if (this.#saved !== undefined) this.emulator.restore(JSON.parse(this.#saved) as SeedDocument);
        return [];
      case "reset":
        this.emulator.reset();
        return [];
      case "read":
        return readsOf().map((call) => this.call(call).body);
    }
  }

  call(command: CallCommand): CoreResponse {
    return partsOf(this.emulator).core.respond(this.#prepare(command));
  }

  batch(commands: readonly CallCommand[]): readonly CoreResponse[] {
    return partsOf(this.emulator).core.respondAll(commands.map((command) => this.#prepare(command)));
  }

  /** Whether a seed was accepted. */
  seed(document: SeedDocument): boolean {
    try {
      this.emulator.seed(document);
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }

  /** Without a key to verify, nothing has to be awaited. */
  #prepare(command: CallCommand): CoreRequest {
    const prepared = partsOf(this.emulator).core.prepare(toRaw(command));
    if (prepared instanceof Promise) throw new Error("The core has to await something.");
    return prepared;
  }
}

/** Calls that show the state. */
export function readsOf(): readonly CallCommand[] {
  return sdkAppIds.flatMap((sdkAppId) =>
    ["ann", "bob", "zoe", "nobody"].map((userId): CallCommand => ({
      kind: "call",
      sdkAppId,
      operation: "getContactGroup",
      userId,
      name: "",
      start: 0,
    })),
  );
}
