"""What makes a password good enough, in words."""

import pytest

from parvis.people.passwords import MIN_BITS, entropy, strength_of

KNOWN = ["amina.benali", "amina.benali@vauban.example", "Amina Benali", "Lyon"]


@pytest.mark.parametrize(
    ("password", "bits"),
    [
        # CNIL 2022-100: 12 signs of four kinds, 80 bits; 8 signs of four kinds, about 53.
        ("aB3$aB3$aB3$", 79.6),
        ("aB3$aB3$", 53.0),
        ("12345678", 26.6),
        ("quatre cinq six sept", 51.7),
        ("", 0),
    ],
)
def test_the_entropy_is_the_cnils(password: str, bits: float) -> None:
    assert entropy(password) == pytest.approx(bits, abs=0.1)


@pytest.mark.parametrize(
    "password",
    ["une place devant la maison commune", "k7Qm-2R9D!x", "zR4!pq9W", "soleil chat vélo lampe", "ünïcødé-9X-привет"],
)
def test_a_good_one_is_taken(password: str) -> None:
    assert strength_of(password, KNOWN).weakness == ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("court", "trop court"),
        ("mot de passe", "trop court"),
        ("MotDePasse2026!", "très répandu"),
        ("P@ssw0rd2024!", "très répandu"),
        ("Marseille13!", "très répandu"),
        ("azertyuiop123", "très répandu"),
        ("Liverpool2024!", "très répandu"),
        ("aaaaaaaaaaaaaaaaaaaa", "Répéter"),
        ("amina.benali2026", "votre nom"),
        ("Amina-Lyon-69", "votre nom"),
        ("x" * 300, "trop long"),
    ],
)
def test_a_bad_one_is_refused_with_its_reason(password: str, reason: str) -> None:
    assert reason in strength_of(password, KNOWN).weakness


def test_a_phrase_of_words_is_counted_in_words() -> None:
    assert entropy("anticonstitutionnellement hippopotamesque") < MIN_BITS
    assert entropy("a b c d e f g h i j") < MIN_BITS


def test_argon2id_keeps_them(settings: pytest.FixtureRequest) -> None:
    from django.contrib.auth.hashers import make_password

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    assert make_password("une place devant la maison commune").startswith("argon2$argon2id$")
