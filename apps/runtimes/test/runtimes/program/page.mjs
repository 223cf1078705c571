// For a page in a browser.
import * as client from "@contact-groups/client";
import * as usersig from "@contact-groups/client/usersig";
import { tryClient } from "./program.mjs";

globalThis.tryClient = (baseUrl) => tryClient(client, usersig, baseUrl);
