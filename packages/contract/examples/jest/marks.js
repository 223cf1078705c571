const { randomInt } = require("node:crypto");

/** Says which of these users a user has starred. */
async function starred(baseUrl, credentials, user, others) {
  const query = new URLSearchParams({ ...credentials, random: String(randomInt(2 ** 32)), contenttype: "json" });
  const response = await fetch(`${baseUrl}/v4/recentcontact/search_contact_group?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      From_Account: user,
      ContactItem: others.map((other) => ({ Type: 1, To_Account: other })),
    }),
  });
  const { ErrorCode, ErrorInfo, ContactResultItem } = await response.json();
  if (ErrorCode !== 0) throw new Error(`${ErrorCode}: ${ErrorInfo}`);
  return ContactResultItem.filter(({ StandardMark }) => StandardMark.startsWith("1")).map(
    ({ To_Account }) => To_Account,
  );
}

module.exports = { starred };
