/** A slip of the keyboard that somebody who edits the description makes, and the problem by which each command reports it. */
export interface Slip {
  readonly name: string;
  readonly file: string;
  slip(text: string): string;
  readonly problem: RegExp;
  /** Whether only the translations are made of the file. */
  readonly translated?: boolean;
}

export const slips: readonly Slip[] = [
  {
    name: "a tab in errors/private.yaml",
    file: "openapi/errors/private.yaml",
    slip: (text) => text.replace("\n  name: ", "\n\tname: "),
    problem: /openapi\/errors\/private\.yaml:4:\d+ This is not YAML: .* Indent the line with spaces/,
  },
  {
    name: "a tab in the file of a path",
    file: "openapi/paths/recentcontact/get_contact_group.yaml",
    slip: (text) => text.replace("\n  summary: ", "\n\tsummary: "),
    problem:
      /openapi\/paths\/recentcontact\/get_contact_group\.yaml:3:\d+ This is not YAML: .* Indent the line with spaces/,
  },
  {
    name: "a tab in an overlay",
    file: "openapi/overlays/ja.yaml",
    slip: (text) => text.replace("\n    update:", "\n\tupdate:"),
    problem: /openapi\/overlays\/ja\.yaml:\d+:\d+ This is not YAML: .* Indent the line with spaces/,
    translated: true,
  },
  {
    name: "an entry without operations",
    file: "openapi/errors/private.yaml",
    slip: (text) => text.replace(/\n {2}operations: .*/, ""),
    problem: /openapi\/errors\/private\.yaml:3:\d+ The field `operations` must be present on this level\. \(struct\)/,
  },
];
