/** Code with a bug in every method; the comment of each says which. */
export class CarelessContacts {
  #fetch;
  #query = { sdkappid: "1400000000", identifier: "administrator", usersig: "any-text", contenttype: "json" };
  #nextRandom;

  constructor(fetch, nextRandom) {
    this.#fetch = fetch;
    this.#nextRandom = nextRandom;
  }

  async #call(command, body, random = this.#nextRandom(), headers = { "Content-Type": "application/json" }) {
    const query = new URLSearchParams({ ...this.#query, random: String(random) });
    const url = `http://contract.test/v4/recentcontact/${command}?${query}`;
    return this.#fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  }

  #get(StartIndex, random) {
    return this.#call("get_contact_group", { From_Account: "user_0001", StartIndex }, random);
  }

  #create(group) {
    return this.#call("create_contact_group", { From_Account: "user_0001", GroupContactItem: [group] });
  }

  #search(ContactItem) {
    return this.#call("search_contact_group", { From_Account: "user_0001", ContactItem });
  }

  /** Creates again after a 502, although the group may exist. */
  async createsAgainWithoutLooking() {
    const group = { GroupName: "family" };
    const response = await this.#create(group);
    if (response.status !== 200) await this.#create(group);
  }

  /** Retries after any code, here after one that says that the user does not exist. */
  async repeatsWhatCannotSucceed() {
    const { ErrorCode } = await (await this.#get(0)).json();
    if (ErrorCode !== 0) await this.#get(0);
  }

  /** Retries with the UserSig that has just expired. */
  async keepsAnExpiredUserSig() {
    const { ErrorCode } = await (await this.#get(0)).json();
    if (ErrorCode === 70001) await this.#get(0);
  }

  /** Takes HTTP status 200 for success, and goes on to the next page after a failure. */
  async looksAtTheStatusOnly() {
    for (const start of [0, 100]) {
      const response = await this.#get(start);
      if (response.status !== 200) return;
    }
  }

  /** Counts the received items instead of sending `NextStartIndex`. */
  async countsItemsForTheNextPage() {
    const { ContactItem } = await (await this.#get(0)).json();
    await this.#get(ContactItem.length);
  }

  /** Treats the first page as the whole list. */
  async stopsAfterTheFirstPage() {
    await this.#get(0);
  }

  /** Cuts a name at 32 characters, although the limit counts bytes. */
  async countsCharacters() {
    await this.#create({ GroupName: "家人和朋友们的会话分组".slice(0, 32) });
  }

  /** Draws one random number for all calls. */
  async drawsOneRandomNumber() {
    for (const start of [0, 0]) await this.#get(start, 99999999);
  }

  /** Sends as fast as it can. */
  async hasNoRateLimit() {
    for (let call = 0; call <= 200; call++) await this.#search([{ Type: 1, To_Account: `user_${call}` }]);
  }

  /** Lets a second click create the same group while the first call has no response yet. */
  async createsOnEachClick() {
    const group = { GroupName: "family" };
    await Promise.all([this.#create(group), this.#create(group)]);
  }

  /** Does not look at `CompleteFlag`, and reads the list again and again. */
  async neverStopsAtTheLastPage() {
    let start = 0;
    for (let round = 0; round < 100; round++) start = (await (await this.#get(start)).json()).NextStartIndex;
  }

  /** Does not read again after a failure that passes. */
  async givesUpAtTheFirstFailure() {
    await this.#get(0);
  }

  /** Does not say that the body is JSON. */
  async leavesOutTheContentType() {
    await this.#call("get_contact_group", { From_Account: "user_0001", StartIndex: 0 }, 1, {});
  }

  /** Does not notice that the user has no id, which becomes the text "undefined". */
  async searchesForNobody(user = {}) {
    await this.#search([{ Type: 1, To_Account: `${user.id}` }]);
  }

  /** Sends the type as text. */
  async sendsTheTypeAsText() {
    await this.#search([{ Type: "1", To_Account: "user_0002" }]);
  }

  /** Gives a chat group the id of a user. */
  async givesTheWrongId() {
    await this.#search([{ Type: 2, To_Account: "@TGS#1B2AUI7RZ" }]);
  }

  /** Searches for more conversations than one call allows. */
  async searchesForTooMany() {
    await this.#search(Array.from({ length: 301 }, (_, index) => ({ Type: 1, To_Account: `user_${index}` })));
  }

  /** Takes the conversationID of the client SDK for a UserID. */
  async sendsTheIdOfTheSdk() {
    await this.#search([{ Type: 1, To_Account: "C2Cuser_0002" }]);
  }

  /** Does not remove the conversations that it has twice. */
  async searchesTwiceForOne() {
    const user = { Type: 1, To_Account: "user_0002" };
    await this.#search([user, user]);
  }

  /** Does not notice that the group was not created. */
  async usesWhatWasNotCreated() {
    await this.#create({ GroupName: "family" });
    await this.#call("del_contact_group", { From_Account: "user_0001", GroupName: ["family"] });
  }

  /** Sends everything again for the one conversation that failed. */
  async repeatsWhatSucceeded() {
    const users = ["user_0002", "user_0003"].map((To_Account) => ({ Type: 1, To_Account }));
    for (let attempt = 0; attempt < 2; attempt++) await this.#create({ GroupName: "family", ContactItem: users });
  }

  /** Does not count the groups of a user. */
  async createsTooMany() {
    for (let index = 0; index <= 20; index++) await this.#create({ GroupName: `group_${index}` });
  }
}
