"""What the pages of the directory show, each with a fixed number of queries."""

from parvis.directory.queries.profile import ProfilePage, profile_page, profile_preview

__all__ = ["ProfilePage", "profile_page", "profile_preview"]
