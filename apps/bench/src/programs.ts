/** A program that measures, and how it is run. */
export interface Program {
  /** From the root of the repository. */
  readonly file: string;
  /** What is compared, in a sentence or two. */
  readonly about: string;
  /** Arguments of a quick run: fewer rounds of less. */
  readonly quick: readonly string[];
  /** Packages that take part, as they are named in the catalog of `pnpm-workspace.yaml`. */
  readonly peers: readonly string[];
}

/** Every program that measures, by part of the repository. */
export const programs: Readonly<Record<string, readonly Program[]>> = {
  Client: [
    {
      file: "packages/client/bench/calls.ts",
      about:
        "`getContactGroup` at 50 calls at a time over loopback. The client has everything on: UserSig, checks, limiter, retries. All others send one request.",
      quick: ["3", "1000"],
      peers: ["openapi-fetch", "ofetch", "axios", "got", "ky"],
    },
    {
      file: "packages/client/bench/paging.ts",
      about: "Long lists from a service in the same process, against a loop by hand that has to collect them.",
      quick: ["3", "100000", "10000"],
      peers: ["openapi-fetch"],
    },
    {
      file: "packages/client/bench/usersig.ts",
      about: "A UserSig made anew in each way, and taken from the client's source that holds one.",
      quick: ["5"],
      peers: ["tls-sig-api-v2"],
    },
  ],
  Emulator: [
    {
      file: "packages/emulator/bench/http.ts",
      about: "Each contender in a process of its own, in turns, under a load that asks for one user after the other.",
      quick: ["1", "3"],
      peers: ["@stoplight/prism-http-server", "autocannon"],
    },
    {
      file: "packages/emulator/bench/durable.ts",
      about: "Creates that come together are made durable together.",
      quick: ["3"],
      peers: [],
    },
    {
      file: "packages/emulator/bench/growth.ts",
      about: "What a call costs in a small and in a large store.",
      quick: ["3", "100000"],
      peers: [],
    },
  ],
  "Contract server": [
    {
      file: "packages/contract/bench/adapter.ts",
      about: "The contract server around Prism, against Prism's own.",
      quick: ["3"],
      peers: ["@stoplight/prism-http-server"],
    },
    {
      file: "packages/contract/bench/forms.ts",
      about: "The form for tests, without a socket, against the one that listens.",
      quick: ["3"],
      peers: ["@stoplight/prism-http"],
    },
    { file: "packages/contract/bench/ready.ts", about: "The built package, from a cold import.", quick: [], peers: [] },
  ],
  "Reference site": [
    {
      file: "apps/docs/bench/reading.ts",
      about:
        "How long a reader waits for the text of an operation, with an empty cache, in headless Chromium over loopback and gzip.",
      quick: ["3"],
      // Their versions are part of the names.
      peers: [],
    },
  ],
  Pipeline: [
    {
      file: "apps/bench/src/pipeline.ts",
      about:
        "From an edit of the description to everything made of it, each step a process of its own as it is run by hand.",
      quick: ["3"],
      peers: ["@redocly/cli", "openapi-typescript", "@hey-api/openapi-ts"],
    },
  ],
};
