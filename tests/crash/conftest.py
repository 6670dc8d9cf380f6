from tests.kernel.network import network

__all__ = ["network"]
