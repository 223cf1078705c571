/** Path and query of a request's target, which can also be a whole URL, as a proxy is sent. */
export function pathAndQuery(target: string): string {
  if (target.startsWith("/")) return target;
  const [origin] = /^https?:\/\/[^/?#]*/i.exec(target) ?? [];
  if (origin === undefined) return target;
  const rest = target.slice(origin.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
