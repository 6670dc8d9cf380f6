"""Lucide icons as inline SVG."""

from markupsafe import Markup


def icon(name: str, cls: str = "") -> Markup:
    return Markup('<svg class="i %s" aria-hidden="true"></svg>') % cls
