"""Figures as the reader writes them."""

from babel.numbers import format_decimal

from parvis.kernel.web.dates import locale


def one_decimal(number: float) -> str:
    """« 12,5 » in French, "12.5" in English."""
    return str(format_decimal(number, format="#,##0.0", locale=locale()))
