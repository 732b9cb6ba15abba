"""Refresh token rotation, which MiniStack 1.5.33 does not model: it keeps no `RefreshTokenRotation` of a client, and its
GetTokensFromRefreshToken gives no new refresh token.

As AWS says (docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RefreshTokenRotationType.html): with rotation a refresh
gives a new refresh token of the same sign-in, the one before is good for `RetryGracePeriodSeconds` more, and then answered with
RefreshTokenReuseException. What revokes a sign-in revokes all of its refresh tokens. Unlike on AWS a
new one begins its whole validity anew.
"""

import json
import time

from ministack.core.responses import error_response_json
from ministack.services import cognito

_create_client = cognito._create_user_pool_client
_update_client = cognito._update_user_pool_client
_get_tokens = cognito._get_tokens_from_refresh_token

# When each refresh token was first used.
_used = {}


def _client(data):
    pool, _ = cognito._pool_for_client(data.get("ClientId"))
    return (pool or {}).get("_clients", {}).get(data.get("ClientId"), {})


def _keep(data, response):
    body = json.loads(response[2])
    client_id = body.get("UserPoolClient", {}).get("ClientId")
    client = _client({"ClientId": client_id})
    if response[0] != 200 or not client or "RefreshTokenRotation" not in data:
        return response
    client["RefreshTokenRotation"] = body["UserPoolClient"]["RefreshTokenRotation"] = data["RefreshTokenRotation"]
    return response[0], response[1], json.dumps(body).encode()


def _rotation(client):
    rotation = client.get("RefreshTokenRotation") or {}
    return rotation if rotation.get("Feature") == "ENABLED" else None


def _create_user_pool_client(data):
    return _keep(data, _create_client(data))


def _update_user_pool_client(data):
    return _keep(data, _update_client(data))


def _get_tokens_from_refresh_token(data):
    rotation, token = _rotation(_client(data)), data.get("RefreshToken")
    if rotation is None:
        return _get_tokens(data)
    used = _used.get(token)
    if used is not None and time.time() - used > int(rotation.get("RetryGracePeriodSeconds") or 0):
        return error_response_json("RefreshTokenReuseException", "Refresh Token has been rotated", 400)
    status, headers, body = _get_tokens(data)
    if status != 200:
        return status, headers, body
    _used.setdefault(token, time.time())
    claims, answer = cognito._token_claims(token), json.loads(body)
    answer["AuthenticationResult"]["RefreshToken"] = cognito._fake_token(
        claims["sub"],
        claims["iss"].rsplit("/", 1)[-1],
        data["ClientId"],
        "refresh",
        origin_jti=claims.get("origin_jti", ""),
        scope=claims.get("scope"),
    )
    return status, headers, json.dumps(answer).encode()


def install():
    cognito._create_user_pool_client = _create_user_pool_client
    cognito._update_user_pool_client = _update_user_pool_client
    cognito._get_tokens_from_refresh_token = _get_tokens_from_refresh_token
