"""The control path of the contract server, described at /__contract/openapi.json."""

import json
import os
import urllib.request

url = os.environ["CONTACT_GROUPS_URL"]


def plan(operation, *responses):
    """Plans the responses to the operation's next requests."""
    _post("plan", {"operation": operation, "responses": responses})


def reset():
    """Deletes the plans and the calls. The verdict of `serve` still counts them."""
    _post("reset", {})


def violations():
    """Returns the violations by the calls since the last reset, as text."""
    with urllib.request.urlopen(f"{url}/__contract/violations") as response:
        verdict = json.load(response)
    return "" if verdict["valid"] else verdict["report"]


def _post(name, body):
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/__contract/{name}", data, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()
