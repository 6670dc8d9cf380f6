"""What follows from facts about contributions."""
