"""What follows from facts about communities."""
