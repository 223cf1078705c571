/** Configuration of workerd for one module, in Cap'n Proto. Only this machine can be reached from it. */
export function workerdConfig(file: string, texts: Readonly<Record<string, string>>): string {
  const bindings = Object.entries(texts).map(([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "machine", network = (allow = ["127.0.0.0/8"])),
  ],
);

const main :Workerd.Worker = (
  modules = [(name = ${quote(file)}, esModule = embed ${quote(file)})],
  compatibilityDate = "2026-01-01",
  bindings = [${bindings.join(", ")}],
  globalOutbound = "machine",
);
`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
