#!/bin/sh
# Runs three scenarios of scenarios.json with curl only, against the provider at BASE_URL:
# create-with-conversation and created-group-is-found in one, get-for-unknown-user, and request-check-syntax.
#
#   BASE_URL=http://127.0.0.1:4020 SDKAPPID=1400000000 IDENTIFIER=administrator USERSIG=any-text OWNER=user_0001 PEER=user_0002 sh scenarios.sh
#
# OWNER and PEER are imported accounts, OWNER without groups. Exit code 1 when a response is not as expected.
set -eu
: "${SCENARIOS:=node_modules/@contact-groups/contract/dist/scenarios.json}"

# call COMMAND BODY: sends a request. The response is in RESPONSE, its HTTP status in STATUS.
call() {
  random=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
  # The URL holds the credential, so it goes through standard input, where no list of processes shows it.
  whole=$(printf 'url = "%s/v4/recentcontact/%s?sdkappid=%s&identifier=%s&usersig=%s&random=%s&contenttype=json"\n' \
    "$BASE_URL" "$1" "$SDKAPPID" "$IDENTIFIER" "$USERSIG" "$random" |
    curl -sS -X POST -H 'Content-Type: application/json' --data-raw "$2" -w '\n%{http_code}' -K -)
  STATUS=${whole##*
}
  RESPONSE=${whole%
*}
}

# number NAME: the first integer of this name in RESPONSE.
number() {
  printf '%s' "$RESPONSE" | sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p"
}

# code ID: the ErrorCode that the last step of a scenario expects. The file has one scenario on each line.
code() {
  sed -n "s|.*\"id\":\"$1\".*\"errorCode\":\\[\\([0-9]*\\)\\].*|\\1|p" "$SCENARIOS"
}

failed=0
# expect WHAT EXPECTED GOT
expect() {
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    echo "not ok  $1: expected $2, got $3"
    failed=1
  fi
}

call create_contact_group "{\"From_Account\":\"$OWNER\",\"GroupContactItem\":[{\"GroupName\":\"family\",\"ContactItem\":[{\"Type\":1,\"To_Account\":\"$PEER\"}]}]}"
expect "the creation has HTTP status" 200 "$STATUS"
expect "the creation has ErrorCode" 0 "$(number ErrorCode)"
expect "the conversation has ResultCode" 0 "$(number ResultCode)"
id=$(number GroupId)

call get_contact_group "{\"From_Account\":\"$OWNER\",\"StartIndex\":0}"
expect "the page has ErrorCode" 0 "$(number ErrorCode)"
expect "the page is the last, CompleteFlag" 1 "$(number CompleteFlag)"
expect "the page has the GroupId of the creation" "$id" "$(number GroupId)"

call search_contact_group "{\"From_Account\":\"$OWNER\",\"ContactItem\":[{\"Type\":1,\"To_Account\":\"$PEER\"}]}"
expect "the search has ErrorCode" 0 "$(number ErrorCode)"
expect "the search has the GroupId of the creation" "$id" "$(number GroupId)"

# A failure has HTTP 200, too: only ErrorCode tells.
call get_contact_group '{"From_Account":"nobody","StartIndex":0}'
expect "a user who was not imported has HTTP status" 200 "$STATUS"
expect "a user who was not imported has ErrorCode" "$(code get-for-unknown-user)" "$(number ErrorCode)"

call get_contact_group '{"From_Account":'
expect "a body that is not JSON has HTTP status" 200 "$STATUS"
expect "a body that is not JSON has ErrorCode" "$(code request-check-syntax)" "$(number ErrorCode)"

exit "$failed"
