"""Refusals that are answered in words by one middleware, wherever they are raised."""


class TooOften(Exception):
    """More acts than the limit allows. `wait` in seconds."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(wait)
