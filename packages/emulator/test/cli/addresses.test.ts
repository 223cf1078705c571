import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { addressesOf } from "../../src/cli/addresses.ts";
import { serve } from "./run.ts";

const own = (family: "IPv4" | "IPv6", address: string, internal = false): NetworkInterfaceInfo =>
  ({ family, address, internal }) as NetworkInterfaceInfo;
const interfaces = {
  lo: [own("IPv4", "127.0.0.1", true), own("IPv6", "::1", true)],
  eth0: [own("IPv6", "2001:db8::5"), own("IPv6", "fe80::1"), own("IPv4", "192.0.2.7")],
  docker0: [own("IPv4", "172.17.0.1"), own("IPv6", "FE80::2")],
  down: undefined,
};

test("other machines can use the addresses of each interface, but not those of this machine or of one link", () => {
  expect(addressesOf("0.0.0.0", interfaces)).toEqual(["192.0.2.7", "172.17.0.1"]);
  expect(addressesOf("::", interfaces)).toEqual(["192.0.2.7", "172.17.0.1", "2001:db8::5"]);
  expect(addressesOf("::", {})).toEqual([]);
});

test.each([
  ["0.0.0.0", "http://127.0.0.1:"],
  ["::", "http://[::1]:"],
])("a start at %s prints URLs that reach it, from this machine and from others", async (host, origin) => {
  const { url, until } = await serve(["--memory", "--host", host]);
  const text = await until("curl");
  expect(text).toContain(`listens at ${url}, on all addresses of this machine (${host})\n`);
  expect(text).toContain("  Network  other machines can use it, and its control API");
  expect(url.startsWith(origin)).toBe(true);
  const printed = [...text.matchAll(/^ {11}(http:.*)$/gm)].map(([, found = ""]) => found);
  expect(printed).toHaveLength(addressesOf(host).length);
  for (const reached of [url, ...printed]) expect((await fetch(`${reached}/__emulator/health`)).status).toBe(200);
});

test("--json has the URLs for other machines, and none when they cannot reach it", async () => {
  const every = await serve(["--memory", "--host", "::", "--json"]);
  const { network, port } = JSON.parse(every.output()) as { network: readonly string[]; port: number };
  expect(network).toEqual(
    addressesOf("::").map((address) => `http://${address.includes(":") ? `[${address}]` : address}:${port}`),
  );
  expect(JSON.parse((await serve(["--memory", "--json"])).output())).toMatchObject({ network: [] });
  expect((await serve(["--memory"])).output()).not.toContain("Network");
});
