"""Page tokens: where the next page starts, tied to the request that they belong to.

Enters: the parts of a request that must not change between pages. Leaves: opaque tokens. Refuses: malformed tokens and tokens
of another request.
"""

from __future__ import annotations

import base64
import hashlib
import json

from matcher.errors import InvalidPageToken

MAX_OFFSET_DIGITS = 9


def fingerprint(*parts: str) -> str:
    """Short digest of the parts of a request that a page token is tied to."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def encode_token(request: str, position: str) -> str:
    """Token for the page that starts at `position` of the request with this fingerprint."""
    return base64.urlsafe_b64encode(json.dumps([request, position]).encode()).decode()


def decode_token(token: str, request: str) -> str:
    """Position that a token points to.

    Raises:
        InvalidPageToken: malformed, or made for another request.
    """
    try:
        made_for, position = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
        if not isinstance(made_for, str) or not isinstance(position, str):
            raise TypeError
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidPageToken("the page token is malformed", field="page_token") from error
    if made_for != request:
        raise InvalidPageToken(
            "the page token belongs to another request; keep all other fields as they were",
            reason="PAGE_TOKEN_OF_ANOTHER_REQUEST",
            field="page_token",
        )
    return position


def decode_offset(token: str, request: str) -> int:
    """Offset that a token points to, 0 for an empty token.

    Raises:
        InvalidPageToken: malformed, negative, or made for another request.
    """
    if not token:
        return 0
    position = decode_token(token, request)
    if not position.isascii() or not position.isdigit() or len(position) > MAX_OFFSET_DIGITS:
        raise InvalidPageToken("the page token is malformed", field="page_token")
    return int(position)
