import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { createServerCertificate } from "../../src/cli/certificates.ts";
import { namesOf } from "../../src/cli/https.ts";
import type { ServeOptions } from "../../src/cli/options.ts";
import { certificateSource, trusted } from "../certificate.ts";
import { commandsIn, paste } from "./paste.ts";
import { emptyFolder, hasSignals, run, serve, spawnCommand, spawnServer } from "./run.ts";

const caFile = join(".contact-groups-emulator", "ca.pem");
const keyFile = join(".contact-groups-emulator", "ca-key.pem");

/** Response of the control API under a name, for a client that trusts a CA. */
function healthOf(url: string, ca: string, name = "localhost", path = "/__emulator/health"): Promise<string> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), servername: name, ca }, () => {
      const options = { host: name, path, createConnection: () => socket };
      request(options, (response) => void text(response).then(resolve, reject))
        .on("error", reject)
        .end();
    }).on("error", reject);
  });
}

test("--https prints an address with https, the CA, and a first call that succeeds", async () => {
  const folder = emptyFolder();
  const { url, until } = await serve(["--memory", "--https"], { folder });
  const printed = await until("--data");
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect(printed).toContain(`The emulator listens at ${url}\n`);
  expect(printed).toContain("  HTTPS    for localhost, *.localhost, 127.0.0.1, ::1, host.docker.internal\n");
  expect(printed).toContain(`NODE_EXTRA_CA_CERTS=${join(folder, caFile)}\n`);
  for (const withoutCurl of [false, true]) {
    const { output, errors } = await paste(commandsIn(printed), { withoutCurl });
    expect([JSON.parse(output), errors]).toMatchObject([
      { ErrorCode: 0, GroupItem: [{ GroupName: "family" }] },
      expect.anything(),
    ]);
  }
});

test("Node.js trusts the CA by NODE_EXTRA_CA_CERTS, and nothing without it", async () => {
  const folder = emptyFolder();
  const { url } = await serve(["--memory", "--https"], { folder });
  const entry = join(folder, "health.mjs");
  writeFileSync(entry, "console.log((await fetch(process.argv[2])).status)");
  const health = `${url.replace("127.0.0.1", "localhost")}/__emulator/health`;
  const trusting = spawnCommand([health], { entry, env: { NODE_EXTRA_CA_CERTS: join(folder, caFile) } });
  expect([await trusting.ended, trusting.output()]).toEqual([0, "200\n"]);
  const other = spawnCommand([health], { entry });
  expect(await other.ended).toBe(1);
  expect(other.errors()).toMatch(/unable to verify the first certificate|UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
});

test("the CA stays the same between starts, and its key is readable only by its user", async () => {
  const folder = emptyFolder();
  const first = await serve(["--memory", "--https"], { folder });
  const ca = readFileSync(join(folder, caFile), "utf8");
  await first.close();
  const second = await serve(["--https"], { folder });
  expect(readFileSync(join(folder, caFile), "utf8")).toBe(ca);
  expect(await healthOf(second.url, ca)).toContain('"ready":true');
  expect(readFileSync(join(folder, ".contact-groups-emulator", ".gitignore"), "utf8")).toBe("*\n");
  if (!hasSignals) return;
  expect([keyFile, caFile].map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o644]);
});

test("starts at the same time share one CA", async () => {
  const folder = emptyFolder();
  const running = [1, 2, 3].map(() => spawnCommand(["--memory", "--https", "--port", "0", "--quiet"], { folder }));
  const urls = await Promise.all(running.map(async ({ until }) => (await until("\n")).trim()));
  const ca = readFileSync(join(folder, caFile), "utf8");
  for (const url of urls) expect(await healthOf(url, ca)).toContain('"ready":true');
});

test("a CA that is about to expire is replaced, with a warning", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, ".contact-groups-emulator"));
  const { createAuthority } = await import("../../src/cli/certificates.ts");
  const old = await createAuthority({ ...certificateSource, now: certificateSource.now - 3640 * 86_400_000 });
  writeFileSync(join(folder, keyFile), old.key + old.cert);
  const { url, errors } = await serve(["--memory", "--https"], { folder });
  expect(errors()).toBe(`The CA in ${caFile} was about to expire, so there is a new one: trust it again.\n`);
  const ca = readFileSync(join(folder, caFile), "utf8");
  expect(ca).not.toBe(old.cert);
  expect(await healthOf(url, ca)).toContain('"ready":true');
});

