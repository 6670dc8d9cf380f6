"""The secrets of the two ways in: a code on paper that forgives, and the link of a letter."""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from django.utils.crypto import salted_hmac

# Crockford's base 32: no I, L, O or U. 16 letters of 5 bits are 80 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
_READ_AS = str.maketrans("OILoil", "011011")


def new_code() -> str:
    """« K7QM-2R9D-… », as printed."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def as_meant(typed: str) -> str:
    """What somebody typed, as it was printed: spaces, dashes, case and look-alikes do not matter."""
    return "".join(c for c in typed.upper().translate(_READ_AS) if c in LETTERS)


def fingerprint(secret: str) -> str:
    """The only thing kept of a code or an invitation. Plain SHA-256 is enough for 80 random bits or more."""
    return sha256(secret.encode()).hexdigest()


def link_secret(person_id: int, at: datetime) -> str:
    """The secret of a link, made again from the server's key when the letter is written: no queue ever holds it."""
    made = salted_hmac("parvis.people.link", f"{person_id} {at.isoformat()}", algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")
