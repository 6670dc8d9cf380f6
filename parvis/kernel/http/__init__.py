"""The only way out: outgoing HTTP that refuses every address which is not the public Internet's.

`fetch` resolves a name once, refuses private, local and reserved addresses, connects to the address it checked (a
second answer of the name server changes nothing), checks each redirection alike, and bounds time and size.
"""

from parvis.kernel.http.client import Answer, Failed, Refused, fetch

__all__ = ["Answer", "Failed", "Refused", "fetch"]
