// Calls the emulator as programs for Node.js call the service: with a UserSig of Tencent's library, over axios, fetch or node:https.
// Prints each response on a line.
import http from "node:http";
import https from "node:https";
import axios from "axios";
import userSigs from "tls-sig-api-v2";

const { BASE_URL, CLIENT, FROM_ACCOUNT, SDKAPPID, SECRET_KEY } = process.env;
const peer = { Type: 1, To_Account: `${FROM_ACCOUNT}_peer`, Remark: "a field that the service does not know" };

const clients = {
  axios: async (url, body) => (await axios.post(url, body)).data,
  // A text has the Content-Type text/plain.
  fetch: async (url, body) => (await fetch(url, { method: "POST", body: JSON.stringify(body) })).json(),
  // Written before its end, the body is sent in chunks; there is no field Content-Type. The connection is kept.
  "node:https": (url, body) =>
    new Promise((resolve, reject) => {
      const { request } = url.startsWith("https:") ? https : http;
      const sent = request(url, { method: "post" }, (response) => {
        response.setEncoding("utf8");
        let text = "";
        response.on("data", (chunk) => (text += chunk));
        response.on("end", () => resolve(JSON.parse(text)));
      });
      sent.on("error", reject);
      sent.write(JSON.stringify(body));
      sent.end();
    }),
};

// Tencent's own SDK of 2016, over node:https, sends none, and much public code the time in milliseconds.
const randoms = {
  axios: () => `&random=${Math.floor(Math.random() * 4294967296)}`,
  fetch: () => `&random=${Date.now()}`,
  "node:https": () => "",
};

async function call(command, body, key = SECRET_KEY) {
  const userSig = new userSigs.Api(Number(SDKAPPID), key).genUserSig("administrator", 86400);
  const query = `usersig=${userSig}&identifier=administrator&sdkappid=${SDKAPPID}&contenttype=json${randoms[CLIENT]()}`;
  const response = await clients[CLIENT](`${BASE_URL}/v4/${command}?${query}`, body);
  console.log(JSON.stringify(response));
}

const From_Account = FROM_ACCOUNT;
await call("im_open_login_svc/account_import", { Identifier: From_Account });
await call("im_open_login_svc/multiaccount_import", { Accounts: [peer.To_Account] });
await call("recentcontact/create_contact_group", {
  From_Account,
  GroupContactItem: [{ GroupName: "家人", ContactItem: [peer] }],
});
await call("recentcontact/mark_contact", {
  From_Account,
  MarkItem: [{ OptType: 3, ContactItem: peer, SetMark: [2], CustomMark: "重要" }],
});
await call("recentcontact/get_contact_group", { From_Account, StartIndex: 0 });
await call("recentcontact/search_contact_group", { From_Account, ContactItem: [peer] });
await call("recentcontact/update_contact_group", {
  From_Account,
  UpdateType: 1,
  UpdateGroup: { UpdateGroupType: 1, OldGroupName: "家人", NewGroupName: "friends" },
});
await call("recentcontact/del_contact_group", { From_Account, GroupName: ["friends"] });
await call("recentcontact/create_contact_group", {
  From_Account,
  GroupContactItem: [{ GroupName: "x".repeat(33) }],
});
await call("recentcontact/get_contact_group", { From_Account, StartIndex: 0 }, "another-key");
