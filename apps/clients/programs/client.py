"""Calls the emulator as Python programs call the service, with urllib or requests. Prints each response on a line."""

import base64
import hashlib
import hmac
import json
import os
import random
import time
import urllib.request
import zlib

BASE_URL, CLIENT, USER = os.environ["BASE_URL"], os.environ["CLIENT"], os.environ["FROM_ACCOUNT"]
SDKAPPID, KEY = int(os.environ["SDKAPPID"]), os.environ["SECRET_KEY"]


def user_sig(key):
    now, expire = int(time.time()), 86400
    text = f"TLS.identifier:administrator\nTLS.sdkappid:{SDKAPPID}\nTLS.time:{now}\nTLS.expire:{expire}\n"
    signature = base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
    document = {
        "TLS.ver": "2.0",
        "TLS.identifier": "administrator",
        "TLS.sdkappid": SDKAPPID,
        "TLS.expire": expire,
        "TLS.time": now,
        "TLS.sig": signature,
    }
    packed = base64.b64encode(zlib.compress(json.dumps(document).encode())).decode()
    return packed.translate(str.maketrans("+/=", "*-_"))


def call(command, body, key=KEY):
    query = {
        "sdkappid": SDKAPPID,
        "identifier": "administrator",
        "usersig": user_sig(key),
        "random": random.randint(0, 4294967295),
        "contenttype": "json",
    }
    # json.dumps writes a space after each colon and comma, and every character beyond ASCII as an escape.
    text = json.dumps(body)
    if CLIENT == "requests":
        import requests

        print(requests.post(f"{BASE_URL}/v4/{command}", params=query, data=text).text)
    else:
        # Without a header field of the program, urllib sends application/x-www-form-urlencoded.
        url = f"{BASE_URL}/v4/{command}?{urllib.parse.urlencode(query)}"
        print(urllib.request.urlopen(url, text.encode()).read().decode())


peer = {"Type": 1, "To_Account": f"{USER}_peer", "ToGroupId": None}
call("im_open_login_svc/account_import", {"UserID": USER, "Nick": "", "FaceUrl": ""})
call("im_open_login_svc/multiaccount_import", {"Accounts": [f"{USER}_peer"]})
call(
    "recentcontact/create_contact_group",
    {"From_Account": USER, "GroupContactItem": [{"GroupName": "家人", "ContactItem": [peer]}]},
)
call(
    "recentcontact/mark_contact",
    {"From_Account": USER, "MarkItem": [{"OptType": 3, "ContactItem": peer, "SetMark": [2], "CustomMark": "重要"}]},
)
call("recentcontact/get_contact_group", {"From_Account": USER, "StartIndex": 0})
call("recentcontact/search_contact_group", {"From_Account": USER, "ContactItem": [peer]})
call(
    "recentcontact/update_contact_group",
    {
        "From_Account": USER,
        "UpdateType": 1,
        "UpdateGroup": {
            "UpdateGroupType": 1,
            "OldGroupName": "家人",
            "NewGroupName": "friends",
            "ContactUpdateItem": None,
        },
    },
)
call("recentcontact/del_contact_group", {"From_Account": USER, "GroupName": ["friends"]})
call("recentcontact/create_contact_group", {"From_Account": USER, "GroupContactItem": [{"GroupName": "x" * 33}]})
call("recentcontact/get_contact_group", {"From_Account": USER, "StartIndex": 0}, key="another-key")
