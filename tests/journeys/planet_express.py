"""The Planet Express directory: the public LDIF where it is at hand, otherwise the same cast in a few lines."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared/data/ldif/planetexpress.ldif"

_CREW = [
    ("Hubert J. Farnsworth", "Farnsworth", "Hubert", "professor", "Office Management", "Professor"),
    ("Hermes Conrad", "Conrad", "Hermes", "hermes", "Office Management", "Bureaucrat"),
    ("Turanga Leela", "Turanga", "Leela", "leela", "Delivering Crew", "Captain"),
    ("Philip J. Fry", "Fry", "Philip", "fry", "Delivering Crew", "Delivery boy"),
    ("Bender Bending Rodriguez", "Rodriguez", "Bender", "bender", "Delivering Crew", "Ship's Robot"),
    ("Amy Wong", "Kroker", "Amy", "amy", "Intern", "Intern"),
    ("John A. Zoidberg", "Zoidberg", "John", "zoidberg", "Staff", "Ph.D."),
]
_BASE = "ou=people,dc=planetexpress,dc=com"


def ldif(folder: Path) -> Path:
    if SHARED.exists():
        return SHARED
    entries = [
        f"dn: cn={name},{_BASE}\nobjectClass: inetOrgPerson\ncn: {name}\nsn: {family}\ngivenName: {given}\n"
        f"uid: {uid}\nmail: {uid}@planetexpress.com\nou: {unit}\ntitle: {title}\n"
        for name, family, given, uid, unit, title in _CREW
    ]
    crew = "".join(f"member: cn={name},{_BASE}\n" for name, *_ in _CREW[2:5])
    entries.append(f"dn: cn=ship_crew,{_BASE}\nobjectClass: Group\ncn: ship_crew\n{crew}")
    file = folder / "planetexpress.ldif"
    file.write_text("\n".join(entries))
    return file
