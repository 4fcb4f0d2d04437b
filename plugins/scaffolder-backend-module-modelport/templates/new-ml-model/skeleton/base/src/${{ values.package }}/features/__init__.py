"""What the model sees of a row."""
