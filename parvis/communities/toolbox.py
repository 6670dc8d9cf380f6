"""The tools a community switches on, each with its tab: a registry, so that nobody below knows what stands above.

A module declares its tools when it starts (`apps.py`). A community without rows of CommunityTool has those of its
kind; once somebody who animates has chosen, the rows say which and in what order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.communities.models import Community
from parvis.communities.standing import Standing
from parvis.kernel.database.reading import rows

# UI.md: at most so many tabs.
MOST = 7
_CHOSEN = "SELECT name FROM communities_communitytool WHERE community_id = %s ORDER BY position, id"
EVERY_KIND = tuple(Community.Kind.values)


@dataclass(frozen=True)
class Tool:
    """`name` is what rows keep. `route` takes the community's slug; empty for what stands on the front page alone."""

    name: str
    label: str | Promise
    icon: str
    # What it is for, in a sentence: read where it is switched on.
    purpose: str | Promise
    route: str = ""
    # The kinds of communities that have it until somebody chooses.
    kinds: Collection[str] = ()
    # Never switched off.
    is_always: bool = False
    # Also offered to those who find the community and do not read it.
    is_for_all: bool = False
    # Its place among the tabs, until somebody chooses.
    rank: int = 50
    # Other pages (`here`) that stand under its tab.
    pages: Collection[str] = field(default_factory=tuple)
    # The kinds that may have it; all, when not told.
    fits: Collection[str] = EVERY_KIND


_tools: dict[str, Tool] = {}


def declare(tool: Tool) -> Tool:
    if tool.name in _tools:
        raise ValueError(f"two tools are named {tool.name}")
    _tools[tool.name] = tool
    return tool


def all_tools(kind: str = "") -> list[Tool]:
    """By rank; of those that fit a kind, if one is told."""
    fitting = [tool for tool in _tools.values() if not kind or kind in tool.fits]
    return sorted(fitting, key=lambda tool: (tool.rank, tool.name))


def tools_on(kind: str, chosen: Sequence[str]) -> list[Tool]:
    """In the order of the tabs. `chosen`: the names its rows keep, in their order; none before anybody chose.

    What a newer or older version does not declare is left out; what is always there is there.
    """
    offered = all_tools(kind)
    if not chosen:
        return [tool for tool in offered if tool.is_always or kind in tool.kinds]
    by_name = {tool.name: tool for tool in offered}
    found = [by_name[name] for name in chosen if name in by_name]
    return found + [tool for tool in offered if tool.is_always and tool not in found]


def tools_of(community: Community) -> list[Tool]:
    """One query, pinned: every page of a community begins with it."""
    return tools_on(community.kind, [name for (name,) in rows(_CHOSEN, [community.pk])])


def is_on(community: Community, name: str) -> bool:
    """For the views of a tool: what is switched off does not exist (404). One query."""
    return any(tool.name == name for tool in tools_of(community))


def tabs_of(tools: Sequence[Tool], standing: Standing) -> list[Tool]:
    """Those with a page of their own that this reader may open."""
    return [tool for tool in tools if tool.route and (standing.may_read or tool.is_for_all)]


TALK = declare(
    Tool(
        name="talk",
        label=_("Fil"),
        icon="newspaper",
        purpose=_("Le lieu où l’on se parle, en Fil ou en Forum."),
        route="wall:community",
        is_always=True,
        is_for_all=True,
        rank=10,
        pages=("wall", "landing"),
    )
)
STATE = declare(
    Tool(
        name="state",
        label=_("Où en est-on ?"),
        icon="compass",
        purpose=_("En tête de la page : qui mène, la prochaine étape, trois jalons, les dernières décisions."),
        kinds=("project",),
        rank=5,
    )
)
UNANSWERED = declare(
    Tool(
        name="unanswered",
        label=_("Sans réponse"),
        icon="clock",
        purpose=_("À côté du fil : les questions que personne n’a encore reprises."),
        kinds=("trade",),
        rank=6,
    )
)
MEMBERS = declare(
    Tool(
        name="members",
        label=_("Membres"),
        icon="users",
        purpose=_("Un onglet pour les personnes ; sinon on les trouve par « À propos »."),
        route="communities:members",
        rank=80,
        pages=("members",),
    )
)
ABOUT = declare(
    Tool(
        name="about",
        label=_("À propos"),
        icon="info",
        purpose=_("À quoi elle sert, qui lit, qui anime."),
        route="communities:about",
        is_always=True,
        is_for_all=True,
        rank=90,
        pages=("about", "members"),
    )
)
CHILDREN = declare(
    Tool(
        name="children",
        label=_("Sous-communautés"),
        icon="corner-down-right",
        purpose=_("Celles qui se trouvent sous elle, chacune avec ses membres. Sans onglet, « À propos » y mène."),
        route="communities:children",
        kinds=("cross_company",),
        is_for_all=True,
        rank=70,
        pages=("children",),
    )
)
