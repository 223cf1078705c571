// For runtimes with a command line: takes the URL and prints the outcome.
import * as client from "@contact-groups/client";
import * as usersig from "@contact-groups/client/usersig";
import process from "node:process";
import { tryClient } from "./program.mjs";

console.log(JSON.stringify(await tryClient(client, usersig, process.argv[2])));
