"""Data: its contract, loading, splitting, a synthetic sample, and what is personal in it."""
