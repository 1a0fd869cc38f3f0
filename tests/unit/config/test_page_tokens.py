"""Page tokens come back as they were made, and only to the request they were made for."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidPageToken
from matcher.paging import decode_offset, decode_token, encode_token, fingerprint

REQUEST = fingerprint("match", "postings/a", "candidate", "", "10")


def token_of(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@given(st.text(), st.text())
def test_round_trip(request_part: str, position: str) -> None:
    request = fingerprint(request_part)
    assert decode_token(encode_token(request, position), request) == position


@given(st.integers(0, 10**9 - 1))
def test_offsets_come_back(offset: int) -> None:
    assert decode_offset(encode_token(REQUEST, str(offset)), REQUEST) == offset


def test_the_first_page_has_an_empty_token() -> None:
    assert decode_offset("", REQUEST) == 0


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "====",
        "页码",
        "\ud800",
        token_of([]),
        token_of([REQUEST]),
        token_of([REQUEST, 5]),
        token_of([7, "5"]),
        token_of({"request": REQUEST}),
        token_of([REQUEST, "5", "6"]),
        token_of(None),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        encode_token(REQUEST, "10")[:-5],
    ],
)
def test_a_malformed_token_is_refused(token: str) -> None:
    for decode in (decode_token, decode_offset):
        with pytest.raises(InvalidPageToken) as caught:
            decode(token, REQUEST)
        assert (caught.value.code, caught.value.field) == ("INVALID_PAGE_TOKEN", "page_token")


@pytest.mark.parametrize("position", ["-1", "", "1.5", "ten", "１０", "²", "9" * 10, "9" * 5000])
def test_a_token_without_an_offset_is_refused_as_one(position: str) -> None:
    with pytest.raises(InvalidPageToken) as caught:
        decode_offset(encode_token(REQUEST, position), REQUEST)
    assert caught.value.code == "INVALID_PAGE_TOKEN"


def test_a_token_of_another_request_is_refused_as_such() -> None:
    other = fingerprint("match", "postings/b", "candidate", "", "10")
    with pytest.raises(InvalidPageToken) as caught:
        decode_offset(encode_token(other, "10"), REQUEST)
    assert caught.value.code == "PAGE_TOKEN_OF_ANOTHER_REQUEST"


def test_fingerprints_tell_requests_apart_by_every_part_and_its_place() -> None:
    made = [("a", "b"), ("ab",), ("a", "b", ""), ("b", "a"), ("a,b",), ('a","b',), ("水",), ("\ud800",)]
    assert len({fingerprint(*parts) for parts in made}) == len(made)
    assert fingerprint("水", "b") == fingerprint("水", "b")
