const preference = /^\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/;

/**
 * The example that a `Prefer` header asks for (RFC 7240, section 2): `example=OnlyPage` or `example="OnlyPage"`, alone or among
 * other preferences. The first of several counts.
 */
export function preferredExample(header: string | null): string | undefined {
  for (const part of header?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const [, name, quoted, token] = preference.exec(part) ?? [];
    if (name?.toLowerCase() !== "example") continue;
    return (quoted?.replaceAll(/\\(.)/g, "$1") ?? token) || undefined;
  }
  return undefined;
}