test("--https-host adds names and addresses, and a client rejects a name that was not given", async () => {
  const folder = emptyFolder();
  const { url } = await serve(
    ["--memory", "--https", "--https-host", "chat.example", "--https-host", "192.0.2.7", "--control-host", "Emulator"],
    { folder },
  );
  const ca = readFileSync(join(folder, caFile), "utf8");
  for (const name of ["localhost", "emulator"]) expect(await healthOf(url, ca, name)).toContain('"ready":true');
  // The certificate is for it, but the control API is not.
  expect(await healthOf(url, ca, "chat.example", "/__emulator/clock")).toContain(
    "Use localhost, or allow the host with --control-host",
  );
  await expect(healthOf(url, ca, "other.example")).rejects.toThrow(/not in the cert's altnames/);
});

test("the names of a certificate are those of this machine, when it listens at all addresses", () => {
  const options = { host: "0.0.0.0", httpsHost: ["B", "b"] } as unknown as ServeOptions;
  const names = namesOf(options);
  expect(names).toEqual(expect.arrayContaining(["localhost", "::1", hostname().toLowerCase(), "b"]));
  expect(names).not.toContain("0.0.0.0");
  expect(new Set(names).size).toBe(names.length);
  expect(namesOf({ ...options, host: "192.0.2.9", httpsHost: [] })).toContain("192.0.2.9");
});

test("--json reports the CA and the names", async () => {
  const folder = emptyFolder();
  const { output, url } = await serve(["--memory", "--https", "--json"], { folder });
  expect(JSON.parse(output())).toMatchObject({
    event: "listening",
    url,
    tls: { caFile: join(folder, caFile), names: expect.arrayContaining(["localhost"]) },
  });
});

const { tls, ca } = await trusted();

/** A folder with a certificate and its key. */
function certificateFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries({ "cert.pem": tls.cert, "key.pem": tls.key, ...files }))
    writeFileSync(join(folder, name), content);
  return folder;
}

const own = ["--memory", "--https", "--cert", "cert.pem", "--key", "key.pem"];

test("--cert and --key serve a certificate of the user, and create no other", async () => {
  const folder = certificateFolder();
  const { url, output, errors } = await serve(own, { folder });
  expect(await healthOf(url, ca)).toContain('"ready":true');
  expect(output()).toContain("  HTTPS    for localhost, 127.0.0.1, 0:0:0:0:0:0:0:1\n");
  expect(errors()).toBe("");
  expect(existsSync(join(folder, ".contact-groups-emulator"))).toBe(false);
  const pasted = await paste(commandsIn(output()));
  expect(JSON.parse(pasted.output)).toMatchObject({ ErrorCode: 0, GroupItem: [{ GroupName: "family" }] });
});

test("warns of an expired certificate, and of one for another host", async () => {
  const { createAuthority } = await import("../../src/cli/certificates.ts");
  const source = { ...certificateSource, now: Date.UTC(2020, 0, 2) };
  const expired = await createServerCertificate(await createAuthority(source), ["dev.example"], source);
  const folder = certificateFolder({ "cert.pem": expired.cert, "key.pem": expired.key });
  const { errors } = await serve(own, { folder });
  expect(errors()).toBe(
    "The certificate of --cert cert.pem expired on 2021-02-01: clients will reject it.\n" +
      "The certificate of --cert cert.pem is for dev.example, so clients will reject it for 127.0.0.1.\n",
  );
});

const { privateKey: foreign } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encrypted = (type: "pkcs1" | "pkcs8"): string =>
  foreign.export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: "secret" }) as string;
