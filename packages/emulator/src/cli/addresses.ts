/** The addresses of this machine. */
import { isIPv6 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

/** Whether an address means all addresses of the machine. */
export function isEvery(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** Whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}

/** Returns the addresses that other machines can use for a listener at `0.0.0.0` or `::`, those of IPv4 first. */
export function addressesOf(
  every: string,
  interfaces: Readonly<NodeJS.Dict<readonly NetworkInterfaceInfo[]>> = networkInterfaces(),
): readonly string[] {
  return (
    Object.values(interfaces)
      .flatMap((infos) => infos ?? [])
      .filter(({ family, internal }) => !internal && (family === "IPv4" || isIPv6(every)))
      // An address of one link needs the name of the link in addition, which a URL cannot hold.
      .filter(({ address }) => !/^fe[89ab]/i.test(address))
      .toSorted((one, other) => one.family.localeCompare(other.family))
      .map(({ address }) => address)
  );
}
