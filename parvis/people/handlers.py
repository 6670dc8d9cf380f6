"""What follows from facts about people."""
