/** The certificate of `--https`: the user's, or one of the emulator's own. */
import { randomBytes, X509Certificate } from "node:crypto";
import { chmodSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { checkTls, type TlsTexts } from "../tls.ts";
import { addressesOf, isEvery } from "./addresses.ts";
import type { CertificateSource } from "./certificates.ts";
import type { ListenerOptions, ServeOptions } from "./options.ts";
import { createStateFolder, explainFileError, messageOf, readText, stateFolder, UsageError } from "./values.ts";

/** What `--https` serves with. */
export interface Https {
  readonly tls: TlsTexts;
  /** Names and addresses that the certificate is for. */
  readonly names: readonly string[];
  /** File with the CA that clients have to trust; undefined for a certificate of the user. */
  readonly caFile?: string;
  /** File that curl trusts for this server: the CA, or the certificate of the user. */
  readonly trustedFile?: string;
  /** What the user should know about it. */
  readonly warnings: readonly string[];
}

/** Certificate of the CA, which clients trust. */
const caName = "ca.pem";
/** Key of the CA, followed by its certificate, so that both are always of one CA. */
const keyName = "ca-key.pem";

/** Names that clients on this machine, and in containers on it, use by default. */
const usualNames = ["localhost", "*.localhost", "127.0.0.1", "::1", "host.docker.internal"];

const systemSource = (): CertificateSource => ({ now: Date.now(), random: randomBytes });

/** The options that say what a certificate is for. */
type CertifiedOptions = ListenerOptions & Pick<ServeOptions, "controlHost">;

/**
 * Returns the certificate of `--cert` and `--key`, or creates one; undefined without `--https`.
 *
 * @throws A `UsageError` that names the option or file that cannot be used.
 */
export async function prepareHttps(
  options: CertifiedOptions,
  source: CertificateSource = systemSource(),
): Promise<Https | undefined> {
  const { https, cert, key } = options;
  if (!https) return undefined;
  if (cert !== undefined && key !== undefined) return readCertificate(cert, key, options.host, source.now);
  return createCertificate(namesOf(options), source);
}

function readCertificate(certFile: string, keyFile: string, host: string, now: number): Https {
  const texts = { cert: readText(certFile, "--cert"), key: readText(keyFile, "--key") };
  const names = { cert: `--cert ${certFile}`, key: `--key ${keyFile}` };
  try {
    const tls = checkTls(texts, names);
    const certificate = new X509Certificate(tls.cert);
    const flaws = [explainDates(certificate, now), explainName(certificate, host)];
    return {
      tls,
      names: namesIn(certificate),
      ...(certFile !== "-" && { trustedFile: resolve(certFile) }),
      warnings: flaws.flatMap((flaw) => (flaw === undefined ? [] : [`The certificate of ${names.cert} ${flaw}.`])),
    };
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

/** Returns why clients will reject a certificate at a time, in milliseconds; undefined when its dates are right. */
function explainDates({ validFrom, validTo }: X509Certificate, now: number): string | undefined {
  if (Date.parse(validTo) < now) return `expired on ${toDay(validTo)}: clients will reject it`;
  if (Date.parse(validFrom) > now) return `is not valid before ${toDay(validFrom)}: clients will reject it`;
  return undefined;
}

function toDay(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** Returns that a certificate is not for the host that is printed; undefined when it is. */
function explainName(certificate: X509Certificate, host: string): string | undefined {
  const name = loopbackOf[host] ?? host;
  if (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) return undefined;
  return `is for ${namesIn(certificate).join(", ") || "no host"}, so clients will reject it for ${name}`;
}

/** The host of the printed URL for an address that means all. */
const loopbackOf: Readonly<Partial<Record<string, string>>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

function namesIn({ subjectAltName = "" }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/(?:DNS|IP Address):([^, ]+)/g)].map(([, name = ""]) => name);
}

/** Every name and address that a client may use for the emulator. */
export function namesOf({ host, httpsHost = [], controlHost = [] }: CertifiedOptions): readonly string[] {
  const listening = isEvery(host) ? [hostname(), ...addressesOf(host)] : [host];
  return [...new Set([...usualNames, ...listening, ...controlHost, ...httpsHost].map((name) => name.toLowerCase()))];
}

async function createCertificate(names: readonly string[], source: CertificateSource): Promise<Https> {
  const { createServerCertificate, isFresh } = await import("./certificates.ts");
  createStateFolder("--https");
  const [keyFile, caFile] = [keyName, caName].map((name) => join(stateFolder, name)) as [string, string];
  const found = readAuthority(keyFile);
  const isKept = found !== undefined && isFresh(found, source.now);
  const authority = isKept ? found : await keepAuthority(keyFile, source, found !== undefined);
  writeFile(caFile, authority.cert, 0o644);
  const tls = await createServerCertificate(authority, names, source);
  const warnings =
    found && !isKept ? [`The CA in ${caFile} was about to expire, so there is a new one: trust it again.`] : [];
  return { tls, names, caFile: resolve(caFile), trustedFile: resolve(caFile), warnings };
}

/** Reads the CA of an earlier start; undefined when there is none. */
function readAuthority(file: string): TlsTexts | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`The CA in ${file} cannot be read: ${explainFileError(error)}.`, { cause: error });
  }
  try {
    const { cert, key } = checkTls({ cert: text, key: text });
    const [certificate = ""] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/.exec(cert) ?? [];
    return { cert: certificate, key };
  } catch (error) {
    throw new UsageError(
      `${file} does not hold a CA of the emulator. Delete it, and the next start creates a new CA.`,
      {
        cause: error,
      },
    );
  }
}

/** Creates a CA and writes it. Of two emulators that start at once, both use the CA of the one that was first. */
async function keepAuthority(file: string, source: CertificateSource, isReplaced: boolean): Promise<TlsTexts> {
  const { createAuthority } = await import("./certificates.ts");
  const authority = await createAuthority(source);
  const text = authority.key + authority.cert;
  if (isReplaced) {
    writeFile(file, text, 0o600);
    return authority;
  }
  return writeFile(file, text, 0o600, linkSync) ? authority : (readAuthority(file) ?? authority);
}

/**
 * Writes a file so that no other process sees a part of it.
 *
 * @param place Puts the written file in its place. A `linkSync` leaves a file that exists as it is.
 * @returns Whether it was written.
 */
function writeFile(file: string, text: string, mode: number, place = renameSync as typeof linkSync): boolean {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode });
    // The mode of a file that exists already stays, and that of a new one depends on the user's mask.
    chmodSync(draft, mode);
    place(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new UsageError(`${file} cannot be written: ${explainFileError(error)}. Give --cert and --key instead.`, {
      cause: error,
    });
  } finally {
    rmSync(draft, { force: true });
  }
}
