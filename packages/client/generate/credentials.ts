import type { Bundle } from "./bundle.ts";
import { toUnion } from "./to-source.ts";

/** Renders the names of the query parameters that carry the credentials. */
export function renderCredentials(bundle: Bundle): string {
  const schemes = bundle.security.flatMap((requirement) => Object.keys(requirement));
  const names = schemes.map((scheme) => bundle.components.securitySchemes[scheme]?.name ?? scheme);

  return `/** A query parameter that carries a credential. Every call needs all of them. */
export type CredentialParameter = ${toUnion(names)};
`;
}
