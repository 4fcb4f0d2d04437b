"""Training and everything that is said about a model."""