const badFiles: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    "text as a certificate",
    { "cert.pem": "hello" },
    /^--cert cert\.pem must be a certificate in PEM, but has no line -----BEGIN CERTIFICATE-----\.\n$/,
  ],
  ["a key as a certificate", { "cert.pem": tls.key }, /^--cert cert\.pem .* it is a private key\.\n$/],
  [
    "a damaged certificate",
    { "cert.pem": tls.cert.replace(/\n[^-]{60}/, "\nAAAA") },
    /^--cert cert\.pem must be a certificate in PEM, but its content cannot be read\.\n$/,
  ],
  [
    "an empty key",
    { "key.pem": "" },
    /^--key key\.pem must be a private key in PEM, but has no line -----BEGIN PRIVATE KEY-----\.\n$/,
  ],
  ["a certificate as a key", { "key.pem": tls.cert }, /^--key key\.pem .* it is a certificate\.\n$/],
  [
    "a damaged key",
    { "key.pem": tls.key.replace(/\n[^-]{60}/, "\nAAAA") },
    /^--key key\.pem must be a private key in PEM, but its content cannot be read\.\n$/,
  ],
  [
    "a key of another certificate",
    { "key.pem": foreign.export({ type: "pkcs8", format: "pem" }) as string },
    /^--key key\.pem must be the private key of the certificate in --cert cert\.pem, but is another one\.\n$/,
  ],
  [
    "an encrypted key",
    { "key.pem": encrypted("pkcs8") },
    /^--key key\.pem must be a private key without a passphrase, but is encrypted\. Write one without,/,
  ],
  [
    "an encrypted key of the old form",
    { "key.pem": encrypted("pkcs1") },
    /^--key key\.pem must be a private key without a passphrase, but is encrypted\./,
  ],
];

test.each(badFiles)("reports %s", async (_, files, message) => {
  const { code, errors } = await run(own, { folder: certificateFolder(files) });
  expect([code, errors]).toEqual([2, expect.stringMatching(message)]);
  expect(errors).not.toContain(tls.key.split("\n")[1]);
});

test.each([
  [
    ["--https", "--cert", "missing.pem", "--key", "key.pem"],
    "--cert missing.pem cannot be read: there is no such file or folder.\n",
  ],
  [
    ["--https", "--cert", "cert.pem"],
    "--cert and --key belong together: give both, or none for a certificate that is created.\n",
  ],
  [
    ["--https", "--key", "key.pem"],
    "--cert and --key belong together: give both, or none for a certificate that is created.\n",
  ],
  [["--cert", "cert.pem", "--key", "key.pem"], "--cert belongs to --https: give --https as well.\n"],
  [["--https-host", "a"], "--https-host belongs to --https: give --https as well.\n"],
  [
    own.concat("--https-host", "a"),
    "--https-host is for a certificate that is created: give it or --cert, not both.\n",
  ],
  [
    ["--https", "--https-host", "https://a"],
    '--https-host must be the name or the address of a host, but is "https://a".\n',
  ],
])("reports %j", async (args, message) => {
  const { code, errors } = await run(["--memory", ...args.filter((arg) => arg !== "--memory")], {
    folder: certificateFolder(),
  });
  expect([code, errors]).toEqual([2, message]);
});

test("reports a damaged CA, and a folder that cannot hold one", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, ".contact-groups-emulator"));
  writeFileSync(join(folder, keyFile), tls.cert);
  const damaged = await run(["--memory", "--https"], { folder });
  expect([damaged.code, damaged.errors]).toEqual([
    2,
    `${keyFile} does not hold a CA of the emulator. Delete it, and the next start creates a new CA.\n`,
  ]);
  const full = emptyFolder();
  writeFileSync(join(full, ".contact-groups-emulator"), "a file");
  const blocked = await run(["--memory", "--https"], { folder: full });
  expect([blocked.code, blocked.errors]).toEqual([
    2,
    expect.stringMatching(/^The folder \.contact-groups-emulator of --https cannot be created: .*\.\n$/),
  ]);
});

test("the first client that tries HTTPS at a server for HTTP is reported", async () => {
  const { url, errors, child, ended } = await spawnServer(["--memory"]);
  for (let client = 0; client < 2; client++)
    await expect(healthOf(url, ca)).rejects.toThrow(/wrong version number|EPROTO|packet length/i);
  child.kill("SIGTERM");
  await ended;
  expect(errors()).toBe(
    "A client tried HTTPS, but HTTP is served here. Start with --https, or use a URL with http:// in the client.\n",
  );
});
