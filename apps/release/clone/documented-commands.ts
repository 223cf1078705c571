import { read } from "../test/repository.ts";

/** What comes before each command, with the version of the package manager that the repository names. */
export const launcher: string = `npx -y ${JSON.parse(read("package.json")).packageManager}`;

const documents = ["README.md", ".github/CONTRIBUTING.md", "AGENTS.md"];

/**
 * Returns every command that the documents for users and contributors name, without the launcher, each once: the lines of its shell snippets and
 * the code spans that begin with the launcher or with `pnpm`, and the first cells of the README's table of commands.
 */
export function documentedCommands(): readonly string[] {
  const commands = documents.flatMap((document) => {
    const text = read(document);
    const prose = text.replaceAll(/^```.*?^```$/gms, "");
    const lines = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) => block.split("\n"));
    const spans = [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span = ""]) => span.replaceAll(/\s+/g, " "));
    return [...lines, ...spans].flatMap((candidate) => {
      const [, command] = /^(?:npx -y pnpm@[\d.]+|pnpm) (.+)$/.exec(candidate) ?? [];
      return command === undefined ? [] : [command];
    });
  });
  return [...new Set([...commands, ...tableOfCommands()])];
}

function tableOfCommands(): readonly string[] {
  const [, section = ""] = read("README.md").split("\n## Commands\n");
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, command = ""]) => command);
}
