import type { Visitor } from "./redocly.ts";

interface MediaType {
  examples?: Record<string, unknown>;
}

interface Example {
  value?: { ActionStatus?: unknown };
}

/** Rule: the examples of a response begin with a success; failures come after the last success. */
export function successFirst(): Visitor {
  return {
    Response: {
      MediaType(mediaType: MediaType, { location, report, resolve }): void {
        const names = Object.keys(mediaType.examples ?? {});
        const isSuccess = (name: string): boolean => {
          const example = resolve(mediaType.examples?.[name]).node as Example | undefined;
          return example?.value?.ActionStatus === "OK";
        };
        const firstFailure = names.findIndex((name) => !isSuccess(name));
        if (names.length === 0 || firstFailure === 0) {
          report({
            message: "The examples of a response begin with a success. Put an example with `ActionStatus: OK` first.",
            location: names.length === 0 ? location.key() : location.child(["examples", names[0]!]).key(),
          });
        }
        if (firstFailure < 1) return;
        for (const name of names.slice(firstFailure).filter(isSuccess)) {
          report({
            message: `Success \`${name}\` stands after failure \`${names[firstFailure]}\`. Move it up to the other successes.`,
            location: location.child(["examples", name]).key(),
          });
        }
      },
    },
  };
}
