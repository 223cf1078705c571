// For workerd, whose `test` command runs this. It has no Node.js modules, because they are not enabled.
import * as client from "@contact-groups/client";
import * as usersig from "@contact-groups/client/usersig";
import { tryClient } from "./program.mjs";

export default {
  async test(_controller, { baseUrl }) {
    console.log(JSON.stringify(await tryClient(client, usersig, baseUrl)));
  },
};
