/** Finds the operation that a request for an unknown path means. */
import { didYouMean } from "@contact-groups/core/did-you-mean";
import { operations, regionOf, signatureName } from "./operations.ts";

/** The parts of a path without what is often wrong: escapes, case, empty parts. */
function partsOf(path: string): readonly string[] {
  let text = path;
  // A path can be encoded twice. One with an escape that is none stays as it is.
  for (let times = 0; times < 2 && text.includes("%"); times++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break;
    }
  }
  return text
    .trim()
    .split("/")
    .filter((part) => part !== "");
}

const known = operations.map(({ path }) => {
  const parts = partsOf(path);
  return { path, command: parts.at(-1) ?? "", service: parts.at(-2) ?? "" };
});

/** What all paths have before their commands. */
const services = [...new Set(known.map(({ service }) => service))];

/** Words that the commands have in common, in any order, are those of this API and of no other of the service. */
const subjects = ["contact_group", "mark_contact", "contact_mark", "group_contact"].map(plain);

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Returns the path of the operation whose command is nearly the same: `get_contact_groups`, `GetContactGroup`. */
function meantCommand(command: string): string | undefined {
  const commands = known.map((one) => one.command);
  const meant =
    didYouMean(command, commands) ??
    (subjects.some((subject) => plain(command).includes(subject)) ? nearest(plain(command), commands) : undefined);
  return known.find((one) => one.command === meant)?.path;
}

/** Returns the command that has the most words of another one. */
function nearest(command: string, commands: readonly string[]): string {
  const shared = (candidate: string): number => candidate.split("_").filter((word) => command.includes(word)).length;
  return commands.reduce((best, one) => (shared(one) > shared(best) ? one : best));
}

/**
 * Returns the path of the operation that another path means: its command is misspelt, or its version, case, slashes or encoding are wrong. Undefined
 * for the path of an operation, and for one that means no operation, such as that of another endpoint of the service.
 */
export function meantPath(path: string): string | undefined {
  if (known.some((one) => one.path === path)) return undefined;
  return meantCommand(partsOf(path).at(-1) ?? "");
}

/**
 * Whether a request is one for an operation, whatever its host, or nearly one: on a host of the service every path that means an operation;
 * elsewhere only below the operations' folder, or with a UserSig in the query, as other APIs can have such names, too.
 */
export function isNearOperation(url: URL): boolean {
  const { pathname, searchParams } = url;
  if (known.some(({ path }) => pathname.endsWith(path))) return true;
  if (meantPath(pathname) === undefined) return false;
  const hasUserSig = [...searchParams.keys()].some((name) => plain(name) === signatureName);
  return (
    hasUserSig ||
    regionOf(url) !== undefined ||
    partsOf(pathname).some((part) => didYouMean(part, services) !== undefined)
  );
}
