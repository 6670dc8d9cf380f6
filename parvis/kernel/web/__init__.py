"""What every page needs: templates, headers, dates, toasts."""

from parvis.kernel.web.told import tell

__all__ = ["tell"]
