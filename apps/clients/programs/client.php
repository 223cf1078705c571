<?php
// Calls the emulator as PHP programs call the service, with the extension curl or with a stream. Prints each response on a line.

[$baseUrl, $client, $user, $key] = [getenv('BASE_URL'), getenv('CLIENT'), getenv('FROM_ACCOUNT'), getenv('SECRET_KEY')];
$sdkAppId = (int) getenv('SDKAPPID');

function userSig(int $sdkAppId, string $key): string
{
    $now = time();
    $text = "TLS.identifier:administrator\nTLS.sdkappid:$sdkAppId\nTLS.time:$now\nTLS.expire:86400\n";
    $document = [
        'TLS.ver' => '2.0',
        'TLS.identifier' => 'administrator',
        'TLS.sdkappid' => $sdkAppId,
        'TLS.expire' => 86400,
        'TLS.time' => $now,
        'TLS.sig' => base64_encode(hash_hmac('sha256', $text, $key, true)),
    ];
    return strtr(base64_encode(gzcompress(json_encode($document))), '+/=', '*-_');
}

function call(string $command, array $body, ?string $otherKey = null): void
{
    global $baseUrl, $client, $sdkAppId, $key;
    // http_build_query writes the UserSig's "*" as "%2A".
    $query = http_build_query([
        'sdkappid' => $sdkAppId,
        'identifier' => 'administrator',
        'usersig' => userSig($sdkAppId, $otherKey ?? $key),
        'random' => mt_rand(0, 4294967295),
        'contenttype' => 'json',
    ]);
    $url = "$baseUrl/v4/$command?$query";
    // json_encode writes characters beyond ASCII as escapes, and "/" as "\/".
    $text = json_encode($body);
    if ($client === 'curl') {
        $handle = curl_init($url);
        // As a public library does it, there is no field Content-Type.
        curl_setopt_array($handle, [
            CURLOPT_POSTFIELDS => $text,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_HTTPHEADER => ['Content-Type:'],
        ]);
        $response = curl_exec($handle);
        if ($response === false) {
            fwrite(STDERR, curl_error($handle) . "\n");
            exit(1);
        }
    } else {
        // A stream sends HTTP/1.1 with "Connection: close".
        $options = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => $text];
        $response = file_get_contents($url, false, stream_context_create(['http' => $options]));
        if ($response === false) {
            exit(1);
        }
    }
    echo $response, "\n";
}

$peer = ['Type' => 1, 'ToGroupId' => '', 'To_Account' => "{$user}_peer"];
call('im_open_login_svc/account_import', ['UserID' => $user, 'Nick' => 'a/b']);
call('im_open_login_svc/multiaccount_import', ['Accounts' => [$peer['To_Account']]]);
call('recentcontact/create_contact_group', [
    'From_Account' => $user,
    'GroupContactItem' => [['GroupName' => '家人', 'ContactItem' => [$peer]]],
]);
call('recentcontact/mark_contact', [
    'From_Account' => $user,
    'MarkItem' => [
        ['OptType' => 3, 'ContactItem' => $peer, 'ClearMark' => [], 'SetMark' => [2], 'CustomMark' => '重要'],
    ],
]);
call('recentcontact/get_contact_group', ['From_Account' => $user, 'StartIndex' => 0]);
call('recentcontact/search_contact_group', ['From_Account' => $user, 'ContactItem' => [$peer]]);
call('recentcontact/update_contact_group', [
    'From_Account' => $user,
    'UpdateType' => 1,
    'UpdateGroup' => [
        'UpdateGroupType' => 1,
        'OldGroupName' => '家人',
        'NewGroupName' => 'friends',
        'ContactUpdateItem' => [],
    ],
]);
call('recentcontact/del_contact_group', ['From_Account' => $user, 'GroupName' => ['friends']]);
call('recentcontact/create_contact_group', [
    'From_Account' => $user,
    'GroupContactItem' => [['GroupName' => str_repeat('x', 33)]],
]);
call('recentcontact/get_contact_group', ['From_Account' => $user, 'StartIndex' => 0], 'another-key');
