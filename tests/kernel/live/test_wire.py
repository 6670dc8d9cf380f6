"""Frames are put together again however the network cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from parvis.kernel.live.wire import BINARY, PING, TEXT, BadFrame, Reader, closing, frame


def sent(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 50))
def test_messages_arrive_whole_whatever_the_pieces(messages: list[bytes], step: int):
    stream = b"".join(sent(Opcode.BINARY, message) for message in messages)
    reader = Reader(1000)
    heard = [found for at in range(0, len(stream), step) for found in reader.feed(stream[at : at + step])]
    assert heard == [(BINARY, message) for message in messages]


def test_a_message_in_fragments_with_a_ping_between_them():
    reader = Reader(1000)
    stream = (
        sent(Opcode.TEXT, b"bon", fin=False)
        + sent(Opcode.PING, b"?")
        + sent(Opcode.CONT, b"jo", fin=False)
        + sent(Opcode.CONT, b"ur")
    )
    assert list(reader.feed(stream)) == [(PING, b"?"), (TEXT, b"bonjour")]


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (Frame(Opcode.TEXT, b"x").serialize(mask=False), 1002),  # clients must mask
        (sent(Opcode.CONT, b"x"), 1002),  # the continuation of nothing
        (sent(Opcode.TEXT, b"x", fin=False) + sent(Opcode.TEXT, b"y"), 1002),
        (bytes((0xC1, 0x80, 0, 0, 0, 0)), 1002),  # compressed, though nothing was agreed
        (bytes((0x83, 0x80, 0, 0, 0, 0)), 1002),  # an opcode nobody knows
        (bytes((0x09, 0x80, 0, 0, 0, 0)), 1002),  # a ping in fragments
        (sent(Opcode.TEXT, b"x" * 1001), 1009),
        (sent(Opcode.TEXT, b"x" * 600, fin=False) + sent(Opcode.CONT, b"x" * 600), 1009),
        (sent(Opcode.TEXT, b"", fin=False) + sent(Opcode.CONT, b"", fin=False) * 64, 1009),
        (bytes((0x81, 0xFF)) + (2**62).to_bytes(8, "big"), 1009),
    ],
    # The masks are drawn by chance: without names, two workers would collect different tests.
    ids=[
        "unmasked",
        "continues-nothing",
        "interrupted",
        "compressed",
        "unknown",
        "ping-in-pieces",
        "long",
        "long-in-pieces",
        "in-crumbs",
        "huge",
    ],
)
def test_what_breaks_the_protocol_has_its_close_code(stream: bytes, code: int):
    with pytest.raises(BadFrame) as refusal:
        list(Reader(1000).feed(stream))
    assert refusal.value.code == code


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_what_we_write_is_what_the_library_would_write(size: int):
    assert frame(b"x" * size) == Frame(Opcode.TEXT, b"x" * size).serialize(mask=False)
    assert closing(4401)[2:] == (4401).to_bytes(2, "big")
