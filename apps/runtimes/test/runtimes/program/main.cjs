// The same as main.mjs, for who has not moved to modules.
const client = require("@contact-groups/client");
const usersig = require("@contact-groups/client/usersig");

import("./program.mjs")
  .then(({ tryClient }) => tryClient(client, usersig, process.argv[2]))
  .then((outcome) => console.log(JSON.stringify(outcome)));
