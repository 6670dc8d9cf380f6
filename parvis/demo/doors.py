"""What waits for somebody in the demo company: requests to enter, invitations not yet answered, a report."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Declined:
    by: str
    word: str


@dataclass(frozen=True)
class Reported:
    title: str
    by: str
    reason: str
    word: str
    ago: timedelta


REPORTED = [
    Reported(
        title="À vendre\u00a0: quatre pneus hiver, presque neufs",
        by="sven.holmqvist",
        reason="off_place",
        word="Sympathique, mais ce serait mieux à côté du covoiturage.",
        ago=timedelta(hours=11),
    ),
]

# (community, who asks, their word, how long ago, the answer if there is one)
ASKED: list[tuple[str, str, str, timedelta, Declined | None]] = [
    (
        "vente",
        "stephane.bertho",
        "Je reçois les appels de maintenance des clients. J’aimerais savoir ce qu’on leur a promis.",
        timedelta(hours=9),
        None,
    ),
    (
        "vente",
        "patrick.vialatte",
        "Pour prévoir l’accueil des visites à Lyon.",
        timedelta(days=2, hours=3),
        None,
    ),
    (
        "laser",
        "cyrille.dugast",
        "Je pose les pièces au pont. Si la machine vient à Saint-Nazaire, autant apprendre maintenant.",
        timedelta(hours=20),
        None,
    ),
    (
        "laser",
        "odile.marquet",
        "Simple curiosité, je l’avoue.",
        timedelta(days=40),
        Declined("emre.yildiz", "La cabine est petite, mais passez à la démonstration de mardi."),
    ),
]

# (community, who is invited, by whom, how long ago, whether they declined)
INVITED: list[tuple[str, str, str, timedelta, bool]] = [
    ("qualite", "ines.rousseau", "chloe.marchetti", timedelta(days=2), False),
    ("covoiturage", "ines.rousseau", "fatou.diop", timedelta(days=1, hours=4), False),
    ("laser", "bruno.le-goff", "emre.yildiz", timedelta(days=4), False),
    ("duroc", "karim.haddad", "amina.benali", timedelta(days=12), True),
    ("course", "amina.benali", "maxime.poncet", timedelta(days=6), False),
    ("lecture", "sarah.tremblay", "solene.guichard", timedelta(days=15), False),
]
