"""HTTP for people: the door, the charter, one's own pages, others' pages, giving access."""
