"""The code under test: reads a user's conversation groups."""

import json
import random
import urllib.parse
import urllib.request


class ServiceError(Exception):
    """The service rejected a call. The HTTP status is 200 also then."""

    def __init__(self, code, info):
        super().__init__(f"{code}: {info}")
        self.code = code


class Contacts:
    def __init__(self, base_url, sdkappid, identifier, usersig):
        self._base_url = base_url
        self._credentials = {"sdkappid": sdkappid, "identifier": identifier, "usersig": usersig}

    def all_conversations(self, user):
        """Reads all pages of the conversations that are in a group or have a mark."""
        found = []
        start = 0
        while True:
            page = self._call("get_contact_group", {"From_Account": user, "StartIndex": start})
            found += page["ContactItem"]
            if page["CompleteFlag"] == 1:
                return found
            start = page["NextStartIndex"]

    def _call(self, command, body):
        query = {**self._credentials, "random": random.getrandbits(32), "contenttype": "json"}
        request = urllib.request.Request(
            f"{self._base_url}/v4/recentcontact/{command}?{urllib.parse.urlencode(query)}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as response:
            result = json.load(response)
        if result["ErrorCode"] != 0:
            raise ServiceError(result["ErrorCode"], result["ErrorInfo"])
        return result
